"""Migrations: up, down and up again on both engines, equal to the models, and begun by two programs at once."""

import subprocess
import sys
from pathlib import Path

import flask_migrate
import pytest
from flask import Flask
from sqlalchemy import create_engine, inspect, text
from sqlalchemy.orm import Session

from fundtracker.app import create_app
from fundtracker.config import Settings
from fundtracker.store.engine import open_engine
from fundtracker.store.tables import Base
from fundtracker.store.watched import UNWATCHED
from fundtracker.web.db import db
from tests.books.builder import Books

REPORTING = (
    "word_template", "paper", "paper_signature", "paper_words", "forecast_record", "exception_step",
    "match_funding",
    "approval_limits", "approval_request", "approval_step",
    "assessment", "assessment_score", "recommendation", "decision_signature", "decision_gap",
)  # fmt: skip
TRIGGERS = {
    "entry_insert_guard", "entry_moves_the_kept_rows", "entry_never_changes", "entry_never_goes",
    "budget_line_opens_empty", "budget_line_moves_by_entry", "budget_line_stays", "award_line_opens_empty",
    "award_line_moves_by_entry", "award_line_stays", "book_never_goes_back", "book_stays",
    "event_never_changes", "event_never_goes", "finance_line_never_changes", "finance_line_never_goes",
    "period_record_never_changes", "period_record_never_goes", "balance_assertion_never_changes",
    "balance_assertion_never_goes", "book_closes_by_a_step",
    *(f"{name}_never_{what}" for name in REPORTING for what in ("changes", "goes")),
}  # fmt: skip
HISTORY = {"change_never_changes", "change_never_goes", "seal_never_changes", "seal_never_goes",
           "detail_is_only_erased", "detail_never_goes"}  # fmt: skip
WATCHED = {f"watch_{name}_{action}" for name in Base.metadata.tables.keys() - UNWATCHED.keys()
           for action in ("added", "changed", "removed")}  # fmt: skip
OWN_TRIGGERS = {
    "sqlite": {"book_is_one_row", "decision_record_update", "decision_record_delete", "event_is_new",
               "finance_line_is_new", "period_record_is_new", "balance_assertion_is_new",
               *(f"{name}_is_new" for name in (*REPORTING, "change", "seal"))},
    "postgresql": {"entry_never_emptied", "decision_record_stays", "book_never_emptied", "event_never_emptied",
                   "finance_line_never_emptied", "period_record_never_emptied", "balance_assertion_never_emptied",
                   *(f"{name}_never_emptied" for name in (*REPORTING, "change", "seal"))},
}  # fmt: skip
LISTED = {
    "sqlite": "SELECT name FROM sqlite_master WHERE type = 'trigger'",
    "postgresql": "SELECT tgname FROM pg_trigger WHERE NOT tgisinternal",
}
UPGRADE = """
import sys, flask_migrate
from pathlib import Path
from fundtracker.app import create_app
from fundtracker.config import Settings
print("ready", flush=True)
sys.stdin.readline()
with create_app(Settings(Path(sys.argv[1]), sys.argv[2])).app_context():
    flask_migrate.upgrade()
"""


@pytest.fixture
def app(database_url: str, tmp_path: Path) -> Flask:
    """Give the application on an empty, migrated database."""
    return create_app(Settings(tmp_path, database_url))


def guards(url: str) -> tuple[set[str], set[str]]:
    """List the triggers and checks that stand in a database."""
    engine = create_engine(url)
    with engine.connect() as connection:
        triggers = set(connection.execute(text(LISTED[engine.dialect.name])).scalars())
        schema = inspect(connection)
        checks = {str(c["name"]) for table in schema.get_table_names() for c in schema.get_check_constraints(table)}
    engine.dispose()
    return triggers, checks


def test_up_down_and_up_again_gives_the_same_guards(app: Flask, database_url: str) -> None:
    triggers, checks = guards(database_url)
    assert triggers == TRIGGERS | HISTORY | WATCHED | OWN_TRIGGERS[database_url.partition("+")[0].partition(":")[0]]
    assert {"ck_entry_sign", "ck_budget_line_recovered_paid", "ck_award_line_recovered_paid", "ck_book_one"} <= checks
    assert all(name.startswith("ck_") for name in checks)

    with app.app_context():
        flask_migrate.downgrade(revision="base")
        assert set(inspect(db.engine).get_table_names()) == {"alembic_version"}
        db.engine.dispose()
        assert guards(database_url) == (set(), set())
        flask_migrate.upgrade()
        db.engine.dispose()

    assert guards(database_url) == (triggers, checks)


def test_a_step_down_and_up_keeps_every_event_and_its_guards(app: Flask, database_url: str) -> None:
    with app.app_context():
        Books(db.session()).fund("100")
        db.session.remove()
        db.engine.dispose()
        before = events(database_url)
        guarded = guards(database_url)

        flask_migrate.downgrade(revision="0001")
        db.engine.dispose()
        assert events(database_url) == before != []
        flask_migrate.upgrade()
        db.engine.dispose()

    assert events(database_url) == before
    assert guards(database_url) == guarded


def events(url: str) -> list[tuple[object, ...]]:
    """Read every event."""
    engine = create_engine(url)
    with engine.connect() as connection:
        rows = [tuple(row) for row in connection.execute(text("SELECT * FROM event ORDER BY id"))]
    engine.dispose()
    return rows


def test_the_migrations_make_what_the_models_describe(app: Flask) -> None:
    with app.app_context():
        flask_migrate.check()
        db.engine.dispose()


def test_two_programs_may_migrate_at_once(empty_url: str, tmp_path: Path) -> None:
    for name in ("a", "b"):
        (tmp_path / name).mkdir()
    programs = [
        subprocess.Popen(
            [sys.executable, "-c", UPGRADE, str(tmp_path / name), empty_url],
            stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True,
        )
        for name in ("a", "b")
    ]  # fmt: skip
    for program in programs:
        assert program.stdout is not None
        assert program.stdout.readline() == "ready\n"
    for program in programs:
        assert program.stdin is not None
        program.stdin.write("\n")
        program.stdin.flush()
    said = [program.communicate(timeout=60)[1] for program in programs]

    assert [program.returncode for program in programs] == [0, 0], said
    engine = open_engine(empty_url)
    with Session(engine) as session:
        assert Books(session).fund("100").lines[0].remaining == 10_000
    engine.dispose()


@pytest.fixture(params=["sqlite", "postgresql"])
def empty_url(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """Give a database with nothing in it, on each engine in turn."""
    if request.param == "sqlite":
        return f"sqlite:///{tmp_path / 'empty.sqlite'}"
    url: str = request.getfixturevalue("postgresql_url")
    engine = create_engine(url)
    with engine.begin() as connection:
        connection.execute(text("DROP SCHEMA public CASCADE"))
        connection.execute(text("CREATE SCHEMA public"))
    engine.dispose()
    return url
