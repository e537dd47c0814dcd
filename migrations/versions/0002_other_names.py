"""Other names of organisations, and the steps that an office can take back or edit in words."""

from alembic import op
from described import NAME, change_choice, columns, link, table
from sqlalchemy import Index, UniqueConstraint

revision = "0002"
down_revision = "0001"

EVENTS = (
    "fund opened", "fund suspended", "fund closed", "fund reopened", "application logged", "application declined",
    "application withdrawn", "award recorded", "award withdrawn", "award completed", "organisation merged",
    "merge undone", "bid recorded", "bid moved on", "bid won",
)  # fmt: skip
ADDED = (
    "budget line opened", "application reopened", "award reopened", "organisation added", "bid reopened",
    "words edited",
)  # fmt: skip


def upgrade() -> None:
    """Make the table of other names, and let events tell of more."""
    once = [UniqueConstraint("organisation_id", "name"), Index("match_key")]
    owner = link("organisation_id", "organisation", index=True)
    table("other_name", owner, columns(NAME, "name", "match_key"), once)
    change_choice("event", "kind", old=EVENTS, new=(*EVENTS, *ADDED))


def downgrade() -> None:
    """Take both away; refused while an event tells of something added."""
    change_choice("event", "kind", old=(*EVENTS, *ADDED), new=EVENTS)
    op.drop_table("other_name")
