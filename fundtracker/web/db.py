"""The Flask-SQLAlchemy object, on engines that keep the connection contract."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from flask import Flask, has_request_context, request
from flask_sqlalchemy import SQLAlchemy
from sqlalchemy import Engine
from sqlalchemy.orm import Session

from fundtracker.domain.roles import Actor
from fundtracker.store import engine as contract
from fundtracker.store import transactions
from fundtracker.store.tables import Base
from fundtracker.web.request_ids import request_id

NOBODY = Actor("nobody signed in")
_WHYS = ("why", "reason", "reasons", "narrative", "note")  # what forms call what a person gives as the reason


class Database(SQLAlchemy):
    """Open engines through the one place that sets up connections."""

    def _make_engine(self, bind_key: str | None, options: dict[str, Any], app: Flask) -> Engine:
        return contract.open_engine(options.pop("url"), **options)


db = Database(model_class=Base, disable_autonaming=True, session_options={"info": {transactions.BY: NOBODY}})


def reading() -> Session:
    """Give this request's session, in which a page reads one snapshot."""
    return db.session()


def act_as(by: Actor) -> None:
    """Name who does what this request does, for the history."""
    reading().info[transactions.BY] = by


@contextmanager
def transaction(*, patient: bool = True, why: str = "") -> Iterator[Session]:
    """Write in one transaction on this request's session; why is what the form says, where nothing else is given."""
    session = db.session()
    session.info[transactions.REQUEST] = request_id()
    with transactions.transaction(session, patient=patient, why=why or _typed_reason()):
        yield session


def _typed_reason() -> str:
    given = (request.form.get(name, "") for name in _WHYS) if has_request_context() else iter(())
    return next(filter(None, given), "")
