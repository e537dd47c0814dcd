"""Restoring: a backup becomes an office, all of it or nothing, whatever moment the machine stops at."""

from dataclasses import dataclass
from pathlib import Path

from sqlalchemy import Engine

from fundtracker.domain.refusals import Refusal
from fundtracker.services.keeping.archive import Archive, BackupRefusal
from fundtracker.services.keeping.files import put, working_folder
from fundtracker.services.keeping.loading import Found, filling, load, new_file
from fundtracker.store.schema import read_known

# What a database that was taken away may have left: SQLite would mend the new one with it.
_LEFT = ("-journal", "-wal", "-shm")


class NotOwnerError(Refusal):
    """A restore by a user of PostgreSQL who may not make tables."""


@dataclass(frozen=True)
class Restored:
    """An office brought back: the migration that its tables are at now, and what checking it found."""

    migration: str
    found: Found


def restore_file(archive: Archive, database: Path, migrations: Path) -> Restored:
    """Bring a backup back as an SQLite file: built beside its place, and put there when it is whole."""
    newest = _known(archive, migrations)
    with working_folder(database.parent) as room:
        with new_file(room / database.name) as connection:
            found = load(connection, archive, migrations)
        for left in _LEFT:
            database.with_name(database.name + left).unlink(missing_ok=True)
        put(room / database.name, database)
    return Restored(newest, found)


def restore_server(archive: Archive, engine: Engine, migrations: Path) -> Restored:
    """Bring a backup back into an empty PostgreSQL database, in one transaction."""
    newest = _known(archive, migrations)
    with filling(engine) as connection:
        found = load(connection, archive, migrations)
    return Restored(newest, found)


def _known(archive: Archive, migrations: Path) -> str:
    """Give the newest migration; raises BackupRefusal for a backup of one that this program does not know."""
    newest, known = read_known(migrations)
    if archive.manifest.migration not in known:
        raise BackupRefusal(
            f"This backup was made by fundtracker {archive.manifest.program}, which is newer than this one. Install "
            "that version, or a later one. Nothing was restored."
        )
    return newest
