"""Closing the books: matches and explanations, periods, what ledgers were said to hold, and accruals."""

import sqlalchemy as sa
from alembic import op
from described import (
    BIG,
    DAY,
    append_only,
    choice,
    columns,
    link,
    made,
    may_link,
    narrow,
    once_live,
    optional,
    pence,
    reference,
    rule,
    say,
    table,
    text,
    undone,
    widen,
)

revision = "0005"
down_revision = "0004"

CONTROL = ("accrual_account", "prepayment_account", "debtor_account", "advance_account")


def upgrade() -> None:
    """Make the tables, and let the book be closed by a recorded step alone."""
    make_matches()
    make_periods()
    accounts = columns(sa.String(40), *CONTROL)
    widen("office", text("certificate"), accounts)
    append_only("period_record")
    append_only("balance_assertion")
    guard_closing()


def downgrade() -> None:
    """Take it all away."""
    postgresql = op.get_bind().dialect.name == "postgresql"
    op.execute(f"DROP TRIGGER book_closes_by_a_step{' ON book' if postgresql else ''}")
    if postgresql:
        op.execute("DROP FUNCTION ft_book_closes_by_a_step")
    narrow("office", "certificate", *CONTROL)
    tables = ("accrual", "balance_assertion", "period_record", "explained", "matching_entry", "matching_line")
    for name in (*tables, "matching"):
        op.drop_table(name)


def make_matches() -> None:
    """Make matches and explanations; what stands uses a line or an entry once."""
    words = text("reason", "note", "owner")
    sums = [*columns(sa.Integer(), "score"), *pence("difference", check="")]
    table("matching", words, sums, made(), undone())
    for name, target, column in (
        ("matching_line", "finance_line", "finance_line_id"),
        ("matching_entry", "entry", "entry_number"),
    ):
        both = [*link("matching_id", "matching", index=True), *link(column, target)]
        table(name, both, columns(sa.Boolean(), "live"))
        once_live(name, column)
    either = [*may_link("finance_line_id", "finance_line"), *may_link("entry_number", "entry")]
    reasons = choice("reason", ("timing", "not ours", "wrong code", "query", "recorded twice", "never recorded"))
    one = rule("about", "(finance_line_id IS NULL) <> (entry_number IS NULL)")
    table("explained", either, reasons, text("note", "owner"), columns(sa.Boolean(), "live"), one, made(), undone())
    once_live("explained", "finance_line_id", "entry_number")


def make_periods() -> None:
    """Make the steps of closing, what ledgers were said to hold, and accruals."""
    steps = choice("step", ("asked", "closed", "turned down", "reopened"))
    dates = [*optional(DAY, "from_date", "closed_to"), *columns(DAY, "to_date")]
    sums = pence("finance_total", "tracker_total", "explained", nullable=True, check="")
    table("period_record", steps, dates, sums, text("why"), made())
    sums = [*pence("stated", "found", check=""), *columns(BIG, "last_entry")]
    owner = [*link("fund_id", "fund", index=True), *columns(DAY, "on_date")]
    table("balance_assertion", owner, sums, text("source"), made())
    kinds = choice("kind", ("accrual", "prepayment", "debtor", "receipt in advance"))
    owners = [
        *link("budget_line_id", "budget_line", index=True),
        *may_link("award_line_id", "award_line", index=True),
    ]
    dates = [*columns(DAY, "period_end", "reverses_on"), *rule("reverses_on_after", "reverses_on > period_end")]
    amount = pence("amount", check="{} > 0")
    table("accrual", reference(), kinds, owners, amount, dates, text("narrative"), made(), undone())


def guard_closing() -> None:
    """Let the book be closed and reopened by a recorded step alone."""
    newest = "(SELECT closed_to FROM period_record WHERE step IN ('closed', 'reopened') ORDER BY id DESC LIMIT 1)"
    says = "book: a period is closed and reopened by its own step"
    if op.get_bind().dialect.name == "sqlite":
        say("CREATE TRIGGER book_closes_by_a_step BEFORE UPDATE OF closed_to ON book "
            "WHEN NEW.closed_to IS NOT OLD.closed_to BEGIN "
            f"SELECT RAISE(ABORT, '{says}') WHERE NEW.closed_to IS NOT {newest}; END")  # fmt: skip
        return
    say("CREATE FUNCTION ft_book_closes_by_a_step() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN "
        f"PERFORM ft_refuse_if(NEW.closed_to IS DISTINCT FROM {newest}, '{says}'); RETURN NEW; END $$")  # fmt: skip
    say("CREATE TRIGGER book_closes_by_a_step BEFORE UPDATE ON book FOR EACH ROW "
        "WHEN (NEW.closed_to IS DISTINCT FROM OLD.closed_to) EXECUTE FUNCTION ft_book_closes_by_a_step()")  # fmt: skip
