"""The health of an office's database and folder: what it runs on, and what puts the books at risk."""

import re
import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from sqlalchemy import Engine, text

from fundtracker.services import folders
from fundtracker.store.engine import journal_mode
from fundtracker.store.schema import Schema, read_schema

LEAST_FREE = 500_000_000  # bytes: room for the journal of the largest import, many times over

_TRIGGERS = {
    "sqlite": "SELECT name FROM sqlite_master WHERE type = 'trigger'",
    "postgresql": "SELECT tgname FROM pg_trigger WHERE NOT tgisinternal AND tgenabled IN ('O', 'A')",
}
_VERSION = {"sqlite": "SELECT sqlite_version()", "postgresql": "SHOW server_version"}
_OWNED = (
    "SELECT count(*) FROM pg_class WHERE relname = 'entry' AND relnamespace = current_schema()::regnamespace "
    "AND pg_has_role(relowner, 'USAGE')"
)


@dataclass(frozen=True)
class Health:
    """What a database runs on, the free space beside it in bytes, and each problem in a sentence."""

    engine: str
    version: str
    journal_mode: str | None
    migrations: str
    free_bytes: int
    problems: tuple[str, ...]

    def to_json(self) -> dict[str, Any]:
        """Give the stable answer of `fundtracker doctor --json`."""
        return {
            "engine": self.engine,
            "version": self.version,
            "journal_mode": self.journal_mode,
            "migrations": self.migrations,
            "free_bytes": self.free_bytes,
            "problems": list(self.problems),
        }


def examine(engine: Engine, *, instance: Path, migrations: Path) -> Health:
    """Look at a database that answers, at the folder of its office, and at the guards of the books."""
    name = engine.dialect.name
    file = Path(engine.url.database or "") if name == "sqlite" else None
    schema = read_schema(engine, migrations)
    with engine.connect() as connection:
        version = str(connection.scalar(text(_VERSION[name])))
        journal = str(connection.scalar(text("PRAGMA journal_mode"))).upper() if file else None
        triggers = set(connection.scalars(text(_TRIGGERS[name])))
        owned = name == "postgresql" and bool(connection.scalar(text(_OWNED)))
    problems = [*_of_schema(schema), *_of_journal(journal), *_of_owner(owned=owned)]
    if schema.is_current:
        problems += _of_guards(triggers, migrations / "guards" / f"{name}.sql")
    problems += folders.problems(instance, file)
    free = shutil.disk_usage(folders.nearest(file or instance)).free
    return Health(name, version, journal, schema.current, free, (*problems, *_of_space(free)))


def _of_schema(schema: Schema) -> Iterator[str]:
    if schema.foreign or not schema.current:
        yield "There is no office here yet. Run fundtracker init."
    elif schema.is_newer:
        yield "A newer fundtracker made this database. Install that version, or a later one."
    elif not schema.is_current:
        yield f"The database is at migration {schema.current}, behind {schema.newest}. Run fundtracker db upgrade."


def _of_journal(journal: str | None) -> Iterator[str]:
    if journal == "WAL" and journal_mode() != "WAL":
        yield (
            "The journal mode is WAL, with which this version of SQLite can damage the database. "
            "Stop every program that has it open, then run this again."
        )


def _of_owner(*, owned: bool) -> Iterator[str]:
    if owned:
        yield (
            "The database's user owns the tables, and so could switch off the guards of the books. "
            "Let another user own them; docs/command.md says how."
        )


def _of_guards(present: set[str], guards: Path) -> Iterator[str]:
    expected = re.findall(r"^CREATE TRIGGER (\w+)", guards.read_text(encoding="utf-8"), re.MULTILINE)
    missing = [name for name in expected if name not in present]
    if missing:
        yield f"Guards of the books are missing or switched off: {', '.join(missing)}. Restore a backup."


def _of_space(free: int) -> Iterator[str]:
    if free < LEAST_FREE:
        yield f"Only {free // 1_000_000} MB are free on the disk. Make room; a full disk refuses every entry."
