"""A full disk: every form is refused in words, nothing is half recorded, pages open, and it works again with room."""

import sqlite3
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest
from flask import Flask

from fundtracker.app import create_app
from fundtracker.config import Settings
from fundtracker.domain.roles import Role
from fundtracker.web.db import db
from tests.books.builder import Books
from tests.harness.faults.disk import Disk, noted_disk, within_reach
from tests.harness.faults.serving import damage
from tests.harness.faults.writers import FUND, forms
from tests.harness.figures import size
from tests.web.visitor import Visitor, words

# Traced, it takes half as long again, and covers no line that no other test covers.
pytestmark = [
    pytest.mark.no_cover,
    pytest.mark.skipif(not within_reach, reason="SQLite is hidden in this Python"),
]

FAILURES = size(50, 1_000)
STEP = 512  # bytes by which there is more room each time, until a posting fits


@pytest.fixture
def disk(tmp_path: Path) -> Iterator[Disk]:
    """Give the disk, which has room until told otherwise."""
    with noted_disk(tmp_path) as disk:
        yield disk


@pytest.fixture
def app(sqlite_url: str, tmp_path: Path, disk: Disk) -> Iterator[Flask]:
    """Give an application whose files are on that disk."""
    app = create_app(Settings(tmp_path, sqlite_url))
    yield app
    with app.app_context():
        db.engine.dispose()


def dump(path: Path) -> list[str]:
    connection = sqlite3.connect(path)
    try:
        return list(connection.iterdump())
    finally:
        connection.close()


def test_full_disk_is_said_and_leaves_nothing_half_done(app: Flask, disk: Disk, tmp_path: Path) -> None:
    with app.app_context():
        Books(db.session()).fund("1,000", reference=FUND)
    visitor, path, answered = Visitor(app), tmp_path / "fundtracker.sqlite", Counter[int]()
    visitor.sign_in(Role.FINANCE)
    token, number, room = visitor.token(), 0, 0
    while answered[507] < FAILURES:
        before, number, disk.room = dump(path), number + 1, room
        address, form = next(iter(forms(str(number), token)))
        answer = visitor.client.post(address, data=form)
        answered[answer.status_code] += 1
        if answer.status_code == 303:
            room = 0  # a posting fitted: begin again with no room at all
            continue
        assert answer.status_code == 507, answer.text
        assert "The disk is full" in words(answer)
        assert "Traceback" not in answer.text
        assert visitor.get(f"/funds/{FUND}").status_code == 200
        assert dump(path) == before
        room += STEP
        disk.room = None
        if number % 10 == 0:
            assert visitor.client.post(address, data=form).status_code == 303
    with app.app_context():
        assert damage(db.session()) == []
    assert disk.refused >= FAILURES
