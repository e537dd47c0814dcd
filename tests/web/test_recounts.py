"""The foot of a page says when the balances were recounted and with what difference, and says so where there is one."""

import sqlite3
from contextlib import closing
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
import time_machine
from flask import Flask

from fundtracker.domain.roles import Role
from fundtracker.web.recounts import EVERY
from tests.books.builder import Books
from tests.web.visitor import Visitor

NOON = datetime(2026, 6, 1, 11, 5, tzinfo=UTC)  # 12:05 in London


@pytest.fixture
def foot(app: Flask) -> str:
    return "recounted from their entries"


def test_it_says_when_and_up_to_which_entry(app: Flask, books: Books, foot: str) -> None:
    fund = books.fund("1,000.00")
    books.pay(books.award(fund, "400.00"), "150.00")
    visitor = Visitor(app)
    with time_machine.travel(NOON):
        visitor.sign_in(Role.CHIEF_EXECUTIVE)
        page = visitor.get("/funds").text
    assert f"All 10 balances were {foot} on 1 June 2026 at 12:05, up to entry #3. Difference £0.00." in page


def test_it_names_a_difference(app: Flask, books: Books, tmp_path: Path) -> None:
    books.fund("1,000.00")
    with closing(sqlite3.connect(tmp_path / "fundtracker.sqlite", isolation_level=None)) as other_program:
        triggers = other_program.execute("SELECT name FROM sqlite_master WHERE type = 'trigger'").fetchall()
        for (name,) in triggers:
            other_program.execute(f"DROP TRIGGER {name}")
        other_program.execute("UPDATE budget_line SET received = 5, returned = 2")
    visitor = Visitor(app)
    visitor.sign_in(Role.CHIEF_EXECUTIVE)
    assert "up to entry #1. Difference £0.07: 2 are wrong." in visitor.get("/funds").text


def test_it_recounts_again_after_ten_minutes_and_not_before(app: Flask, books: Books) -> None:
    fund = books.fund("1,000.00")
    visitor = Visitor(app)
    with time_machine.travel(NOON, tick=False) as clock:
        visitor.sign_in(Role.FINANCE)
        assert "up to entry #1." in visitor.get("/funds").text
        books.award(fund, "400.00")
        assert "up to entry #1." in visitor.get("/funds").text
        clock.shift(EVERY + timedelta(seconds=1))
        assert "up to entry #2." in visitor.get("/funds").text


def test_nothing_is_said_of_empty_books_nor_to_a_stranger(app: Flask, books: Books, foot: str) -> None:
    visitor = Visitor(app)
    visitor.sign_in(Role.FINANCE)
    assert foot not in visitor.get("/funds").text
    books.fund("1.00")
    assert foot in visitor.get("/funds").text
    assert foot not in Visitor(app).get("/sign-in").text
