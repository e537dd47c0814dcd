"""People: the posts they hold, how they sign in, who deputises for them."""

import sqlalchemy as sa
from alembic import op
from described import (
    DAY,
    MOMENT,
    NAME,
    change_choice,
    choice,
    columns,
    link,
    made,
    narrow,
    optional,
    rule,
    table,
    text,
    undone,
    widen,
)
from sqlalchemy import UniqueConstraint

revision = "0007"
down_revision = "0006"

ROLES = ("commissioning officer", "finance officer", "chief executive", "administrator")
ADDED = ("viewer", "commissioning manager", "chief finance officer", "Commissioner", "deputy Commissioner",
         "Panel support")  # fmt: skip
MADE = ("person_role", "absence", "second_factor", "recovery_code", "outside_identity", "address_count")


def upgrade() -> None:
    """Let people hold the other posts, several at once, and make what signing in asks for."""
    change_choice("person", "role", old=ROLES, new=(*ROLES, *ADDED))
    roles, owner = choice("role", (*ROLES, *ADDED)), link("person_id", "person")
    table("person_role", owner, roles, [UniqueConstraint("person_id", "role")])
    days = [*columns(DAY, "from_on", "until_on"), *rule("until_on_from", "until_on >= from_on")]
    deputy = [*link("deputy_id", "person", index=True), *rule("deputy_other", "deputy_id <> person_id")]
    table("absence", link("person_id", "person", index=True), deputy, days, text("why"), made(), undone())
    widen("sign_in", columns(sa.Boolean(), "waiting", "outside"))
    make_proofs()


def downgrade() -> None:
    """Take it all away; refused while a person holds a post that goes."""
    for name in reversed(MADE):
        op.drop_table(name)
    narrow("sign_in", "waiting", "outside")
    change_choice("person", "role", old=(*ROLES, *ADDED), new=ROLES)


def make_proofs() -> None:
    """Make what a person proves who they are with, beside a password."""
    one = [*link("person_id", "person"), UniqueConstraint("person_id")]
    step = [*columns(sa.Integer(), "last_step"), *optional(MOMENT, "confirmed_at")]
    table("second_factor", one, columns(sa.String(64), "secret"), step)
    code = [*columns(sa.String(64), "code_hash"), *optional(MOMENT, "used_at")]
    table("recovery_code", link("person_id", "person"), code, [UniqueConstraint("person_id", "code_hash")])
    outside = [*columns(NAME, "issuer"), *columns(sa.String(255), "subject"), UniqueConstraint("issuer", "subject")]
    table("outside_identity", link("person_id", "person", index=True), outside)
    counted = [*columns(MOMENT, "since"), *columns(sa.Integer(), "asked")]
    table("address_count", columns(sa.String(45), "address"), [UniqueConstraint("address")], counted)
