"""Watching: the triggers that write a change for every row added, changed or removed, made from the tables there."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from sqlalchemy import Boolean, Connection, Date, DateTime, Integer, LargeBinary, String, inspect, text
from sqlalchemy.engine.interfaces import ReflectedColumn

from fundtracker.store.watched import (
    COUNTERS,
    DERIVED,
    IN_THE_ROW_ALONE,
    PERSONAL,
    PERSONAL_ANYWHERE,
    PERSONAL_OF_ORGANISATIONS,
    SECRET,
    UNWATCHED,
)

OUTSIDE = "outside fundtracker"  # who changed something without a transaction of ours
PREFIX = "watch_"
_BREAKS = ((9, "t"), (10, "n"), (13, "r"))  # the only control characters that text may hold
LAST = "(SELECT COALESCE(MAX(number), 0) FROM change)"


@dataclass(frozen=True)
class Watched:
    """A table that is watched: its key, and the SQL of its columns' JSON by what history does with them."""

    name: str
    key: tuple[str, ...]
    kept: dict[str, str]
    """Columns in the change itself, by the SQL of their JSON with `{}` for the row's alias and a dot."""
    personal: dict[str, str]
    """Columns kept beside the change."""
    different: str
    has_file: bool
    """Whether it holds a file, for which a digest stands beside it."""

    def row_id(self, row: str = "") -> str:
        """Give the SQL of a row's number; several columns have a stroke between."""
        return " || '/' || ".join(f"CAST({row}{name} AS TEXT)" for name in self.key)

    def json(self, row: str = "") -> str:
        """Give the SQL of a row as JSON, its keys in order."""
        return _object(self.kept, row)

    def details(self, row: str = "") -> str:
        """Give the SQL of a row's personal details as JSON; nothing where the table has none."""
        return _object(self.personal, row) if self.personal else ""

    def changed(self) -> str:
        """Give the SQL that says whether an update changed anything that history tells of."""
        names = sorted({*self.kept, *self.personal})
        return " OR ".join(f"OLD.{name} {self.different} NEW.{name}" for name in names)


def _object(columns: dict[str, str], row: str) -> str:
    parts = [f"'\"{name}\":' || {columns[name].format(row)}" for name in sorted(columns)]
    return "'{' || " + " || ',' || ".join(parts) + " || '}'"


def watched_tables(connection: Connection) -> Iterator[Watched]:
    """Look at the database, and describe each table that is watched."""
    schema = inspect(connection)
    for name in sorted(set(schema.get_table_names()) - UNWATCHED.keys()):
        columns = schema.get_columns(name)
        key = schema.get_pk_constraint(name)["constrained_columns"]
        yield _described(name, key, columns, connection.dialect.name)


def _described(name: str, key: Sequence[str], columns: Sequence[ReflectedColumn], engine: str) -> Watched:
    names = {column["name"] for column in columns}
    kept: dict[str, str] = {}
    personal: dict[str, str] = {}
    left = {*DERIVED.get(name, ()), *IN_THE_ROW_ALONE.get(name, ())}
    for column in columns:
        title = column["name"]
        if title in left or COUNTERS.fullmatch(title) or isinstance(column["type"], LargeBinary):
            continue
        sql = _json_of(column, engine)
        if SECRET.fullmatch(title):
            sql = f"CASE WHEN {{0}}{title} IS NULL THEN 'false' ELSE 'true' END"
        elif title.endswith("_by") and f"{title}_id" in names:
            sql = f"CASE WHEN {{0}}{title}_id IS NULL THEN {sql} ELSE 'null' END"
        if (name, title) in PERSONAL_OF_ORGANISATIONS:
            personal[title] = f"CASE WHEN {{0}}organisation_id IS NULL THEN 'null' ELSE {sql} END"
            sql = f"CASE WHEN {{0}}organisation_id IS NULL THEN {sql} ELSE 'null' END"
        is_personal = title in PERSONAL.get(name, ()) or title in PERSONAL_ANYWHERE
        (personal if is_personal else kept)[title] = sql
    different = "IS NOT" if engine == "sqlite" else "IS DISTINCT FROM"
    return Watched(name, tuple(key), kept, personal, different, {"content", "digest"} <= names)


