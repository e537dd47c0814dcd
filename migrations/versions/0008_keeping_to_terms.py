"""Keeping to terms: conditions, agreements, monitoring returns, notes and files."""

import sqlalchemy as sa
from alembic import op
from described import (
    BIG,
    DAY,
    NAME,
    Parts,
    append_only,
    change_choice,
    choice,
    columns,
    link,
    made,
    may_link,
    optional,
    pence,
    rule,
    table,
    text,
    undone,
)
from sqlalchemy import Index

revision = "0008"
down_revision = "0007"

EVENTS = (
    "fund opened", "fund suspended", "fund closed", "fund reopened", "application logged", "application declined",
    "application withdrawn", "award recorded", "award withdrawn", "award completed", "organisation merged",
    "merge undone", "bid recorded", "bid moved on", "bid won",
    "budget line opened", "application reopened", "award reopened", "organisation added", "bid reopened",
    "words edited",
    "schedule changed", "condition met", "instalment held", "claim received", "claim decided", "payment confirmed",
    "receipt expected", "batch undone", "coding changed",
)  # fmt: skip
ADDED = ("monitoring return", "condition", "agreement", "file")
PAPERS = ("panel", "summary", "exceptions", "year in numbers", "fund briefing", "provider passport")
LETTERS = ("offer letter", "agreement")
FILES = ("pdf", "docx", "xlsx", "odt", "ods", "csv", "txt", "png", "jpg", "eml", "msg")


def upgrade() -> None:
    """Make the tables, let events tell of them, and let letters have Word files of their own."""
    make_terms()
    make_words_and_files()
    make_match_funding()
    change_choice("event", "kind", old=EVENTS, new=(*EVENTS, *ADDED))
    change_choice("word_template", "kind", old=PAPERS, new=(*PAPERS, *LETTERS))


def downgrade() -> None:
    """Take it all away; refused while an event tells of any of it, or a letter has a Word file."""
    change_choice("word_template", "kind", old=(*PAPERS, *LETTERS), new=PAPERS)
    change_choice("event", "kind", old=(*EVENTS, *ADDED), new=EVENTS)
    for name in ("match_funding", "attachment", "note", "agreement", "award_condition", "monitoring_return"):
        op.drop_table(name)


def settled() -> Parts:
    """Give the columns that tell of the last step taken with a row."""
    return [*optional(DAY, "settled_on"), *text("settled_by", "note"), *may_link("settled_by_id", "person")]


def make_terms() -> None:
    """Make what an award asks of its recipient: returns, conditions, and the agreement to be signed."""
    states = choice("status", ("scheduled", "received", "queried", "accepted", "waived"))
    what = [*columns(NAME, "about"), *columns(sa.Boolean(), "accepted_first")]
    days = [*columns(DAY, "due_on"), *optional(DAY, "received_on"), Index("due_on")]
    owner = link("award_id", "award", index=True)
    table("monitoring_return", owner, what, days, states, settled(), made(), undone())
    states = choice("status", ("not met yet", "met", "waived"))
    what = [*columns(NAME, "says"), *optional(DAY, "due_on"), *columns(sa.Boolean(), "before_payment")]
    owner = link("award_id", "award", index=True)
    table("award_condition", owner, what, states, settled(), made(), undone())
    states = choice("status", ("offered", "accepted", "lapsed", "declined"))
    days = [*columns(DAY, "offered_on"), *optional(DAY, "accept_by")]
    owner = link("award_id", "award", index=True)
    table("agreement", owner, days, states, text("signed_by"), settled(), made(), undone())


def make_words_and_files() -> None:
    """Make notes and contacts, and the files attached to records."""
    kinds = choice("kind", ("note", "call", "e-mail", "meeting", "visit", "letter"))
    owners = told_of("organisation", "application", "award")
    table("note", kinds, columns(DAY, "on_date"), text("words"), owners, made(), undone())
    facts = [*columns(NAME, "name"), *columns(BIG, "size"), *columns(sa.String(64), "digest")]
    owners = told_of("fund", "organisation", "application", "award", "claim", "monitoring_return")
    content = optional(sa.LargeBinary(), "content")
    table("attachment", choice("kind", FILES), facts, rule("size", "size > 0"), owners, made(), undone(), content)


def make_match_funding() -> None:
    """Make what others put beside a funder's money of a year: cash and in kind, as somebody stated it."""
    whose = [*link("fund_id", "fund", index=True), *columns(sa.Integer(), "year")]
    table("match_funding", whose, pence("cash", "in_kind", nullable=True), text("source"), made())
    append_only("match_funding")


def told_of(*names: str) -> Parts:
    """Give the columns of which one says what a row is about."""
    links = [part for name in names for part in may_link(f"{name}_id", name, index=True)]
    one = " + ".join(f"CASE WHEN {name}_id IS NULL THEN 0 ELSE 1 END" for name in names)
    return [*links, *rule("about", f"{one} = 1")]
