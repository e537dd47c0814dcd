"""Fixtures that every test may use: a migrated database on each engine, and the books on it."""

import shutil
import uuid
from collections.abc import Iterator
from pathlib import Path

import flask_migrate
import pytest
from sqlalchemy import Engine, create_engine, make_url, text
from sqlalchemy.orm import Session

from fundtracker.app import create_app
from fundtracker.config import Settings
from fundtracker.store.engine import open_engine
from fundtracker.web.db import db
from tests.books.builder import Books

pytest_plugins = (
    "tests.harness.tools",
    "tests.harness.postgres",
    "tests.harness.compiled",
    "tests.harness.untraced",
    "tests.harness.figures",
    "tests.catalogue.fixtures",
)

ENGINES = ("sqlite", "postgresql")


def migrate(instance: Path, url: str) -> None:
    """Bring an empty database to the newest schema."""
    app = create_app(Settings(instance, url))
    with app.app_context():
        flask_migrate.upgrade()
        db.engine.dispose()


@pytest.fixture(scope="session")
def sqlite_template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Migrate one SQLite file, to be copied for each test."""
    folder = tmp_path_factory.mktemp("template")
    migrate(folder, f"sqlite:///{folder / 'fundtracker.sqlite'}")
    return folder / "fundtracker.sqlite"


@pytest.fixture(scope="session")
def postgresql_template(postgres_uri: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Migrate one PostgreSQL database, to be copied for each test."""
    name = f"template_{uuid.uuid4().hex}"
    admin = create_engine(postgres_uri, isolation_level="AUTOCOMMIT")
    with admin.connect() as connection:
        connection.execute(text(f"CREATE DATABASE {name}"))
    migrate(tmp_path_factory.mktemp("template"), _named(postgres_uri, name))
    yield name
    admin.dispose()


def _named(uri: str, database: str) -> str:
    return make_url(uri).set(database=database).render_as_string(hide_password=False)


@pytest.fixture
def sqlite_url(sqlite_template: Path, tmp_path: Path) -> str:
    """Give an empty, migrated SQLite database."""
    path = tmp_path / "fundtracker.sqlite"
    shutil.copy(sqlite_template, path)
    return f"sqlite:///{path}"


@pytest.fixture
def postgresql_url(postgresql_template: str, postgres_uri: str) -> Iterator[str]:
    """Give an empty, migrated PostgreSQL database, dropped after the test."""
    name = f"test_{uuid.uuid4().hex}"
    admin = create_engine(postgres_uri, isolation_level="AUTOCOMMIT")
    with admin.connect() as connection:
        connection.execute(text(f"CREATE DATABASE {name} TEMPLATE {postgresql_template}"))
        yield _named(postgres_uri, name)
        connection.execute(text(f"DROP DATABASE {name} WITH (FORCE)"))
    admin.dispose()


@pytest.fixture(params=ENGINES)
def database_url(request: pytest.FixtureRequest) -> str:
    """Give an empty, migrated database, on each engine in turn."""
    url: str = request.getfixturevalue(f"{request.param}_url")
    return url


@pytest.fixture
def engine(database_url: str) -> Iterator[Engine]:
    """Give an engine with the connection contract, on each engine in turn."""
    engine = open_engine(database_url)
    yield engine
    engine.dispose()


@pytest.fixture
def session(engine: Engine) -> Iterator[Session]:
    """Give a session, on each engine in turn; a test fails that leaves a write transaction behind."""
    with Session(engine) as session:
        yield session
        assert not session.info.get("ft_writing")


@pytest.fixture
def books(session: Session) -> Books:
    """Give short words for keeping books in a test, on each engine in turn."""
    return Books(session)
