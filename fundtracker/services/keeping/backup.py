"""Backups: one file of everything, made while the office works, and proved by restoring it before it is kept."""

import os
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from sqlalchemy import Connection, Engine, inspect, text
from sqlalchemy.orm import Session

from fundtracker import __version__
from fundtracker.domain.text import slug
from fundtracker.domain.years import now
from fundtracker.services.history.heads import Head, find_head
from fundtracker.services.keeping.archive import BackupRefusal, Writer, open_archive
from fundtracker.services.keeping.files import put, working_folder
from fundtracker.services.keeping.loading import Found, load, new_file
from fundtracker.services.keeping.manifest import Manifest
from fundtracker.services.keeping.rows import describe, lines, names_of
from fundtracker.services.keeping.still import still
from fundtracker.store.schema import migration_of

Place = Callable[[Manifest], Path]


@dataclass(frozen=True)
class Backup:
    """A backup that was made, read again, restored on trial and recounted."""

    file: Path
    manifest: Manifest
    found: Found


def write_backup(engine: Engine, folder: Path, place: Place, migrations: Path) -> Backup:
    """
    Back the office up into a folder, at the path that `place` gives for its manifest, as a whole file or not at all.

    The file is restored on trial into a database of its own and compared with itself before it takes its name. Raises
    BackupRefusal, BusyRefusal and DamagedError.
    """
    with working_folder(folder) as room:
        part = room / "backup.zip"
        manifest = write_archive(engine, room, part)
        with open_archive(part) as archive, new_file(room / "trial.sqlite") as connection:
            if archive.manifest != manifest:
                raise BackupRefusal("The backup reads differently from what was written, so it was not kept.")
            found = load(connection, archive, migrations)
        path = place(manifest)
        put(part, path)
    return Backup(path, manifest, found)


def backup_name(manifest: Manifest) -> str:
    """Name a backup, like `west-mercia-backup-2026-11-22-114500.zip`, by the moment in UTC."""
    return f"{slug(manifest.office)}-backup-{manifest.made_at:%Y-%m-%d-%H%M%S}.zip"


def write_archive(engine: Engine, room: Path, part: Path) -> Manifest:
    """Write a backup's file as the books stand at one moment, with a folder to work in; raises BusyRefusal."""
    with part.open("xb") as file, still(engine, room) as connection:
        made_at, writer = now().replace(microsecond=0), Writer(file)
        for table in describe(connection):
            columns = names_of(table)
            writer.add(table.name, columns, lines(connection, table, columns))
        manifest = Manifest(
            office=connection.scalar(text("SELECT name FROM office")) or "Office without a name",
            made_at=made_at,
            program=__version__,
            migration=migration_of(connection),
            engine=engine.dialect.name,
            last_entry=connection.scalar(text("SELECT last_entry FROM book")) or 0,
            history=_head(connection),
            parts=tuple(writer.parts),
        )
        writer.finish(manifest)
        file.flush()
        os.fsync(file.fileno())
    return manifest


def _head(connection: Connection) -> Head | None:
    """Give the head of the history, which earlier migrations have none of."""
    if not inspect(connection).has_table("seal"):
        return None
    with Session(connection) as session:
        return find_head(session)
