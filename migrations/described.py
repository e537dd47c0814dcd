"""The words in which migrations describe tables, so that each reads as a list of what it holds."""

from collections.abc import Iterable
from pathlib import Path
from typing import Any

import sqlalchemy as sa
from alembic import op
from sqlalchemy import CheckConstraint, Column, ForeignKey, Index, PrimaryKeyConstraint

GUARDS = Path(__file__).parent / "guards"
BIG = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
MOMENT = sa.DateTime(timezone=True)
DAY = sa.Date()
NAME = sa.String(400)
Parts = Iterable[sa.schema.SchemaItem]


def table(name: str, *parts: Parts) -> None:
    """Make a table of parts, with a row id where they name no other key; the schema's own pattern names the rest."""
    items = [item for part in parts for item in part]
    if not any(isinstance(item, PrimaryKeyConstraint) for item in items):
        items.insert(0, Column("id", BIG, primary_key=True))
    op.create_table(name, *(item for item in items if not isinstance(item, Index)))
    for index in (item for item in items if isinstance(item, Index)):
        keys = str(index.name).split("__")
        op.create_index(f"ix_{name}_{'_'.join(keys)}", name, keys)


def widen(name: str, *parts: Parts, **defaults: str) -> None:
    """Add columns to a table that has rows, each with the checks after it; what is required takes its default."""
    indexes, sql = [], ""
    for item in (item for part in parts for item in part):
        if isinstance(item, Column):
            say(sql)
            sql = f"ALTER TABLE {name} ADD COLUMN {_said(name, item, defaults)}"
        elif isinstance(item, CheckConstraint):
            sql += f" CONSTRAINT ck_{name}_{item.name} CHECK ({item.sqltext})"
        else:
            indexes.append(str(item.name))
    say(sql)
    for column in indexes:
        op.create_index(f"ix_{name}_{column}", name, [column])


def _said(table: str, column: Column[Any], defaults: dict[str, str]) -> str:
    kind = column.type.compile(op.get_bind().dialect)
    plain = {"TEXT": "''", "BOOLEAN": "false", "BIGINT": "0", "INTEGER": "0"}.get(kind, "''")
    needed = "" if column.nullable else f" DEFAULT {defaults.get(column.name, plain)} NOT NULL"
    points = "".join(
        f" CONSTRAINT fk_{table}_{column.name} REFERENCES {target} ({key})"
        for target, key in (str(link.target_fullname).split(".") for link in column.foreign_keys)
    )
    return f"{column.name} {kind}{needed}{points}"


def narrow(name: str, *names: str) -> None:
    """Take columns away again, and the indexes over them."""
    for column in names:
        op.execute(f"DROP INDEX IF EXISTS ix_{name}_{column}")
        op.execute(f"ALTER TABLE {name} DROP COLUMN {column}")


def once_live(name: str, *names: str) -> None:
    """Let each row be pointed at once by the rows of a table that stand."""
    live = sa.text("live")
    for column in names:
        index = f"uq_{name}_{column}"
        op.create_index(index, name, [column], unique=True, sqlite_where=live, postgresql_where=live)


def append_only(name: str, *, key: str = "id") -> None:
    """Refuse to change, delete or replace a row of a table, by triggers of the engine in use."""
    if op.get_bind().dialect.name == "postgresql":
        for when, done in (("UPDATE", "changes"), ("DELETE", "goes")):
            refuse = f"EXECUTE FUNCTION ft_refuse('{name}: a row never {done}')"
            say(f"CREATE TRIGGER {name}_never_{done} BEFORE {when} ON {name} FOR EACH ROW {refuse}")
        refuse = f"EXECUTE FUNCTION ft_refuse('{name}: a row never goes')"
        say(f"CREATE TRIGGER {name}_never_emptied BEFORE TRUNCATE ON {name} FOR EACH STATEMENT {refuse}")
        return
    for when, done in (("UPDATE", "changes"), ("DELETE", "goes")):
        refuse = f"SELECT RAISE(ABORT, '{name}: a row never {done}')"
        say(f"CREATE TRIGGER {name}_never_{done} BEFORE {when} ON {name} BEGIN {refuse}; END")
    there = f"EXISTS (SELECT 1 FROM {name} WHERE {key} = NEW.{key})"  # noqa: S608 - names of ours
    there = f"SELECT RAISE(ABORT, '{name}: a row is never replaced') WHERE {there}"
    say(f"CREATE TRIGGER {name}_is_new BEFORE INSERT ON {name} BEGIN {there}; END")


def text(*names: str) -> Parts:
    """Give columns of words, empty where nothing is said."""
    return [Column(name, sa.Text(), nullable=False) for name in names]


