"""The books: funds, organisations, applications, awards, payments, bids and the numbered entries."""

import sqlalchemy as sa
from alembic import op
from described import (
    BIG,
    DAY,
    MOMENT,
    NAME,
    choice,
    columns,
    guards,
    link,
    may_link,
    optional,
    pence,
    quoted,
    reference,
    rule,
    table,
    text,
)
from sqlalchemy import CheckConstraint, Column, Index, PrimaryKeyConstraint, UniqueConstraint

revision = "0001"
down_revision = None


ALLOCATED = ("allocation", "uplift", "reduction", "funder cut", "transfer out", "transfer in")
CARRIED = ("carry forward out", "carry forward in")
AWARDED = ("award", "variation", "withdrawal", "write-off")
EVENTS = (
    "fund opened", "fund suspended", "fund closed", "fund reopened", "application logged", "application declined",
    "application withdrawn", "award recorded", "award withdrawn", "award completed", "organisation merged",
    "merge undone", "bid recorded", "bid moved on", "bid won",
)  # fmt: skip
KINDS = (*ALLOCATED, *CARRIED, "allowance", *AWARDED, "payment", "refund", "receipt", "return to funder")
LOWERING = ("reduction", "funder cut", "transfer out", "carry forward out", "withdrawal")
DOUBTS = ("", "not stated", "illustrative")
TABLES = (
    "area", "book", "objective", "office", "person", "batch", "sent_form", "sign_in", "waiting_file", "fund",
    "organisation", "application", "bid", "budget_line", "fund_outcome", "application_outcome", "award",
    "award_line", "payment", "entry", "event",
)  # fmt: skip


def upgrade() -> None:
    """Make the tables, then the triggers that guard them."""
    make_office()
    make_people()
    make_files_and_forms()
    make_funds()
    make_organisations_and_applications()
    make_bids()
    make_awards()
    make_entries()
    make_events()
    first = sa.text("kind = 'allocation'")
    op.create_index("ix_entry_allocation", "entry", ["fund_id", "amount"], sqlite_where=first, postgresql_where=first)
    op.execute("INSERT INTO book (id, last_entry) VALUES (1, 0)")
    for statement in guards():
        op.execute(sa.text(statement.replace(":", "\\:")))


def downgrade() -> None:
    """Take everything away, the triggers first."""
    if op.get_bind().dialect.name == "postgresql":
        for statement in guards():
            if "CREATE FUNCTION " in statement:
                name = statement.split("CREATE FUNCTION ")[1].split("(")[0]
                op.execute(f"DROP FUNCTION IF EXISTS {name} CASCADE")
    for name in reversed(TABLES):
        op.drop_table(name)


def make_office() -> None:
    """Make the office, its lists and the one book."""
    for name in ("area", "objective"):
        table(name, columns(NAME, "name"), [UniqueConstraint("name")])
    closed = optional(DAY, "closed_to")
    table("book", columns(BIG, "last_entry"), closed, rule("one", "id = 1"))
    table("office", columns(NAME, "name", "panel_name"), columns(sa.Boolean(), "demonstration"), rule("one", "id = 1"))


def make_people() -> None:
    """Make people and their sessions."""
    roles = choice("role", ("commissioning officer", "finance officer", "chief executive", "administrator"))
    email = [Column("email", sa.String(254), nullable=False), CheckConstraint("email = lower(email)", name="email")]
    secrets = [*optional(sa.Text(), "password_hash"), *optional(sa.String(64), "link_hash")]
    held = [*columns(sa.Integer(), "failures"), *optional(MOMENT, "link_until", "held_until")]
    active = columns(sa.Boolean(), "active")
    table(
        "person",
        email,
        columns(NAME, "name"),
        roles,
        active,
        secrets,
        held,
        [UniqueConstraint("email")],
        [UniqueConstraint("link_hash")],
    )
    token = [*columns(sa.String(64), "token_hash"), *[UniqueConstraint("token_hash")]]
    owner = link("person_id", "person", index=True)
    table("sign_in", token, owner, columns(MOMENT, "started_at", "seen_at"))


