"""The Flask-SQLAlchemy object, on engines that keep the connection contract."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from flask import Flask
from flask_sqlalchemy import SQLAlchemy
from sqlalchemy import Engine
from sqlalchemy.orm import Session

from fundtracker.store import engine as contract
from fundtracker.store import transactions
from fundtracker.store.tables import Base


class Database(SQLAlchemy):
    """Open engines through the one place that sets up connections."""

    def _make_engine(self, bind_key: str | None, options: dict[str, Any], app: Flask) -> Engine:
        return contract.open_engine(options.pop("url"), **options)


db = Database(model_class=Base, disable_autonaming=True)


def reading() -> Session:
    """Give this request's session, in which a page reads one snapshot."""
    return db.session()


@contextmanager
def transaction(*, patient: bool = True) -> Iterator[Session]:
    """Write in one transaction on this request's session."""
    with transactions.transaction(db.session(), patient=patient) as session:
        yield session
