"""The workers of the import pages: one a person, what they tell of themselves, and what they leave behind."""

import os
import subprocess
import sys
import time
from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy import update
from sqlalchemy.orm import Session

from fundtracker.domain.years import now
from fundtracker.store.people import SignIn
from fundtracker.store.transactions import transaction
from fundtracker.web.imports import workers as module
from fundtracker.web.imports.found import RowFound, Which, open_found, write_found
from fundtracker.web.imports.states import (
    Stage,
    State,
    Task,
    Telling,
    beating,
    is_silent,
    read_state,
    state_file,
    write_state,
)
from fundtracker.web.imports.workers import MOST_AT_ONCE, Order, Workers, folder, has_died, state_of
from tests.books.builder import Books
from tests.web.visitor import Visitor

LOOK = State(Task.LOOK, "asked", Stage.STARTING)
ROWS = [
    RowFound(2, "taken", "", 1_000, "Award of £10.00 to Age UK"),
    RowFound(3, "left out", "a total row", 1_000, ""),
    RowFound(4, "taken", "", None, "Award to Age UK", (("C", "31 June does not exist"),)),
]


class TestState:
    def test_is_read_as_it_was_written(self, tmp_path: Path) -> None:
        path = state_file(tmp_path, "key")
        assert read_state(path) is None
        write_state(path, replace(LOOK, stage=Stage.REFUSED, says="No", done=3, of=5))
        assert read_state(path) == State(Task.LOOK, "asked", Stage.REFUSED, 3, 5, "No")
        path.write_text('{"task": "look"', encoding="utf-8")
        assert read_state(path) is None

    def test_tells_how_far_it_has_got(self, tmp_path: Path) -> None:
        path = state_file(tmp_path, "key")
        telling = Telling(path, LOOK)
        telling.stage(Stage.CHECKING)
        telling.rows(10, 20)
        told = read_state(path)
        assert told is not None
        assert (told.stage, told.done, told.of, told.over) == (Stage.CHECKING, 10, 20, False)
        telling.end(Stage.DONE, "In the books", "/imports/1")
        assert read_state(path) == State(Task.LOOK, "asked", Stage.DONE, 10, 20, "In the books", "/imports/1")

    def test_falls_silent_when_nobody_says_that_it_lives(self, tmp_path: Path) -> None:
        path = state_file(tmp_path, "key")
        assert is_silent(path)
        write_state(path, LOOK)
        assert not is_silent(path)
        os.utime(path, (time.time() - 60, time.time() - 60))
        assert is_silent(path)
        with beating(path, lambda: None):
            until = time.monotonic() + 10
            while is_silent(path) and time.monotonic() < until:
                time.sleep(0.05)
        assert not is_silent(path)


class TestFound:
    def test_gives_rows_by_what_became_of_them(self, tmp_path: Path) -> None:
        path = tmp_path / "key.found"
        write_found(path, iter(ROWS), lambda: {"asked": "x"})
        with open_found(path) as found:
            assert found.answer == {"asked": "x"}
            assert found.rows(Which()) == ROWS
            assert [row.number for row in found.rows(Which(to_look_at=True))] == [3, 4]
            assert [row.number for row in found.rows(Which("taken"), 2, most=1)] == [4]
            assert (found.count(Which("left out")), found.count(Which())) == (1, 3)

    def test_is_there_whole_or_not_at_all(self, tmp_path: Path) -> None:
        path = tmp_path / "key.found"

        def broken() -> Iterator[RowFound]:
            yield ROWS[0]
            raise RuntimeError

        with pytest.raises(RuntimeError):
            write_found(path, broken(), dict)
        with pytest.raises(FileNotFoundError), open_found(path):
            pass


@pytest.fixture
def sleeping(monkeypatch: pytest.MonkeyPatch) -> Iterator[list[Order]]:
    """Have workers that sleep until they are killed, and say what was ordered of them."""
    ordered: list[Order] = []
    started: list[subprocess.Popen[bytes]] = []

    def run(order: Order) -> "subprocess.Popen[bytes]":
        ordered.append(order)
        started.append(subprocess.Popen([sys.executable, "-c", "import time; time.sleep(60)"]))
        return started[-1]

    monkeypatch.setattr(module, "_run", run)
    yield ordered
    for process in started:
        process.kill()
        process.wait()


def order(key: str = "key", person: int = 1, task: Task = Task.LOOK, asked: str = "a") -> Order:
    return Order(task, key, person, "Ann", asked)


def test_a_page_opens_at_once_while_an_import_holds_the_books(officer: Visitor, books: Books) -> None:
    with transaction(books.session) as session:
        session.execute(update(SignIn).values(seen_at=now() - timedelta(minutes=5)))  # it is time to note its use
    engine = books.session.get_bind()
    with Session(engine) as other, transaction(other):
        began = time.monotonic()
        assert officer.get("/funds").status_code == 200
        assert time.monotonic() - began < 10


class TestWorkers:
    def test_one_at_a_time_for_each_person_and_few_for_all(self, sleeping: list[Order]) -> None:
        workers = Workers()
        assert workers.start(order("a", 1))
        assert workers.start(order("a", 1))
        assert not workers.start(order("b", 1))
        assert all(workers.start(order(f"of {person}", person)) for person in range(2, MOST_AT_ONCE + 1))
        assert not workers.start(order("last", 9))
        assert len(sleeping) == MOST_AT_ONCE

    def test_a_look_gives_way_to_what_is_asked_now_and_a_record_does_not(self, sleeping: list[Order]) -> None:
        workers = Workers()
        workers.start(order(asked="a"))
        assert workers.start(order(asked="b"))
        assert workers.start(order(asked="b", task=Task.RECORD))
        assert workers.start(order(asked="c"))
        assert [(one.asked, one.task) for one in sleeping] == [
            ("a", Task.LOOK), ("b", Task.LOOK), ("b", Task.RECORD),
        ]  # fmt: skip

    def test_one_that_was_killed_is_seen_to_have_died(self, app: Flask, sleeping: list[Order]) -> None:
        with app.app_context():
            kept = module.workers()
            kept.start(order())
            write_state(state_file(folder(), "key"), LOOK)
            assert not has_died("key")
            kept.end("key")
            assert has_died("key")
            write_state(state_file(folder(), "key"), replace(LOOK, stage=Stage.DONE))
            assert not has_died("key")

    def test_one_of_a_server_before_this_is_believed_while_it_is_heard_of(self, app: Flask) -> None:
        with app.app_context():
            assert state_of("key") is None
            path = state_file(folder(), "key")
            write_state(path, LOOK)
            assert not has_died("key")
            os.utime(path, (time.time() - 60, time.time() - 60))
            assert has_died("key")
