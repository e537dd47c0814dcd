"""A copy of the books, in a file of its own, to be read for as long as it takes."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from sqlalchemy import Engine

from fundtracker.services.keeping.archive import open_archive
from fundtracker.services.keeping.backup import write_archive
from fundtracker.services.keeping.loading import load, new_file
from fundtracker.services.keeping.still import copy_file
from fundtracker.store.engine import open_engine


@contextmanager
def copied(engine: Engine, room: Path, migrations: Path) -> Iterator[Engine]:
    """Copy the books as they stand at one moment into a folder, as an SQLite database; raises BusyRefusal."""
    path = room / "books.sqlite"
    if engine.dialect.name == "sqlite":
        copy_file(engine, path)
    else:
        write_archive(engine, room, room / "books.zip")
        with open_archive(room / "books.zip") as archive, new_file(path) as connection:
            load(connection, archive, migrations)
    copy = open_engine(f"sqlite:///{path}")
    try:
        yield copy
    finally:
        copy.dispose()
