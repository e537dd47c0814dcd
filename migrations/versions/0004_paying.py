"""Paying what is due: schedules, claims, payment runs, and what funders are to pay."""

import sqlalchemy as sa
from alembic import op
from described import (
    DAY,
    MOMENT,
    change_choice,
    choice,
    columns,
    link,
    made,
    may_link,
    narrow,
    optional,
    pence,
    reference,
    rule,
    table,
    text,
    widen,
)
from sqlalchemy import Index

revision = "0004"
down_revision = "0003"

EVENTS = (
    "fund opened", "fund suspended", "fund closed", "fund reopened", "application logged", "application declined",
    "application withdrawn", "award recorded", "award withdrawn", "award completed", "organisation merged",
    "merge undone", "bid recorded", "bid moved on", "bid won",
    "budget line opened", "application reopened", "award reopened", "organisation added", "bid reopened",
    "words edited",
)  # fmt: skip
ADDED = (
    "schedule changed", "condition met", "instalment held", "claim received", "claim decided", "payment confirmed",
    "receipt expected", "batch undone", "coding changed",
)  # fmt: skip


def upgrade() -> None:
    """Make the tables, and let funds, payments and events say more."""
    make_schedules()
    make_runs()
    make_funders_side()
    coding = text("cost_centre", "subjective", "project")
    widen("fund", columns(sa.Boolean(), "year_bound"), coding, may_link("follows_id", "fund"))
    change_choice("event", "kind", old=EVENTS, new=(*EVENTS, *ADDED))


def downgrade() -> None:
    """Take it all away; refused while an event tells of something added."""
    change_choice("event", "kind", old=(*EVENTS, *ADDED), new=EVENTS)
    narrow("fund", "year_bound", "cost_centre", "subjective", "project", "follows_id")
    narrow("payment", "instalment_id", "run_line_id", "confirmed_on")
    for name in ("expected_receipt", "run_line", "payment_run", "claim_item", "instalment", "claim"):
        op.drop_table(name)


def make_schedules() -> None:
    """Make claims with their costs, and instalments."""
    owner = link("award_line_id", "award_line", index=True)
    state = choice("status", ("received", "certified", "rejected"))
    dates = [*columns(DAY, "received_on"), *optional(DAY, "period_from", "period_to", "decided_on")]
    who = [*text("decided_by", "notes"), *may_link("decided_by_id", "person")]
    table("claim", reference(), owner, state, dates, who)
    owner = link("award_line_id", "award_line", index=True)
    when = [*columns(sa.Integer(), "position"), *columns(DAY, "due_on"), *optional(DAY, "condition_met_on")]
    words = text("condition", "held_why", "po_number", "cost_centre", "subjective", "project")
    claim = may_link("claim_id", "claim", index=True)
    table("instalment", owner, when, pence("amount", check="{} > 0"), words, claim, [Index("due_on")])
    owner = [*link("claim_id", "claim", index=True), *columns(sa.Integer(), "position")]
    sums = [*pence("claimed", check="{} > 0"), *pence("certified", nullable=True)]
    within = rule("certified_claimed", "certified <= claimed")
    table("claim_item", owner, text("description", "reason"), optional(DAY, "spent_on"), sums, within)


def make_runs() -> None:
    """Make payment runs, and let a payment name its instalment and its place in a run."""
    states = choice("status", ("drawn up", "authorised", "sent", "stopped"))
    steps = [
        part
        for name in ("authorised", "sent", "stopped")
        for part in (*optional(MOMENT, f"{name}_at"), *text(f"{name}_by"), *may_link(f"{name}_by_id", "person"))
    ]
    table("payment_run", reference(), columns(DAY, "pay_on"), states, made(), steps, text("stopped_why"))
    owners = [*link("run_id", "payment_run", index=True), *link("award_line_id", "award_line", index=True)]
    owners += may_link("instalment_id", "instalment", index=True)
    amount = pence("amount", check="{} > 0")
    table("run_line", owners, columns(sa.Integer(), "position"), amount, text("invoice_number"))
    links = [*may_link("instalment_id", "instalment", index=True), *may_link("run_line_id", "run_line", index=True)]
    widen("payment", links, optional(DAY, "confirmed_on"))


def make_funders_side() -> None:
    """Make what funders are expected to pay."""
    owner = link("budget_line_id", "budget_line", index=True)
    dates = [*columns(DAY, "due_on"), *optional(DAY, "period_from", "period_to", "submitted_on", "dropped_on")]
    amount = pence("amount", check="{} > 0")
    table("expected_receipt", owner, choice("kind", ("instalment", "claim")), dates, amount,
          text("reference", "notes", "dropped_why"), made())  # fmt: skip