def _json_of(column: ReflectedColumn, engine: str) -> str:
    """Give the SQL of one column as JSON, the same characters on either engine."""
    it, kind, sqlite = f"{{0}}{column['name']}", column["type"], engine == "sqlite"
    if isinstance(kind, Boolean):
        return f"CASE WHEN {it} IS NULL THEN 'null' WHEN {it} THEN 'true' ELSE 'false' END"
    if isinstance(kind, Integer):
        return f"COALESCE(CAST({it} AS TEXT), 'null')"
    if isinstance(kind, DateTime):
        moment = f"replace(substr({it} || '.000000', 1, 26), ' ', 'T')"
        if not sqlite:
            moment = f"to_char({it} AT TIME ZONE 'UTC', 'YYYY-MM-DD\"T\"HH24:MI:SS.US')"
        return f"COALESCE('\"' || {moment} || 'Z\"', 'null')"
    if isinstance(kind, Date):
        day = it if sqlite else f"to_char({it}, 'YYYY-MM-DD')"
        return f"COALESCE('\"' || {day} || '\"', 'null')"
    if isinstance(kind, String):
        return f"COALESCE('\"' || {_escaped(it, 'char' if sqlite else 'chr')} || '\"', 'null')"
    raise LookupError(f"history cannot write down {column['name']}, which is {kind}")


def _escaped(it: str, char: str) -> str:
    """Give the SQL of text within quotes; SQLite lets no guarded trigger call its own JSON functions."""
    replaced = [("'\\'", "\\\\"), ("'\"'", '\\"'), *((f"{char}({code})", f"\\{letter}") for code, letter in _BREAKS)]
    for found, instead in replaced:
        it = f"replace({it}, {found}, '{instead}')"
    return it


def statements(table: Watched, engine: str) -> Iterator[str]:
    """Write the triggers of a table: one each for a row added, changed and removed."""
    for action, done, before, after in (
        ("added", "INSERT", "", "NEW."),
        ("changed", "UPDATE", "OLD.", "NEW."),
        ("removed", "DELETE", "OLD.", ""),
    ):
        name, when = f"{PREFIX}{table.name}_{action}", f"WHEN ({table.changed()}) " if before and after else ""
        body = _body(table, action, before, after, engine)
        if engine == "sqlite":
            yield f"CREATE TRIGGER {name} AFTER {done} ON {table.name} {when}BEGIN {body} END"
            continue
        yield f"CREATE FUNCTION ft_{name}() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN {body} RETURN NULL; END $$"
        each = f"FOR EACH ROW {when}EXECUTE FUNCTION ft_{name}()"
        yield f"CREATE TRIGGER {name} AFTER {done} ON {table.name} {each}"


def _body(table: Watched, action: str, before: str, after: str, engine: str) -> str:
    pair = ", ".join(table.json(row) if row else "NULL" for row in (before, after))
    says = (
        f"INSERT INTO change SELECT {LAST} + 1, {who(engine)}, "  # noqa: S608 - names of ours
        f"'{action}', '{table.name}', "
        f"{table.row_id(after or before)}, {pair}, {WHY} FROM {WRITER};"
    )
    if table.personal:
        pair = ", ".join(table.details(row) if row else "NULL" for row in (before, after))
        says += f" INSERT INTO detail VALUES ({LAST}, {pair}, NULL);"  # noqa: S608 - names of ours
    return says


WRITER = "(SELECT 1) one LEFT JOIN writing w ON w.id = 1"
WHY = "COALESCE(w.reason, ''), COALESCE(w.request_id, '')"


def who(engine: str) -> str:
    """Give the SQL of when, and of who is writing: who is named, or that nobody is."""
    clock = "strftime('%Y-%m-%dT%H:%M:%f', 'now') || '000Z'"
    if engine != "sqlite":
        clock = "to_char(clock_timestamp() AT TIME ZONE 'UTC', 'YYYY-MM-DD\"T\"HH24:MI:SS.US\"Z\"')"
    return f"COALESCE(w.at, {clock}), w.by_id, CASE WHEN w.at IS NULL THEN '{OUTSIDE}' ELSE w.by_name END"


def watch(connection: Connection) -> None:
    """Watch every table of the business as it is now, where there is a history."""
    if not inspect(connection).has_table("change"):
        return
    for table in watched_tables(connection):
        for statement in statements(table, connection.dialect.name):
            connection.exec_driver_sql(statement)


def unwatch(connection: Connection) -> None:
    """Take the triggers away, so that tables can be made anew or filled from a backup."""
    listed, gone = text("SELECT proname FROM pg_proc WHERE starts_with(proname, :prefix)"), "DROP FUNCTION {} CASCADE"
    prefix = f"ft_{PREFIX}"
    if connection.dialect.name == "sqlite":
        listed = text("SELECT name FROM sqlite_master WHERE type = 'trigger' AND instr(name, :prefix) = 1")
        gone, prefix = "DROP TRIGGER {}", PREFIX
    for name in connection.scalars(listed, {"prefix": prefix}).all():
        connection.exec_driver_sql(gone.format(name))
