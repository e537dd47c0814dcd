"""History: every change of every table, chained. The tables are watched by env.py, after every migration."""

import sqlalchemy as sa
from alembic import op
from described import BIG, append_only, optional, rule, say, table, text
from sqlalchemy import Column, ForeignKey, Index, PrimaryKeyConstraint, UniqueConstraint

revision = "0010"
down_revision = "0009"

ERASABLE = {"event": ("narrative",), "finance_line": ("payee", "payee_key", "description")}
SAYS = {"event": "event: events are never changed", "finance_line": "finance_line: a row never changes"}
WHEN, HASH = sa.String(27), sa.String(64)


def upgrade() -> None:
    """Make the tables that triggers and transactions fill, and let what is in them stay."""
    who = [*optional(BIG, "by_id"), *optional(sa.Text(), "by_name")]
    what = [Column(name, sa.String(length), nullable=False) for name, length in
            (("action", 40), ("table_name", 60), ("row_id", 60))]  # fmt: skip
    said = optional(sa.Text(), "before_json", "after_json")
    request = [*text("reason"), Column("request_id", sa.String(60), nullable=False)]
    at = Column("at", WHEN, nullable=False)
    table("change", numbered("number"), [at], who, what, said, request, [Index("table_name__row_id")])
    owner = [Column("change", BIG, ForeignKey("change.number"), autoincrement=False, nullable=False)]
    table("detail", owner, [PrimaryKeyConstraint("change")], said, [Column("erased", BIG, ForeignKey("change.number"))])
    sealed = [Column("change", BIG, ForeignKey("change.number"), nullable=False), UniqueConstraint("change")]
    hashes = [Column(name, HASH, nullable=False) for name in ("previous_hash", "hash")]
    table("seal", numbered("number"), sealed, hashes)
    table("writing", optional(WHEN, "at"), who, request, rule("one", "id = 1"))
    op.execute("INSERT INTO writing (id, reason, request_id) VALUES (1, '', '')")
    for name in ("change", "seal"):
        append_only(name, key="number")
    guard_details()
    for name, erased in ERASABLE.items():
        guard_against_change(name, *erased)


def downgrade() -> None:
    """Take it all away."""
    for name in ERASABLE:
        guard_against_change(name)
    for name in ("writing", "seal", "detail", "change"):
        op.drop_table(name)
    if op.get_bind().dialect.name == "postgresql":
        op.execute("DROP FUNCTION ft_detail_is_only_erased")


def numbered(name: str) -> list[sa.schema.SchemaItem]:
    """Give a number that is counted here and not by the engine, which leaves gaps."""
    return [Column(name, BIG, autoincrement=False, nullable=False), PrimaryKeyConstraint(name)]


def guard_details() -> None:
    """Let a detail be erased once, and nothing else be done to it."""
    says = "detail: a detail is erased, and never changed or removed"
    same = "NEW.change = OLD.change AND OLD.erased IS NULL AND NEW.erased > 0 AND NEW.before_json IS NULL"
    if op.get_bind().dialect.name == "sqlite":
        say(f"CREATE TRIGGER detail_is_only_erased BEFORE UPDATE ON detail WHEN ({same}) IS NOT TRUE "
            f"BEGIN SELECT RAISE(ABORT, '{says}'); END")  # fmt: skip
        say(f"CREATE TRIGGER detail_never_goes BEFORE DELETE ON detail BEGIN SELECT RAISE(ABORT, '{says}'); END")
        return
    say("CREATE FUNCTION ft_detail_is_only_erased() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN "
        f"PERFORM ft_refuse_if(({same}) IS NOT TRUE, '{says}'); RETURN NEW; END $$")  # fmt: skip
    each = "FOR EACH ROW EXECUTE FUNCTION"
    say(f"CREATE TRIGGER detail_is_only_erased BEFORE UPDATE ON detail {each} ft_detail_is_only_erased()")
    say(f"CREATE TRIGGER detail_never_goes BEFORE DELETE ON detail {each} ft_refuse('{says}')")


def guard_against_change(name: str, *erased: str) -> None:
    """Refuse to change a row that was written once, but for emptying words that may hold a person's details."""
    sqlite = op.get_bind().dialect.name == "sqlite"
    kept = [column["name"] for column in sa.inspect(op.get_bind()).get_columns(name) if column["name"] not in erased]
    equal = "IS" if sqlite else "IS NOT DISTINCT FROM"
    same = [f"NEW.{column} {equal} OLD.{column}" for column in kept]
    emptied = [f"(NEW.{column} = OLD.{column} OR NEW.{column} = '')" for column in erased]
    words = " || ".join(f"OLD.{column}" for column in erased)
    only = " AND ".join([*same, *emptied, f"{words} <> ''"])
    when = f"WHEN (({only}) IS NOT TRUE) " if erased else ""
    trigger = f"{name}_never_changes"
    say(f"DROP TRIGGER {trigger}" + ("" if sqlite else f" ON {name}"))
    if sqlite:
        say(f"CREATE TRIGGER {trigger} BEFORE UPDATE ON {name} {when}BEGIN SELECT RAISE(ABORT, '{SAYS[name]}'); END")
        return
    each = f"FOR EACH ROW {when}EXECUTE FUNCTION ft_refuse('{SAYS[name]}')"
    say(f"CREATE TRIGGER {trigger} BEFORE UPDATE ON {name} {each}")
