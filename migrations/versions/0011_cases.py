"""Cases: declared interests, assessments against a fund's criteria, and decision records."""

import sqlalchemy as sa
from alembic import op
from described import (
    DAY,
    NAME,
    append_only,
    columns,
    link,
    made,
    may_link,
    narrow,
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

revision = "0011"
down_revision = "0010"

NEVER_CHANGE = ("assessment", "assessment_score", "recommendation", "decision_signature", "decision_gap")
# The layout of decision records that offices publish: what each part says.
WORDS = (
    "summary", "proposal", "interests", "part_one", "finance", "legal", "risk", "equality", "consultation",
    "part_two", "exempt_reason",
)  # fmt: skip


def upgrade() -> None:
    """Make the tables; what was scored, recommended and signed only ever grows."""
    make_interests()
    make_assessments()
    make_decisions()
    for name in NEVER_CHANGE:
        append_only(name)
    keep_signed()
    widen("office", columns(sa.String(60), "decision_pattern"), decision_pattern="'PCC/D/{year}/{number}'")


def downgrade() -> None:
    """Take it all away."""
    if op.get_bind().dialect.name == "postgresql":
        op.execute("DROP TRIGGER decision_record_stays ON decision_record")
        op.execute("DROP FUNCTION ft_keep_signed()")
    narrow("office", "decision_pattern")
    for name in (*reversed(NEVER_CHANGE), "decision_record", "criterion", "interest"):
        op.drop_table(name)


def make_interests() -> None:
    """Make what people have declared: an interest in an organisation, or in one application."""
    about = [*may_link("organisation_id", "organisation", index=True), *may_link("application_id", "application")]
    one = rule("about", "(organisation_id IS NULL) <> (application_id IS NULL)")
    table("interest", link("person_id", "person", index=True), about, one, text("words"), made(), undone())


def make_assessments() -> None:
    """Make a fund's criteria, what each assessor gave an application for them, and the amounts recommended."""
    most = [*columns(sa.Integer(), "most", "weight", "position"), *rule("most", "most > 0 AND weight > 0")]
    table("criterion", link("fund_id", "fund", index=True), columns(NAME, "name"), text("guidance"), most,
          columns(sa.Boolean(), "live"))  # fmt: skip
    table("assessment", link("application_id", "application", index=True), text("words"), made())
    scored = [*link("assessment_id", "assessment"), *link("criterion_id", "criterion"), *columns(sa.Integer(), "score")]
    once = [sa.UniqueConstraint("assessment_id", "criterion_id")]
    table("assessment_score", scored, rule("score", "score >= 0"), text("reason"), once)
    moderated = optional(sa.Integer(), "score")
    table("recommendation", link("application_id", "application", index=True), pence("amount", nullable=True),
          moderated, text("reason"), made())  # fmt: skip


def make_decisions() -> None:
    """Make decision records, who signed them, and why money moved without one (Specified Information Order 2011)."""
    about = [*may_link("application_id", "application", index=True), *may_link("award_id", "award", index=True)]
    said = [*columns(NAME, "title", "approval_of", "decision_maker"), *text(*WORDS), *columns(sa.Boolean(), "exempt")]
    table("decision_record", reference(), about, said, made())
    table("decision_signature", link("decision_id", "decision_record"), [sa.UniqueConstraint("decision_id")],
          columns(DAY, "signed_on"), text("words"), made())  # fmt: skip
    entry = [*link("entry_number", "entry"), sa.UniqueConstraint("entry_number")]
    table("decision_gap", entry, may_link("decision_id", "decision_record"), text("why"), made())


def keep_signed() -> None:
    """Refuse to change a decision record once it is signed, or to take it away, by triggers of the engine in use."""
    signed = "EXISTS (SELECT 1 FROM decision_signature WHERE decision_id = OLD.id)"
    says = "decision_record: signed, it never changes"
    if op.get_bind().dialect.name == "postgresql":
        body = f"BEGIN IF {signed} THEN RAISE EXCEPTION '{says}'; END IF; RETURN COALESCE(NEW, OLD); END"
        say(f"CREATE FUNCTION ft_keep_signed() RETURNS trigger LANGUAGE plpgsql AS $$ {body} $$")
        say("CREATE TRIGGER decision_record_stays BEFORE UPDATE OR DELETE ON decision_record FOR EACH ROW "
            "EXECUTE FUNCTION ft_keep_signed()")  # fmt: skip
        return
    for when in ("UPDATE", "DELETE"):
        refuse = f"SELECT RAISE(ABORT, '{says}') WHERE {signed}"
        say(f"CREATE TRIGGER decision_record_{when.lower()} BEFORE {when} ON decision_record BEGIN {refuse}; END")
