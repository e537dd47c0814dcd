"""The foundation in a real browser: keyboard focus, a phone's width, no script, an empty console, axe."""

import threading
from collections.abc import Iterator

import pytest
from axe_playwright_python.sync_playwright import Axe
from flask import Flask
from playwright.sync_api import Browser, Page, expect
from werkzeug.serving import make_server

from fundtracker.domain.roles import Role
from fundtracker.services import passwords, people
from fundtracker.web.db import transaction
from tests.books.builder import Books

WORDS = "violet ladder tuesday"
PAGES = ("/", "/password", "/words", "/people", "/people/add", "/people/1", "/settings", "/accessibility")
STANDARDS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]


@pytest.fixture
def address(app: Flask) -> Iterator[str]:
    """Serve an office with one administrator, Ann."""
    password_hash = passwords.hash_password(WORDS)
    with app.app_context(), transaction() as session:
        ann = people.add_person(session, email="ann@example.org", name="Ann", role=Role.ADMINISTRATOR)
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


@pytest.mark.parametrize("width", [1280, 320])
def test_pages_fit_say_nothing_in_the_console_and_satisfy_axe(browser: Browser, address: str, width: int) -> None:
    page = browser.new_page(viewport={"width": width, "height": 800})
    said: list[str] = []
    page.on("console", lambda message: said.append(message.text))
    page.on("pageerror", lambda error: said.append(str(error)))
    sign_in(page, address)
    for path in PAGES:
        page.goto(address + path)
        assert page.evaluate("document.documentElement.scrollWidth") <= width, path
        found = Axe().run(page, options={"runOnly": STANDARDS}).response["violations"]
        assert [(problem["id"], problem["nodes"][0]["html"]) for problem in found] == [], path
    assert said == []
    page.close()


@pytest.mark.parametrize("width", [1280, 900, 640, 320])
def test_a_word_as_long_as_a_name_may_be_never_widens_a_page(
    browser: Browser, address: str, books: Books, width: int
) -> None:
    word = "W" * 150
    fund = books.fund("1000", name=word, reference="SRF20")
    award = books.award(fund, "900", to=books.organisation(word), purpose=word, benefits=word, reasons=word)
    payment = books.pay(award, "100")
    page = browser.new_page(viewport={"width": width, "height": 800})
    sign_in(page, address)
    lists = ["/funds", "/awards", "/payments", "/organisations", "/ledger", "/organisations/1"]
    ones = [f"/funds/{fund.reference}", f"/awards/{award.reference}", f"/payments/{payment.reference}"]
    for path in [*lists, *ones]:
        page.goto(address + path)
        assert page.evaluate("document.documentElement.scrollWidth") <= width, path
    page.close()


def test_a_problem_takes_focus_and_its_link_goes_to_the_very_field(browser: Browser, address: str) -> None:
    page = browser.new_page()
    sign_in(page, address)
    page.goto(f"{address}/people/add")
    page.get_by_role("button", name="Check and add").click()
    expect(page.get_by_role("alert").locator("..")).to_be_focused()
    assert page.title().startswith("Error: ")
    fields = {"Enter the person’s name": "name", "Choose the person’s post": "role"}
    for words, field in fields.items():
        page.get_by_role("link", name=words).press("Enter")
        expect(page.locator(f"#{field}")).to_be_focused()
    page.close()


@pytest.mark.parametrize("script", [True, False], ids=["with script", "without script"])
def test_a_person_is_added_and_an_answer_changed_by_keyboard(browser: Browser, address: str, script: bool) -> None:
    context = browser.new_context(java_script_enabled=script)
    page = context.new_page()
    sign_in(page, address)
    page.goto(f"{address}/people/add")
    page.get_by_label("Name", exact=True).fill("Bo")
    page.get_by_label("Email address").fill("bo@example.org")
    page.get_by_label("Finance officer").check()
    page.get_by_role("button", name="Check and add").press("Enter")
    page.get_by_role("button", name="Change email address").press("Enter")
    page.wait_for_url(f"{address}/people/add#email")
    expect(page.locator("#email")).to_be_focused()
    page.get_by_label("Email address").fill("b.o@example.org")
    page.get_by_role("button", name="Check and add").press("Enter")
    page.get_by_role("button", name="Add Bo").press("Enter")
    page.wait_for_url(f"{address}/people/2")
    expect(page.get_by_text("Bo is added")).to_be_visible()
    expect(page.get_by_text("b.o@example.org")).to_be_visible()
    context.close()
