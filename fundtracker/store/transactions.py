"""The only way to write: one transaction an operation, one writer at a time, all or nothing."""

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy import Engine, select
from sqlalchemy.exc import OperationalError
from sqlalchemy.orm import Session

from fundtracker.domain.roles import COMMAND_LINE
from fundtracker.domain.years import now
from fundtracker.store.books import Book
from fundtracker.store.chain import begin_changes, end_changes
from fundtracker.store.engine import FAILED, WRITE
from fundtracker.store.turns import busy, turn

BY = "ft_by"  # of a session: the Actor whom history names; else the command line
REQUEST = "ft_request"  # of a session: the number of the request it serves
_WRITING = "ft_writing"


@contextmanager
def transaction(session: Session, *, patient: bool = True, why: str = "") -> Iterator[Session]:
    """
    Write in one transaction that holds the book from its first statement, seal its history, and commit it.

    `why` goes beside each change. What was read before is read again. Raises BusyRefusal where the book stays held
    by another; at once, but for a moment, where it is not `patient`.
    """
    if session.info.get(_WRITING):
        raise RuntimeError("a transaction is already open: verbs are composed inside one, not nested")
    if session.new or session.dirty or session.deleted:
        raise RuntimeError("changes were made before the transaction began")
    session.rollback()
    session.info[_WRITING] = True
    try:
        with turn(_engine(session), patient=patient):
            _take_book(session, patient=patient)
            first = _name_writer(session, why)
            yield session
            _commit(session, first)
    except BaseException:
        session.rollback()
        raise
    finally:
        session.info[_WRITING] = False


def _engine(session: Session) -> Engine:
    bind = session.get_bind()
    return bind if isinstance(bind, Engine) else bind.engine


def _take_book(session: Session, *, patient: bool) -> None:
    # On PostgreSQL the lock on the book's row gives what BEGIN IMMEDIATE gives on SQLite: one posting
    # at a time, so that verbs compose without deadlock and whole-fund rules cannot be skewed.
    try:
        session.connection(execution_options={WRITE: True})
        session.execute(select(Book.last_entry).with_for_update(key_share=True, nowait=not patient))
    except OperationalError as error:
        raise busy() from error


def _name_writer(session: Session, why: str) -> int:
    by, request = session.info.get(BY, COMMAND_LINE), session.info.get(REQUEST, "")
    return begin_changes(session.connection(), by, at=now(), reason=why, request=request)


def _commit(session: Session, first: int) -> None:
    try:
        session.flush()
        if not session.connection().info.get(FAILED):  # else the commit refuses, and says why
            end_changes(session.connection(), first)
        session.commit()
    except OperationalError as error:
        # A page that is still being read keeps SQLite from writing; any other fault is not ours to explain.
        if getattr(error.orig, "sqlite_errorcode", None) == sqlite3.SQLITE_BUSY:
            raise busy() from error
        raise
