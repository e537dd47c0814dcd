"""Fixtures of the journeys: an office that is served, and browsers in which somebody has signed in."""

import threading
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from flask import Flask
from playwright.sync_api import Browser, expect
from werkzeug.serving import make_server

from fundtracker.app import create_app
from fundtracker.config import Settings
from fundtracker.domain.money import Pence
from fundtracker.domain.roles import COMMAND_LINE, Role
from fundtracker.domain.statuses import Source, SpendType
from fundtracker.domain.years import today, year_of
from fundtracker.services import passwords, people
from fundtracker.services.allocations import allocate
from fundtracker.services.funds import FundDetails, add_line, open_fund
from fundtracker.services.posting import Particulars
from fundtracker.services.recount import recount
from fundtracker.web.db import db, reading, transaction
from tests.journeys.watched import Watched

expect.set_options(timeout=30_000)  # milliseconds: a busy machine is slow, and not wrong
WORDS = "violet ladder tuesday"
Open = Callable[..., Watched]


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Trace no journey: each waits on a browser, and what it covers the pages' own tests cover."""
    for item in items:
        if item.path.is_relative_to(Path(__file__).parent):
            item.add_marker(pytest.mark.no_cover)


@pytest.fixture
def app(sqlite_url: str, tmp_path: Path) -> Iterator[Flask]:
    """Give an application on an empty office, with one person in each post."""
    app = create_app(Settings(tmp_path, sqlite_url, second_step=False))
    password_hash = passwords.hash_password(WORDS)
    with app.app_context(), transaction() as session:
        for role in Role:
            person = people.add_person(session, email=email_of(role), name=role.value.title(), role=role)
            people.set_password(session, person, password_hash)
    yield app
    with app.app_context():
        db.engine.dispose()


def email_of(role: Role) -> str:
    """Give the address that a post's person signs in with."""
    return f"{role.value.lower().replace(' ', '.')}@example.org"


def check_books(app: Flask) -> None:
    """Recount every balance; raises AssertionError where one differs from what is kept."""
    with app.app_context():
        assert recount(reading()).differences == []


@pytest.fixture
def address(app: Flask) -> Iterator[str]:
    """Serve the office, and give its address."""
    server = make_server("127.0.0.1", 0, app, threaded=True)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    thread.join()
    server.server_close()


@pytest.fixture
def open_browser(browser: Browser, address: str) -> Iterator[Open]:
    """Open browsers in which nobody has signed in; every page that they visit is watched."""
    contexts = []

    def open_one(*, script: bool = True) -> Watched:
        context = browser.new_context(
            viewport={"width": 1280, "height": 900}, java_script_enabled=script, accept_downloads=True
        )
        contexts.append(context)
        return Watched(context.new_page(), address, script=script)

    yield open_one
    for context in contexts:
        context.close()


def approve(open_browser: Open, email: str, request: str, *said: str) -> None:
    """Let another person approve what waits, found on their list by its name."""
    other: Watched = open_browser(script=False)
    other.sign_in(email, WORDS)
    other.go("/approvals")
    other.follow(request)
    other.check("Approve it")
    other.press("Record your decision")
    other.sees(*said)
    other.was_quiet(refused=0)


@pytest.fixture(params=[True, False], ids=["with script", "without script"])
def officer(request: pytest.FixtureRequest, open_browser: Open) -> Watched:
    """Sign the commissioning officer in, with JavaScript and without."""
    officer = open_browser(script=request.param)
    officer.sign_in(email_of(Role.COMMISSIONING), WORDS)
    return officer


@pytest.fixture
def two_lines(app: Flask) -> None:
    """Open a fund with a revenue and a capital line."""
    year = year_of(today())
    details = FundDetails(name="Safer Streets Fund", funder="Home Office", source=Source.EXTERNAL, year=year,
                          reference="SSF20")  # fmt: skip
    decided = Particulars(on=today(), by=COMMAND_LINE, decision="PCC/D/2020/31")
    with app.app_context(), transaction() as session:
        fund = open_fund(session, details=details, particulars=decided)
        capital = add_line(session, fund=fund, year=year, spend_type=SpendType.CAPITAL)
        for line, amount in ((fund.lines[0], 15_031_000), (capital, 9_105_000)):
            allocate(session, line=line, amount=Pence(amount), particulars=decided)
