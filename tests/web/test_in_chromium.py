"""A tablet held upright: between the widths at which tests/journeys looks at every page."""

import threading
from collections.abc import Iterator

import pytest
from flask import Flask
from playwright.sync_api import Browser, Page
from werkzeug.serving import make_server

from fundtracker.domain.roles import Role
from fundtracker.services import passwords, people
from fundtracker.web.db import transaction
from tests.books.builder import Books, pence

WORDS = "violet ladder tuesday"
WIDTH = 900


@pytest.fixture
def address(app: Flask) -> Iterator[str]:
    """Serve an office with one finance officer, Ann."""
    password_hash = passwords.hash_password(WORDS)
    with app.app_context(), transaction() as session:
        ann = people.add_person(session, email="ann@example.org", name="Ann", role=Role.FINANCE)
        people.set_password(session, ann, password_hash)
    server = make_server("127.0.0.1", 0, app, threaded=True)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    thread.join()
    server.server_close()


def sign_in(page: Page, address: str) -> None:
    page.goto(f"{address}/sign-in")
    page.get_by_label("Email address").fill("ann@example.org")
    page.get_by_label("Password", exact=True).fill(WORDS)
    page.keyboard.press("Enter")
    page.wait_for_url(f"{address}/")


def test_a_word_as_long_as_a_name_may_be_never_widens_a_page(browser: Browser, address: str, books: Books) -> None:
    word = "W" * 150
    fund = books.fund("1000", name=word, reference="SRF20")
    award = books.award(fund, "900", to=books.organisation(word), purpose=word, benefits=word, reasons=word)
    payment = books.pay(award, "100")
    page = browser.new_page(viewport={"width": WIDTH, "height": 800})
    sign_in(page, address)
    lists = ["/funds", "/awards", "/payments", "/organisations", "/ledger", "/organisations/1"]
    ones = [f"/funds/{fund.reference}", f"/awards/{award.reference}", f"/payments/{payment.reference}"]
    for path in [*lists, *ones]:
        page.goto(address + path)
        assert page.evaluate("document.documentElement.scrollWidth") <= WIDTH, path
    page.close()


def test_the_largest_amounts_fit_between_a_phone_and_a_desk(browser: Browser, address: str, books: Books) -> None:
    fund = books.fund("9,999,999,999.99", reference="SRF20", spend_by_words="As the funder says")
    other = books.fund("9,999,999,999.99", reference="OTH20")
    award = books.award(fund, "8,888,888,888.88")
    books.award(
        other,
        "8,888,888,888.88",
        to=award.organisation,
        reasons="As the panel agreed",
        asked_for=pence("9,999,999,999.99"),
    )
    books.pay(award, "7,777,777,777.77")
    page = browser.new_page(viewport={"width": WIDTH, "height": 800})
    sign_in(page, address)
    wide = []
    for path in ("/funds", "/awards", "/organisations/1", "/assertions", "/cash"):
        page.goto(address + path)
        for width in (641, 700, 768, 1000):
            page.set_viewport_size({"width": width, "height": 800})
            over = page.evaluate("document.documentElement.scrollWidth") - width
            wide += [(path, width, over)] if over > 0 else []
    page.close()
    assert wide == []