def make_files_and_forms() -> None:
    """Make the files and forms that people send."""
    file = [*columns(NAME, "file_name"), *columns(sa.String(64), "digest"), *columns(sa.Integer(), "rows_taken")]
    when = [*columns(MOMENT, "brought_in_at"), *text("brought_in_by"), *may_link("brought_in_by_id", "person")]
    table("batch", file, pence("amount_taken"), when)
    key = [Column("key", sa.String(64), nullable=False), PrimaryKeyConstraint("key")]
    digest = columns(sa.String(64), "digest")
    table("sent_form", key, digest, text("answer"), link("person_id", "person"), columns(MOMENT, "sent_at"))
    key = [Column("key", sa.String(64), nullable=False), PrimaryKeyConstraint("key")]
    content = [*columns(NAME, "file_name"), *columns(sa.LargeBinary(), "content")]
    dates = [*optional(DAY, "undated"), *optional(sa.Integer(), "year")]
    table("waiting_file", key, link("person_id", "person"), content, dates, columns(MOMENT, "sent_at"))


def make_funds() -> None:
    """Make funds, their outcomes and their budget lines with the kept sums."""
    status = [*choice("source", ("external", "own", "reserve")), *choice("status", ("open", "suspended", "closed"))]
    words = text("programme", "purpose", "eligibility", "notes", "source_note", "opens_words", "spend_by_words")
    dates = [*optional(DAY, "opens_on", "spend_by"), *columns(sa.Boolean(), "outcome_needed")]
    links = [*may_link("objective_id", "objective"), *may_link("batch_id", "batch")]
    table("fund", reference(), columns(NAME, "name", "funder"), status, words, dates, links,
          columns(BIG, "last_award", "last_application"))  # fmt: skip
    table("fund_outcome", link("fund_id", "fund", index=True), columns(sa.Integer(), "position"), text("words"))
    year = [*columns(sa.Integer(), "year"), *rule("year", "year BETWEEN 2000 AND 2199")]
    kind = [*columns(NAME, "lot"), *choice("spend_type", ("revenue", "capital"))]
    sums = pence("allocated", "over_allowed", "awarded", "paid", "recovered", "received", "returned")
    rules = [*rule("recovered_paid", "recovered <= paid"), *[UniqueConstraint("fund_id", "year", "lot", "spend_type")]]
    table("budget_line", link("fund_id", "fund"), year, kind, sums, columns(BIG, "last_entry"), rules)


def make_organisations_and_applications() -> None:
    """Make organisations and what they ask for."""
    words = text("type", "charity_number", "company_number", "contact", "address", "notes")
    links = [*may_link("area_id", "area"), *may_link("merged_into_id", "organisation", index=True)]
    keys = [*columns(NAME, "name", "match_key"), Index("match_key"), *rule("merged", "merged_into_id <> id")]
    several = [*columns(sa.Boolean(), "stands_for_several"), *may_link("batch_id", "batch")]
    table("organisation", keys, words, links, several)
    owners = [*link("fund_id", "fund", index=True), *link("organisation_id", "organisation", index=True)]
    states = choice("status", ("received", "awarded in full", "awarded in part", "declined", "withdrawn"))
    dates = [*columns(DAY, "received_on"), *optional(DAY, "decided_on")]
    table("application", reference(), owners, pence("asked_for", nullable=True), states, dates,
          text("benefits", "purpose", "decided_by", "decision_reference", "reasons"))  # fmt: skip
    both = [*link("application_id", "application"), *link("fund_outcome_id", "fund_outcome")]
    table("application_outcome", both, [PrimaryKeyConstraint("application_id", "fund_outcome_id")])


def make_bids() -> None:
    """Make bids, which never enter a balance."""
    states = ("in development", "submitted", "clarification", "won", "won in part", "lost", "withdrawn")
    words = text("outcome_expected", "partners", "notes", "source_note")
    dates = [*optional(DAY, "submitted_on", "decided_on"), *choice("date_doubt", DOUBTS)]
    links = [*may_link("fund_id", "fund"), *may_link("batch_id", "batch")]
    table("bid", reference(), columns(NAME, "title", "funder"), choice("status", states),
          pence("sought", "national_pot", nullable=True), words, dates, links)  # fmt: skip


