"""The database's tables: behind, ahead, upgraded and taken back, each in words."""

import pytest
from sqlalchemy import text
from sqlalchemy.orm import Session

from fundtracker.store.engine import WRITE, open_engine
from tests.cli.conftest import Office


@pytest.fixture
def office(anywhere: Office) -> Office:
    """Give an empty office on each engine in turn."""
    anywhere.ask("init")
    return anywhere


def mark(office: Office, migration: str) -> None:
    """Say in the database that it is at another migration."""
    engine = open_engine(office.url.replace("postgresql://", "postgresql+psycopg://"))
    with Session(engine) as session:
        session.connection(execution_options={WRITE: True})
        session.execute(text("UPDATE alembic_version SET version_num = :at"), {"at": migration})
        session.commit()
    engine.dispose()


def test_an_office_is_made_up_to_date(office: Office) -> None:
    at = office.ask("doctor", status=1 if office.database else 0)["migrations"]

    for words in (("db", "check"), ("db", "upgrade")):
        said = office.run(*words)
        assert (said.exit_code, said.stdout) == (0, f"The database is up to date, at migration {at}.\n")


def test_a_newer_programs_database_is_refused(office: Office) -> None:
    mark(office, "9999")

    sentence = "A newer fundtracker made this database. Install that version, or a later one."
    for words in (("summary",), ("serve",), ("db", "check"), ("db", "upgrade"), ("demo", "--no-serve")):
        said = office.run(*words)
        assert (said.exit_code, said.stderr) == (1, f"{sentence}\n"), words
    assert sentence in office.ask("doctor", status=1)["problems"]


def test_tables_are_taken_back_and_brought_up_again(office: Office) -> None:
    assert office.run("db", "downgrade", "base").exit_code == 0
    assert office.ask("summary", status=1)["refused"] == "There is no office here yet. Run fundtracker init."

    assert office.run("db", "upgrade").exit_code == 0

    assert office.ask("summary")["funds"] == []


def test_a_migration_that_is_not_there_is_refused(office: Office) -> None:
    said = office.run("db", "downgrade", "nonesuch")

    assert said.exit_code == 1
    assert "nonesuch cannot be run" in said.stderr
    assert office.run("db", "check").exit_code == 0
