"""Files of decisions: what is attached to a decision record."""

from alembic import op
from described import may_link, narrow, remake, widen

revision = "0012"
down_revision = "0011"

OWNERS = ("fund", "organisation", "application", "award", "claim", "monitoring_return")
ADDED = "decision_record"


def upgrade() -> None:
    """Let a file be attached to a decision record."""
    widen("attachment", may_link(f"{ADDED}_id", ADDED, index=True))
    change_rule(one_of(OWNERS), one_of((*OWNERS, ADDED)))


def downgrade() -> None:
    """Take it back; refused while a file is attached to one."""
    change_rule(one_of((*OWNERS, ADDED)), one_of(OWNERS))
    narrow("attachment", f"{ADDED}_id")


def one_of(names: tuple[str, ...]) -> str:
    """Say that a file is attached to one record."""
    return " + ".join(f"CASE WHEN {name}_id IS NULL THEN 0 ELSE 1 END" for name in names) + " = 1"


def change_rule(before: str, after: str) -> None:
    """Put another rule in the place of the one that says what a file is attached to."""
    if op.get_bind().dialect.name == "sqlite":
        remake("attachment", before, after)
        return
    op.drop_constraint(op.f("ck_attachment_about"), "attachment")
    op.create_check_constraint("about", "attachment", after)