def columns(kind: sa.types.TypeEngine[object], *names: str, nullable: bool = False) -> Parts:
    """Give columns of one type."""
    return [Column(name, kind, nullable=nullable) for name in names]


def optional(kind: sa.types.TypeEngine[object], *names: str) -> Parts:
    """Give columns of one type that may be empty."""
    return columns(kind, *names, nullable=True)


def pence(*names: str, nullable: bool = False, check: str = "{} >= 0") -> Parts:
    """Give columns of whole pence: on SQLite a check refuses the 1.5 that its affinity would keep."""
    sqlite = op.get_bind().dialect.name == "sqlite"
    parts: list[sa.schema.SchemaItem] = []
    for name in names:
        parts.append(Column(name, sa.BigInteger(), nullable=nullable))
        if check:
            parts.append(CheckConstraint(check.format(name), name=name))
        if sqlite:
            whole = f"{name} IS NULL OR typeof({name}) = 'integer'"
            parts.append(CheckConstraint(whole, name=f"{name}_whole"))
    return parts


def choice(name: str, values: Iterable[str]) -> Parts:
    """Give a column that holds one of the words given."""
    return [Column(name, sa.String(40), nullable=False), CheckConstraint(f"{name} IN {quoted(values)}", name=name)]


def change_choice(table: str, name: str, *, old: Iterable[str], new: Iterable[str]) -> None:
    """Let a column hold other words; refused by the database where a row holds one that goes."""
    before, after = (f"{name} IN {quoted(values)}" for values in (old, new))
    if op.get_bind().dialect.name == "sqlite":
        remake(table, before, after)
        return
    op.drop_constraint(op.f(f"ck_{table}_{name}"), table)
    op.create_check_constraint(name, table, after)


def remake(table: str, before: str, after: str) -> None:
    """
    Make a table of SQLite anew with one part of its description changed, and put its rows back.

    Rows may point at it: their links are asked about when the migration is kept, by which time all is there again.
    """
    listed = "SELECT sql FROM sqlite_master WHERE tbl_name = :table ORDER BY type <> 'table', rowid"
    parts = op.get_bind().execute(sa.text(listed), {"table": table})
    made, *others = [sql for sql in parts.scalars() if sql]
    if before not in made:
        raise LookupError(f"{table} is not described by {before}")
    say("PRAGMA defer_foreign_keys = ON")
    say(f"CREATE TEMPORARY TABLE {table}_before AS SELECT * FROM {table}")  # noqa: S608 - names of ours
    op.drop_table(table)
    say(made.replace(before, after))
    say(f"INSERT INTO {table} SELECT * FROM temp.{table}_before")  # noqa: S608 - names of ours
    say(f"DROP TABLE temp.{table}_before")
    for sql in others:  # its indexes and triggers went with it
        say(sql)


def say(sql: str) -> None:
    """Run one statement as it stands, colons and all; nothing where it is empty."""
    if sql:
        op.execute(sa.text(sql.replace(":", "\\:")))


def quoted(values: Iterable[str]) -> str:
    """Write words as an SQL list."""
    return "(" + ", ".join(f"'{value}'" for value in values) + ")"


def link(name: str, target: str, *, nullable: bool = False, index: bool = False) -> Parts:
    """Give a column that points at another table's row."""
    key = "number" if target == "entry" else "id"
    column = Column(name, BIG, ForeignKey(f"{target}.{key}"), nullable=nullable)
    return [column, Index(name)] if index else [column]


def may_link(name: str, target: str, *, index: bool = False) -> Parts:
    """Give a column that may point at another table's row."""
    return link(name, target, nullable=True, index=index)


def rule(name: str, sql: str) -> Parts:
    """Check each row."""
    return [CheckConstraint(sql, name=name)]


def made() -> Parts:
    """Give the columns that say who made a row."""
    return [*columns(MOMENT, "made_at"), *text("made_by"), *may_link("made_by_id", "person")]


def undone() -> Parts:
    """Give the columns that say who took a row back, and why."""
    who = [*text("undone_by"), *may_link("undone_by_id", "person"), *text("undone_why")]
    return [*optional(MOMENT, "undone_at"), *who]


def reference() -> Parts:
    """Give a reference that people say aloud."""
    return [Column("reference", sa.String(60), nullable=False), sa.UniqueConstraint("reference")]


def guards() -> list[str]:
    """Read the triggers of the engine in use, a statement each."""
    words = (GUARDS / f"{op.get_bind().dialect.name}.sql").read_text(encoding="utf-8")
    return [statement.strip() for statement in words.split("\n-----\n") if statement.strip()]
