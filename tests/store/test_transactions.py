"""The one way to write, on live connections of both engines."""

import sqlite3
import sys
import threading
from pathlib import Path

import pytest
from sqlalchemy import Engine, text
from sqlalchemy.exc import IntegrityError, PendingRollbackError
from sqlalchemy.orm import Session

from fundtracker.domain.refusals import BusyRefusal, NotEnoughLeftError
from fundtracker.services import allocations, awards, funds
from fundtracker.store import engine as contract
from fundtracker.store import turns
from fundtracker.store.engine import FailedTransactionError, open_engine
from fundtracker.store.tables import Book, BudgetLine, Entry, Fund
from fundtracker.store.transactions import transaction
from tests.books.builder import Books, particulars, pence

SQLITE = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
POSTGRESQL = pytest.mark.parametrize("database_url", ["postgresql"], indirect=True)
FLOCK = pytest.mark.skipif(sys.platform == "win32", reason="Windows has no flock")
DOUBLE = text("INSERT INTO area (id, name) VALUES (1, 'A'), (1, 'A')")


def uplift_and_swallow(books: Books, line: BudgetLine) -> None:
    with transaction(books.session) as session:
        allocations.uplift(session, line=line, amount=pence("1"), particulars=particulars())
        with pytest.raises(IntegrityError):
            session.execute(DOUBLE)


def flush_and_swallow(books: Books, fund: Fund) -> None:
    with transaction(books.session) as session:
        session.add(Fund(reference=fund.reference, name="X", funder="X", source="own"))
        with pytest.raises(IntegrityError):
            session.flush()


class TestTransaction:
    def test_keeps_nothing_after_an_error_even_a_caught_one(self, books: Books) -> None:
        line = books.fund("100").lines[0]
        before = books.rows()

        with pytest.raises(FailedTransactionError, match="none of it is kept"):
            uplift_and_swallow(books, line)

        assert books.rows() == before

    def test_keeps_nothing_after_a_flush_that_failed(self, books: Books) -> None:
        fund = books.fund("100")
        before = books.rows()

        with pytest.raises((FailedTransactionError, PendingRollbackError)):
            flush_and_swallow(books, fund)

        assert books.rows() == before

    def test_works_again_after_one_that_failed(self, books: Books) -> None:
        line = books.fund("100").lines[0]
        with pytest.raises(IntegrityError), transaction(books.session) as session:
            session.execute(DOUBLE)

        books.do(allocations.uplift, line=line, amount="1")

        assert line.allocated == pence("101")

    def test_composes_verbs_and_keeps_all_or_nothing(self, books: Books) -> None:
        fund = books.fund("100")
        organisation = books.organisation()
        before = books.rows()

        def both(amount: str) -> None:
            with transaction(books.session) as session:
                allocations.uplift(session, line=fund.lines[0], amount=pence("10"), particulars=particulars())
                share = awards.Share(line=fund.lines[0], amount=pence(amount))
                details = awards.AwardDetails(recipient=organisation, shares=(share,), reasons="R")
                awards.record_award(session, details=details, particulars=particulars())

        with pytest.raises(Exception, match=r"£0\.01 more"):
            both("110.01")
        assert books.rows() == before
        both("110")
        assert fund.lines[0].remaining == 0

    def test_is_not_nested_and_begins_with_nothing_pending(self, books: Books) -> None:
        with transaction(books.session), pytest.raises(RuntimeError, match="not nested"), transaction(books.session):
            pass
        books.session.add(Book(id=2, last_entry=0))
        with pytest.raises(RuntimeError, match="changes were made before"), transaction(books.session):
            pass
        books.session.rollback()

    @POSTGRESQL
    def test_reads_again_what_was_read_before(self, books: Books, engine: Engine) -> None:
        fund = books.fund("100")
        assert fund.lines[0].remaining == pence("100")
        with Session(engine) as other:
            Books(other).award(other.get_one(Fund, fund.id), "60")

        with books.refused(NotEnoughLeftError, "£40.00 left", "£20.00 more"):
            books.award(fund, "60")

    def test_after_a_read_is_still_the_writer(self, books: Books) -> None:
        assert books.session.scalar(text("SELECT count(*) FROM entry")) == 0

        books.fund("100")

        assert len(books.entries()) == 1


class TestBusy:
    @SQLITE
    def test_says_so_when_another_holds_the_books(self, database_url: str, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(contract, "_WAIT_SECONDS", 0.05)
        engine = open_engine(database_url)
        holder = sqlite3.connect(engine.url.database or "", isolation_level=None)
        holder.execute("BEGIN IMMEDIATE")

        with Session(engine) as session, pytest.raises(BusyRefusal, match="nothing was recorded"), transaction(session):
            pass

        holder.close()
        engine.dispose()

    @SQLITE
    @FLOCK
    def test_says_so_when_a_stuck_writer_keeps_its_turn(
        self, books: Books, engine: Engine, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(turns, "LONGEST_WAIT", 0.05)
        before = threading.active_count()
        with transaction(books.session):
            for _ in range(2):
                with Session(engine) as other, pytest.raises(BusyRefusal, match="nothing was recorded"):
                    Books(other).fund()

        books.fund("100")  # those who gave up leave the line when their turn comes

        for thread in threading.enumerate()[before:]:
            thread.join(5)
        assert threading.active_count() == before
        assert len(books.entries()) == 1

    @SQLITE
    def test_says_so_when_a_reader_keeps_it_from_committing(
        self, database_url: str, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(contract, "_WAIT_SECONDS", 0.05)
        engine = open_engine(database_url)
        with Session(engine) as reader, Session(engine) as session:
            assert reader.scalar(text("SELECT count(*) FROM area")) == 0

            with pytest.raises(BusyRefusal, match="nothing was recorded"):
                Books(session).fund()

            reader.rollback()
            assert session.scalar(text("SELECT count(*) FROM fund")) == 0
        engine.dispose()

    @POSTGRESQL
    def test_says_so_on_postgresql_too(self, database_url: str, engine: Engine, books: Books) -> None:
        quick = open_engine(database_url, connect_args={"options": "-c lock_timeout=50ms"})
        with (
            transaction(books.session),
            Session(quick) as session,
            pytest.raises(BusyRefusal, match="nothing was recorded"),
            transaction(session),
        ):
            pass
        quick.dispose()

    def test_waits_its_turn(self, books: Books, engine: Engine) -> None:
        fund = books.fund("100")
        started = threading.Event()

        def other() -> None:
            with Session(engine) as session:
                started.set()
                with transaction(session):
                    funds.close_fund(session, fund=session.get_one(Fund, 1), particulars=particulars())

        thread = threading.Thread(target=other)
        with transaction(books.session) as session:
            thread.start()
            started.wait(5)
            allocations.uplift(session, line=fund.lines[0], amount=pence("1"), particulars=particulars())
        thread.join(10)

        assert not thread.is_alive()
        books.session.rollback()
        assert (fund.status.value, books.session.get_one(Entry, 2).amount) == ("closed", pence("1"))


@SQLITE
def test_the_side_file_stands_beside_the_books(books: Books, tmp_path: Path) -> None:
    books.fund()

    assert {path.name for path in tmp_path.iterdir()} >= {"fundtracker.sqlite", "fundtracker.sqlite.lock"}
