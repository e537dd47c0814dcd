"""An office with a row in every table, and short words to back it up and bring it back."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from itertools import count
from pathlib import Path

import pytest
from sqlalchemy import Engine, create_engine, make_url, text

from fundtracker.config import beside
from fundtracker.services.keeping.archive import open_archive
from fundtracker.services.keeping.backup import Backup, write_backup
from fundtracker.services.keeping.restoring import Restored, restore_file, restore_server
from fundtracker.store.engine import open_engine
from tests.books.builder import Books
from tests.services.keeping.everything import keep_everything

MIGRATIONS = beside("migrations")
Back = Callable[[Path], Engine]


def back_up(engine: Engine, file: Path) -> Backup:
    """Back an office up into a file."""
    return write_backup(engine, file.parent, lambda _: file, MIGRATIONS)


@pytest.fixture
def full(books: Books) -> Engine:
    """Keep a row in every table, on each engine in turn."""
    return keep_everything(books)


@pytest.fixture
def onto_sqlite(tmp_path: Path) -> Iterator[Back]:
    """Bring backups back as SQLite files."""
    made: list[Engine] = []
    number = count()

    def bring(file: Path) -> Engine:
        folder = tmp_path / f"office-{next(number)}"
        folder.mkdir()
        with open_archive(file) as archive:
            restore_file(archive, folder / "fundtracker.sqlite", MIGRATIONS)
        made.append(open_engine(f"sqlite:///{folder / 'fundtracker.sqlite'}"))
        return made[-1]

    yield bring
    for engine in made:
        engine.dispose()


@pytest.fixture
def empty_server(postgres_uri: str, tmp_path: Path) -> Iterator[Engine]:
    """Give a PostgreSQL database that holds nothing."""
    name = f"empty_{abs(hash(tmp_path)):x}"
    admin = create_engine(postgres_uri, isolation_level="AUTOCOMMIT")
    with admin.connect() as connection:
        connection.execute(text(f"CREATE DATABASE {name}"))
        engine = open_engine(make_url(postgres_uri).set(database=name))
        yield engine
        engine.dispose()
        connection.execute(text(f"DROP DATABASE {name} WITH (FORCE)"))
    admin.dispose()


def onto_server(file: Path, engine: Engine) -> Restored:
    """Bring a backup back into an empty PostgreSQL database."""
    with open_archive(file) as archive:
        return restore_server(archive, engine, MIGRATIONS)


@contextmanager
def nothing_left(folder: Path) -> Iterator[None]:
    """Expect that nothing new is in a folder after something failed."""
    before = sorted(folder.iterdir())
    yield
    assert sorted(folder.iterdir()) == before
