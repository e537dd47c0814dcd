"""People: the posts they hold, how they sign in, who deputises for them."""

revision = "0007"
down_revision = "0006"


def upgrade() -> None:
    """Make the tables."""


def downgrade() -> None:
    """Take them away."""
