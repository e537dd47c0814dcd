"""The connection contract: what is set on each live connection of both engines, on which nothing is written unasked."""

import pytest
from sqlalchemy import Engine, event, text, update
from sqlalchemy.exc import DBAPIError
from sqlalchemy.orm import Session

from fundtracker.store.engine import journal_mode
from fundtracker.store.tables import Fund
from fundtracker.store.transactions import transaction
from tests.books.builder import Books

SQLITE = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
POSTGRESQL = pytest.mark.parametrize("database_url", ["postgresql"], indirect=True)
READ_ONLY = r"readonly database|read-only transaction"


@SQLITE
def test_the_contract_of_sqlite_stands_on_a_live_connection(engine: Engine) -> None:
    wanted = {
        "foreign_keys": 1, "recursive_triggers": 1, "busy_timeout": 10_000, "trusted_schema": 0, "synchronous": 2,
        "journal_mode": journal_mode().lower(), "query_only": 1,
    }  # fmt: skip
    with engine.connect() as connection:
        found = {name: connection.exec_driver_sql(f"PRAGMA {name}").scalar() for name in wanted}
    assert found == wanted


def test_the_contract_of_sqlite_trusts_the_log_only_where_it_is_mended() -> None:
    assert [journal_mode(v) for v in ((3, 40, 1), (3, 44, 6), (3, 50, 6), (3, 50, 7), (3, 51, 2), (3, 51, 3))] == [
        "TRUNCATE", "WAL", "TRUNCATE", "WAL", "TRUNCATE", "WAL",
    ]  # fmt: skip


@SQLITE
def test_the_contract_of_sqlite_is_said_once_to_a_connection_that_only_reads(books: Books, engine: Engine) -> None:
    said: list[str] = []
    event.listen(engine, "before_cursor_execute", lambda *given: said.append(given[2]))

    for _ in range(3):
        books.session.scalar(text("SELECT count(*) FROM fund"))
        books.session.rollback()

    assert len([each for each in said if each == "BEGIN"]) == 3
    assert [each for each in said if "query_only" in each] == ["PRAGMA query_only = ON"]


@POSTGRESQL
def test_the_contract_of_postgresql_stands_on_a_live_connection(engine: Engine, session: Session) -> None:
    wanted = {
        "lock_timeout": "10s", "idle_in_transaction_session_timeout": "1min", "transaction_isolation":
        "repeatable read", "transaction_read_only": "on", "TimeZone": "UTC",
    }  # fmt: skip
    with engine.connect() as connection:
        found = {name: connection.exec_driver_sql(f"SHOW {name}").scalar() for name in wanted}
    assert found == wanted
    with transaction(session):
        assert session.scalar(text("SHOW transaction_isolation")) == "read committed"


def test_the_contract_lets_nothing_be_written_outside_a_transaction(books: Books) -> None:
    books.fund("100")

    with pytest.raises(DBAPIError, match=READ_ONLY):
        books.session.execute(update(Fund).values(name="x"))
    books.session.rollback()
    books.session.add(Fund(reference="X", name="X", funder="X", source="own"))
    with pytest.raises(DBAPIError, match=READ_ONLY):
        books.session.flush()
    books.session.rollback()


def test_the_contract_lets_nothing_be_written_after_a_transaction(books: Books) -> None:
    books.fund("100")

    assert books.session.scalar(text("SELECT count(*) FROM fund")) == 1
    with pytest.raises(DBAPIError, match=READ_ONLY):
        books.session.execute(text("DELETE FROM area"))
    books.session.rollback()
