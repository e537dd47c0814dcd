"""Deciding: approvals, declared interests, assessments and decision records."""

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
    optional,
    pence,
    table,
    text,
)
from sqlalchemy import UniqueConstraint

revision = "0009"
down_revision = "0008"

KINDS = ("award", "variation", "over-allocation", "transfer", "carry forward", "write-off", "payment")
STEPS = ("commented", "approved", "declined", "sent back", "withdrawn")
SUBJECTS = ("general", "financial", "legal")
APPROVALS = ("approval_limits", "approval_request", "approval_step")


def upgrade() -> None:
    """Make the tables."""
    make_approvals()


def downgrade() -> None:
    """Take them away."""
    for name in reversed(APPROVALS):
        op.drop_table(name)


def make_approvals() -> None:
    """Make what waits for an approval, the steps taken with it, and the limits; all of it only ever grows."""
    limits = pence("manager", "chief_executive", "deputy", "chief_finance", "write_off")
    table("approval_limits", columns(DAY, "from_on"), limits, made())
    about = [*link("fund_id", "fund", index=True), *may_link("award_id", "award", index=True)]
    about += may_link("application_id", "application", index=True)
    again = [*may_link("follows_id", "approval_request"), UniqueConstraint("follows_id")]
    what = [*choice("kind", KINDS), *columns(sa.String(40), "verb"), *columns(NAME, "title")]
    said = text("reason", "details", "told", "address", "answers")
    table("approval_request", what, pence("amount", "figure"), about, again, said, made())
    step = [*link("request_id", "approval_request", index=True), *choice("kind", STEPS), *choice("subject", SUBJECTS)]
    who = [*text("words", "interests"), *columns(sa.String(40), "post"), *text("acting_for", "rule")]
    seen = [*may_link("limits_id", "approval_limits"), *pence("figure", nullable=True)]
    seen += pence("balance", nullable=True, check="")
    did = [*may_link("award_id", "award", index=True), sa.Index("first_entry")]
    table("approval_step", step, who, seen, did, optional(BIG, "first_entry", "last_entry"), made())
    settles = sa.text("kind <> 'commented'")
    op.create_index(
        "uq_approval_step_settled", "approval_step", ["request_id"], unique=True, sqlite_where=settles,
        postgresql_where=settles,
    )  # fmt: skip
    for name in APPROVALS:
        append_only(name)