def make_awards() -> None:
    """Make awards, their lines with the kept sums, and payments."""
    kind = choice("type", ("grant", "contract", "in kind", "paid in error"))
    state = choice("status", ("awarded", "withdrawn", "completed"))
    words = text("benefits", "purpose", "reasons", "conditions", "legal_power", "notes", "source_note")
    owners = [*may_link("fund_id", "fund", index=True), *link("organisation_id", "organisation", index=True)]
    links = [*may_link("application_id", "application", index=True), *may_link("follows_id", "award")]
    lists = [*may_link("objective_id", "objective"), *may_link("area_id", "area"), *may_link("batch_id", "batch")]
    dates = [*columns(DAY, "awarded_on"), *optional(DAY, "withdrawn_on", "starts_on", "ends_on")]
    doubts = [*choice("date_doubt", DOUBTS), *choice("amount_doubt", DOUBTS), *text("decision_reference")]
    homeless = rule("fund", "fund_id IS NOT NULL OR type = 'in kind'")
    table("award", reference(), kind, state, owners, links, lists, words, dates, doubts, homeless,
          pence("asked_for", "estimated_value", nullable=True), columns(BIG, "last_payment"))  # fmt: skip
    owners = [*link("award_id", "award", index=True), *link("budget_line_id", "budget_line", index=True)]
    basis = [*choice("basis", ("firm", "subject to funding", "not stated")), *pence("proposed", nullable=True)]
    sums = [*pence("awarded", "paid", "recovered"), *rule("recovered_paid", "recovered <= paid")]
    table("award_line", owners, basis, sums, columns(BIG, "last_entry"))
    table("payment", reference(), link("award_line_id", "award_line", index=True),
          text("invoice_number", "voucher"))  # fmt: skip


def make_entries() -> None:
    """Make the append-only entries; each kind has one sign, and a reversal the other."""
    number = [Column("number", BIG, autoincrement=False, nullable=False), PrimaryKeyConstraint("number")]
    owners = [
        *link("fund_id", "fund"),
        *link("budget_line_id", "budget_line"),
        *may_link("award_line_id", "award_line"),
    ]
    owners += [*may_link("payment_id", "payment", index=True), *may_link("batch_id", "batch")]
    others = [
        *may_link("reverses", "entry"),
        *may_link("replaces", "entry"),
        *[UniqueConstraint("reverses")],
        *[UniqueConstraint("replaces")],
    ]
    words = text("decision_reference", "reference", "narrative", "posted_by")
    dates = [*columns(DAY, "on_date"), *optional(DAY, "original_date"), *columns(MOMENT, "posted_at")]
    doubts = [*choice("date_doubt", DOUBTS), *choice("amount_doubt", DOUBTS)]
    either = quoted(("variation", "allowance"))
    sign = f"(amount < 0) = ((kind IN {quoted(LOWERING)}) = (reverses IS NULL)) OR kind IN {either}"
    on_award = f"(award_line_id IS NOT NULL) = (kind IN {quoted((*AWARDED, 'payment', 'refund'))})"
    paid = "(payment_id IS NOT NULL) = (kind = 'payment')"
    rules = [*rule("sign", sign), *rule("on_award", on_award), *rule("paid", paid)]
    rules += rule("one_correction", "reverses IS NULL OR replaces IS NULL")
    indexes = [Index("fund_id__number"), Index("budget_line_id__on_date"), Index("award_line_id__on_date")]
    amounts = [*pence("amount", check="{} <> 0"), *pence("fund_remaining_after", check="")]
    table("entry", number, choice("kind", KINDS), amounts, dates, owners, others, words, doubts, rules, indexes,
          columns(BIG, "posting"), may_link("posted_by_id", "person"))  # fmt: skip


def make_events() -> None:
    """Make the append-only events: each tells of one record at least."""
    told_of = ("fund", "organisation", "application", "award", "bid")
    links = [part for name in told_of for part in may_link(f"{name}_id", name, index=True)]
    about = rule("about", f"COALESCE({', '.join(f'{name}_id' for name in told_of)}) IS NOT NULL")
    who = [*columns(MOMENT, "recorded_at"), *text("recorded_by"), *may_link("recorded_by_id", "person")]
    words = text("narrative", "decision_reference")
    table(
        "event",
        choice("kind", EVENTS),
        columns(DAY, "on_date"),
        words,
        links,
        may_link("batch_id", "batch"),
        who,
        about,
    )
