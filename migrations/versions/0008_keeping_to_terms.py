"""Keeping to terms: conditions, agreements, monitoring returns, notes and files."""

revision = "0008"
down_revision = "0007"


def upgrade() -> None:
    """Make the tables."""


def downgrade() -> None:
    """Take them away."""
