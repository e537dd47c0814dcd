"""The words in which migrations describe tables, so that each reads as a list of what it holds."""

from collections.abc import Iterable
from pathlib import Path

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
    """Make a table of SQLite anew with one part of its description changed; nothing may point at its rows."""
    listed = "SELECT sql FROM sqlite_master WHERE tbl_name = :table ORDER BY type <> 'table', rowid"
    parts = op.get_bind().execute(sa.text(listed), {"table": table})
    made, *others = [sql for sql in parts.scalars() if sql]
    if before not in made:
        raise LookupError(f"{table} is not described by {before}")
    op.rename_table(table, f"{table}_before")
    say(made.replace(before, after))
    say(f"INSERT INTO {table} SELECT * FROM {table}_before")  # noqa: S608 - names of ours
    op.drop_table(f"{table}_before")
    for sql in others:  # its indexes and triggers went with it
        say(sql)


def say(sql: str) -> None:
    """Run one statement as it stands, colons and all."""
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


def reference() -> Parts:
    """Give a reference that people say aloud."""
    return [Column("reference", sa.String(60), nullable=False), sa.UniqueConstraint("reference")]


def guards() -> list[str]:
    """Read the triggers of the engine in use, a statement each."""
    words = (GUARDS / f"{op.get_bind().dialect.name}.sql").read_text(encoding="utf-8")
    return [statement.strip() for statement in words.split("\n-----\n") if statement.strip()]
