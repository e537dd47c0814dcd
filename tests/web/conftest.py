"""Fixtures of the pages: an application on an empty, migrated database, and visitors."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from flask import Flask, appcontext_pushed
from sqlalchemy.orm import Session

from fundtracker.app import create_app
from fundtracker.config import Settings
from fundtracker.domain.roles import Role
from fundtracker.services.funders import record_receipt
from fundtracker.store.engine import open_engine
from fundtracker.store.funds import Fund
from fundtracker.web.db import db
from tests.books.builder import Books
from tests.web.visitor import Visitor


@pytest.fixture
def app(sqlite_url: str, tmp_path: Path) -> Iterator[Flask]:
    """Give an application on an empty office."""
    app = create_app(Settings(tmp_path, sqlite_url))
    yield app
    with app.app_context():
        db.engine.dispose()


@pytest.fixture
def visitor(app: Flask) -> Visitor:
    """Give a visitor in which nobody has signed in."""
    return Visitor(app)


@pytest.fixture
def signed_in(app: Flask) -> Callable[[Role], Visitor]:
    """Give visitors in which somebody has signed in, in a post."""

    def sign_in(role: Role) -> Visitor:
        visitor = Visitor(app)
        visitor.sign_in(role)
        return visitor

    return sign_in


@pytest.fixture
def administrator(signed_in: Callable[[Role], Visitor]) -> Visitor:
    """Give an administrator's visitor."""
    return signed_in(Role.ADMINISTRATOR)


@pytest.fixture
def books(app: Flask, sqlite_url: str) -> Iterator[Books]:
    """Give short words for keeping the books that the pages show; its reading never holds up a page."""
    engine = open_engine(sqlite_url)
    with Session(engine) as session:

        def let_go(_app: Flask) -> None:
            session.rollback()

        with appcontext_pushed.connected_to(let_go, app):
            yield Books(session)
    engine.dispose()


@pytest.fixture
def officer(signed_in: Callable[[Role], Visitor]) -> Visitor:
    """Give a commissioning officer's visitor."""
    return signed_in(Role.COMMISSIONING)


@pytest.fixture
def manager(signed_in: Callable[[Role], Visitor]) -> Visitor:
    """Give a commissioning manager's visitor, who may confirm an import too."""
    return signed_in(Role.MANAGER)


@pytest.fixture
def roads(books: Books) -> Fund:
    """Give a fund, SRF20, of £50,000.00 with £10,000.00 awarded and £30,000.00 received: three entries."""
    fund = books.fund("50,000", reference="SRF20")
    books.award(fund, "10,000")
    books.do(record_receipt, line=fund.lines[0], amount="30,000")
    return fund
