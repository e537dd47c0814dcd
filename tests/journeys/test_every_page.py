"""Every page in Chromium, in every state, as the post that may do most there; pages of the same parts are seen once."""

from collections.abc import Iterable, Iterator

import pytest
from flask import Flask
from playwright.sync_api import Browser, Page
from sqlalchemy.orm import Session

from fundtracker.domain.roles import Role
from fundtracker.web.db import reading
from fundtracker.web.pages import BLUEPRINTS
from tests.catalogue.addresses import addresses
from tests.catalogue.office import LONG
from tests.catalogue.visits import Tags, ask_page, enter, is_page, opens
from tests.journeys.looking import DESK, faults_of, faults_of_focus
from tests.web.visitor import Visitor

COOKIE = "ft_session"
# Finance has most buttons of the books, and home is each kind of post's own; what others see has a part of the same.
POSTS = (
    None, Role.FINANCE, Role.ADMINISTRATOR, Role.MANAGER, Role.CHIEF_FINANCE, Role.CHIEF_EXECUTIVE, Role.PANEL,
)  # fmt: skip
OWN = "home.index"
Shape = tuple[str, bool, frozenset[tuple[str, str, str]]]
NO_PAGES = frozenset({"letters"})  # which sends files alone


@pytest.fixture
def app(office: Flask) -> Flask:
    """Serve the office in every state."""
    return office


@pytest.mark.parametrize("blueprint", [one.name for one in BLUEPRINTS if one.name not in NO_PAGES])
def test_pages_satisfy_axe_fit_and_show_the_focus(browser: Browser, app: Flask, address: str, blueprint: str) -> None:
    faults, seen = [], set[Shape]()
    for role in POSTS:
        done = {endpoint for endpoint, *_ in seen} - {OWN}
        visitor = enter(app, role)
        page, said = open_as(browser, address, visitor)
        for path, shape, status in shapes(app, blueprint, role, visitor, done):
            if shape in seen:
                continue
            seen.add(shape)
            page.goto(address + path)
            found = [*faults_of(page), *faults_of_focus(page), *(words for words in said if f" {status} " not in words)]
            faults += [f"{path} ({role}): {fault}" for fault in found]
            said.clear()
        page.context.close()
    assert not faults, "\n".join(faults)
    assert seen


def open_as(browser: Browser, address: str, visitor: Visitor) -> tuple[Page, list[str]]:
    """Open a page with a visitor's cookie, and give what its console will say."""
    context = browser.new_context(viewport=DESK)
    cookie = visitor.client.get_cookie(COOKIE)
    if cookie is not None:
        context.add_cookies([{"name": COOKIE, "value": cookie.value, "url": address}])
    page, said = context.new_page(), list[str]()
    page.on("console", lambda message: said.append(message.text))
    page.on("pageerror", lambda error: said.append(str(error)))
    return page, said


def shapes(
    app: Flask, blueprint: str, role: Role | None, visitor: Visitor, done: Iterable[str] = ()
) -> Iterator[tuple[str, Shape, int]]:
    """Give each page of a blueprint that is not done with what it is built of, and the status that it answers with."""
    with app.app_context():
        session = reading()
        assert isinstance(session, Session)
        places = [place for place in addresses(app, session) if place.endpoint.startswith(f"{blueprint}.")]
    for place in places:
        if place.endpoint not in done and opens(place.endpoint, role):
            answer = ask_page(visitor, place)
            if answer is not None and is_page(answer):
                shape = (place.endpoint, LONG in answer.text, Tags(answer.text).shape)
                yield place.path, shape, answer.status_code
