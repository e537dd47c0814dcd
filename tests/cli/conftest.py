"""Fixtures for the command: an empty folder on each engine, and short words to run a command there."""

import json
import os
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result
from sqlalchemy import create_engine, make_url, text

from fundtracker.cli import command


@dataclass
class Office:
    """A folder in which the command is run."""

    folder: Path
    database: str = ""

    @property
    def environment(self) -> dict[str, str | None]:
        """Give the variables that name this office and no other."""
        named = {"FUNDTRACKER_INSTANCE": str(self.folder), "FUNDTRACKER_DATABASE": self.database or None}
        return {**named, "FUNDTRACKER_HTTPS": None, "FUNDTRACKER_HOSTS": None}

    @property
    def whole_environment(self) -> dict[str, str]:
        """Give the variables for a program of its own."""
        merged = {**os.environ, **self.environment}
        return {name: value for name, value in merged.items() if value is not None}

    @property
    def url(self) -> str:
        """Give the database's address."""
        return self.database or f"sqlite:///{self.folder / 'fundtracker.sqlite'}"

    def run(self, *words: str | Path) -> Result:
        """Run a command."""
        return CliRunner().invoke(command, [str(word) for word in words], env=self.environment)

    def ask(self, *words: str | Path, status: int = 0) -> Any:
        """Run a command with --json, and give its answer."""
        result = self.run(*words, "--json")
        assert result.exit_code == status, result.output
        return json.loads(result.stdout)


@pytest.fixture
def folder(tmp_path: Path) -> Office:
    """Give an empty folder for an office in a file."""
    return Office(tmp_path / "office")


@pytest.fixture
def office(folder: Office) -> Office:
    """Give an empty office in a file."""
    assert folder.run("init").exit_code == 0
    return folder


@pytest.fixture
def empty_postgresql(postgres_uri: str) -> Iterator[str]:
    """Give a PostgreSQL database that holds nothing, dropped after the test."""
    name = f"empty_{os.urandom(8).hex()}"
    admin = create_engine(postgres_uri, isolation_level="AUTOCOMMIT")
    with admin.connect() as connection:
        connection.execute(text(f"CREATE DATABASE {name}"))
        yield make_url(postgres_uri).set(database=name).render_as_string(hide_password=False)
        connection.execute(text(f"DROP DATABASE {name} WITH (FORCE)"))
    admin.dispose()


@pytest.fixture(params=["sqlite", "postgresql"])
def anywhere(request: pytest.FixtureRequest, tmp_path: Path) -> Office:
    """Give an empty folder, and on each engine in turn an empty database."""
    database = request.getfixturevalue("empty_postgresql") if request.param == "postgresql" else ""
    return Office(tmp_path / "office", database)
