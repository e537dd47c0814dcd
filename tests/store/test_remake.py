"""A table that other rows point at can be made anew, with its rows, its links, its indexes and its triggers."""

from pathlib import Path

import flask_migrate
import pytest
from flask import Flask
from sqlalchemy import create_engine, inspect, text
from sqlalchemy.exc import IntegrityError

from fundtracker.app import create_app
from fundtracker.config import Settings
from fundtracker.web.db import db

ROWS = (
    (
        "INSERT INTO person (email, name, role, active, failures, held_until) "
        "VALUES ('a@b.example', 'A', '{role}', true, 3, '2026-06-30 12:00:00')"
    ),
    (
        "INSERT INTO sign_in (token_hash, person_id, started_at, seen_at, waiting, outside) "
        "VALUES ('t', 1, '2026-06-30 12:00:00', '2026-06-30 12:00:00', false, false)"
    ),
)


@pytest.fixture
def app(database_url: str, tmp_path: Path) -> Flask:
    """Give the application on an empty, migrated database."""
    return create_app(Settings(tmp_path, database_url))


def add(url: str, role: str) -> None:
    engine = create_engine(url)
    with engine.begin() as connection:
        for row in ROWS:
            connection.execute(text(row.format(role=role)))
    engine.dispose()


def state(url: str) -> tuple[list[tuple[object, ...]], set[str | None], int]:
    engine = create_engine(url)
    with engine.connect() as connection:
        people = [tuple(row) for row in connection.execute(text("SELECT * FROM person ORDER BY id"))]
        pointing = connection.scalar(text("SELECT count(*) FROM sign_in JOIN person ON person.id = person_id"))
        names = {unique["name"] for unique in inspect(connection).get_unique_constraints("person")}
    engine.dispose()
    return people, names, pointing or 0


def test_people_and_what_points_at_them_stay(app: Flask, database_url: str) -> None:
    add(database_url, "finance officer")
    before = state(database_url)
    with app.app_context():
        flask_migrate.downgrade(revision="0006")
        db.engine.dispose()
        assert state(database_url) == before
        flask_migrate.upgrade()
        db.engine.dispose()
    assert state(database_url) == before
    assert before[1:] == ({"uq_person_email", "uq_person_link_hash"}, 1)


def test_a_post_that_goes_and_is_held_stops_the_way_back(app: Flask, database_url: str) -> None:
    add(database_url, "Panel support")
    with app.app_context():
        with pytest.raises(IntegrityError):
            flask_migrate.downgrade(revision="0006")
        db.engine.dispose()
    assert state(database_url)[2] == 1
