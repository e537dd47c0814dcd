"""Files brought in row by row: what became of each, published identifiers, and the finance system's lines."""

import sqlalchemy as sa
from alembic import op
from described import (
    DAY,
    MOMENT,
    NAME,
    append_only,
    choice,
    columns,
    link,
    may_link,
    narrow,
    optional,
    pence,
    say,
    table,
    text,
    undone,
    widen,
)
from sqlalchemy import Index, UniqueConstraint

revision = "0003"
down_revision = "0002"

KINDS = ("office", "organisations", "applications", "awards", "payments", "finance")


def upgrade() -> None:
    """Let batches say more, and make the tables that files fill."""
    widen_imports()
    make_files()
    make_finance_lines()
    make_rows()
    append_only("finance_line")


def downgrade() -> None:
    """Take it all away; refused while a batch came to less than nought."""
    for name in ("batch_row", "finance_line", "saved_map", "organisation_identifier"):
        op.drop_table(name)
    narrow("application", "identifier", "batch_id")
    narrow("award", "identifier")
    narrow("waiting_file", "kind", "answers")
    narrow("batch", "kind", "fund_id", "sheet", "header_row", "amount_basis", "rows_read", "amount_read",
           "undone_at", "undone_by", "undone_by_id", "undone_why")  # fmt: skip
    recheck_amount_taken(refused_below_nought=True)


def widen_imports() -> None:
    """Let a batch say what it held, and awards and applications under what identifier they were published."""
    recheck_amount_taken(refused_below_nought=False)
    kind = choice("kind", KINDS)
    where = [*may_link("fund_id", "fund"), *columns(NAME, "sheet"), *optional(sa.Integer(), "header_row")]
    read = [*columns(sa.Integer(), "rows_read"), *pence("amount_read", check="")]
    widen("batch", kind, where, choice("amount_basis", ("", "net", "gross")), read, undone(), kind="'office'")
    widen("waiting_file", choice("kind", KINDS), text("answers"), kind="'office'")
    widen("award", columns(NAME, "identifier"), [Index("identifier")])
    widen("application", columns(NAME, "identifier"), [Index("identifier")], may_link("batch_id", "batch"))


def recheck_amount_taken(*, refused_below_nought: bool) -> None:
    """Let what a file brought in come to less than nought, as a finance system's credits do, or no more."""
    check = "amount_taken >= 0"
    if op.get_bind().dialect.name == "postgresql":
        if refused_below_nought:
            op.create_check_constraint("amount_taken", "batch", check)
        else:
            op.drop_constraint(op.f("ck_batch_amount_taken"), "batch")
        return
    # SQLite has no statement for it; of a check, its manual says to edit the table's description.
    op.execute("PRAGMA writable_schema = ON")
    part = f"CONSTRAINT ck_batch_amount_taken CHECK ({check}), "
    whole = "CONSTRAINT ck_batch_amount_taken_whole"
    old, new = (whole, part + whole) if refused_below_nought else (part, "")
    edited = f"sql = replace(sql, '{old}', '{new}')"
    say(f"UPDATE sqlite_schema SET {edited} WHERE type = 'table' AND name = 'batch'")  # noqa: S608 - words of ours
    op.execute("PRAGMA writable_schema = RESET")


def make_files() -> None:
    """Make published identifiers and saved ways of reading columns."""
    owner = link("organisation_id", "organisation", index=True)
    table("organisation_identifier", owner, columns(NAME, "identifier"), [UniqueConstraint("identifier")])
    who = [*columns(MOMENT, "saved_at"), *text("saved_by"), *may_link("saved_by_id", "person")]
    once = [UniqueConstraint("kind", "name")]
    table("saved_map", choice("kind", KINDS), columns(NAME, "name"), text("columns"), who, once)


def make_finance_lines() -> None:
    """Make the finance system's lines."""
    owner = [*link("batch_id", "batch", index=True), *columns(sa.Integer(), "row"), *columns(NAME, "sheet")]
    words = text("payee", "supplier_number", "reference", "invoice_number", "description", "unit", "cost_centre",
                 "account", "cells")  # fmt: skip
    sums = [*pence("net", "vat", "gross", nullable=True, check=""), *pence("amount", check="")]
    when = [*optional(DAY, "on_date"), Index("on_date")]
    table("finance_line", owner, when, columns(NAME, "payee_key"), words, sums)


def make_rows() -> None:
    """Make the rows of batches, each with what it was taken for."""
    owner = [*link("batch_id", "batch"), *columns(sa.Integer(), "row", "copy"), *columns(NAME, "sheet")]
    fate = [*choice("fate", ("taken", "already there", "left out")), *text("says", "cells")]
    key = [*columns(sa.String(64), "key"), Index("key"), Index("batch_id__row")]
    names = ("organisation", "application", "award", "payment", "finance_line")
    links = [part for name in names for part in may_link(f"{name}_id", name)]
    table("batch_row", owner, fate, key, pence("amount", nullable=True, check=""), links)
