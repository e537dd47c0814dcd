"""Reporting: what each paper said, its words, officers' forecasts, and what is done about exceptions."""

import sqlalchemy as sa
from alembic import op
from described import (
    BIG,
    DAY,
    NAME,
    append_only,
    choice,
    columns,
    link,
    made,
    may_link,
    narrow,
    optional,
    pence,
    reference,
    table,
    text,
    widen,
)

revision = "0006"
down_revision = "0005"

PAPERS = ("panel", "summary", "exceptions", "year in numbers", "fund briefing", "provider passport")
NEVER_CHANGE = ("word_template", "paper", "paper_signature", "paper_words", "forecast_record", "exception_step")


def upgrade() -> None:
    """Make the tables, of which all but the rules' settings only ever grow, and keep no cell of a file twice."""
    make_papers()
    make_forecasts()
    for name in NEVER_CHANGE:
        append_only(name)
    narrow("finance_line", "cells")  # its batch's row keeps what stood in the file
    widen("office", columns(sa.Integer(), "renew_days", "procure_days"), renew_days="90", procure_days="180")


def downgrade() -> None:
    """Take it all away."""
    narrow("office", "renew_days", "procure_days")
    widen("finance_line", text("cells"))
    for name in (*reversed(NEVER_CHANGE), "exception_rule"):
        op.drop_table(name)


def make_papers() -> None:
    """Make what papers are written from and what they said."""
    files = [*columns(NAME, "name"), *columns(sa.LargeBinary(), "content")]
    table("word_template", choice("kind", PAPERS), files, columns(sa.String(64), "digest"), made())
    counted = [*columns(DAY, "as_at"), *columns(BIG, "last_entry"), *optional(DAY, "meeting_on")]
    table(
        "paper", reference(), choice("kind", PAPERS), columns(NAME, "title", "subject"), counted,
        may_link("template_id", "word_template"), text("content"), made(),
    )  # fmt: skip
    table("paper_signature", link("paper_id", "paper"), [sa.UniqueConstraint("paper_id")], text("words"), made())
    about = [*columns(sa.String(60), "occasion"), *columns(NAME, "place")]
    table("paper_words", choice("kind", PAPERS), about, text("words"), made())


def make_forecasts() -> None:
    """Make officers' forecasts of a fund's year, the rules of exceptions, and what is said about each."""
    owner = [*link("fund_id", "fund", index=True), *columns(sa.Integer(), "year")]
    sure = choice("sure", ("high", "medium", "low"))
    table("forecast_record", owner, pence("amount", nullable=True), sure, text("reason"), made())
    rule = [*columns(sa.String(60), "rule"), sa.UniqueConstraint("rule"), *columns(sa.Boolean(), "watched")]
    table("exception_rule", rule, optional(sa.Integer(), "days", "percent"), text("owner", "action"))
    said = [*columns(NAME, "key"), *text("owner", "action", "note"), *optional(DAY, "due_on")]
    table("exception_step", said, made())
