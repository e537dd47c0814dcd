"""Every form in Chromium, sent wrong and sent empty: its problems have the focus, and each leads to its field."""

from collections.abc import Iterator

import pytest
from flask import Flask
from playwright.sync_api import Browser, Page, expect

from fundtracker.domain.roles import Power, Role
from fundtracker.web.access import ACCESS
from fundtracker.web.pages import BLUEPRINTS
from tests.catalogue.visits import enter
from tests.journeys.looking import faults_of
from tests.journeys.test_every_page import open_as, shapes
from tests.web.visitor import Visitor

SENDERS: dict[Power | None, Role | None] = {
    None: None,
    **dict.fromkeys((Power.ENTER, Power.READ_FROZEN, Power.READ, Power.READ_PRIVATE, Power.RECORD), Role.FINANCE),
    **dict.fromkeys((Power.CONFIRM, Power.PAY, Power.REPORT), Role.FINANCE),
    **dict.fromkeys((Power.RELEASE, Power.APPROVE), Role.MANAGER),
    Power.CERTIFY: Role.CHIEF_FINANCE, Power.ADMINISTER: Role.ADMINISTRATOR, Power.LIMIT: Role.ADMINISTRATOR,
    Power.SIGN: Role.CHIEF_EXECUTIVE,
}  # fmt: skip
FORM = "main form[method=post]:has(input[name=once])"
TYPED = f"{FORM} :is(input:not([type=hidden], [type=radio], [type=checkbox], [type=file]), textarea)"
# Not what works sums out, ticks rows or adds one, and not what leads to another form.
SENDING = f"{FORM} button[type=submit]:not([value=work-out], [value=tick-all], [value=choose], [formaction])"

_FILL_IN = """(fields, wrong) => {
  for (const it of fields) it.value = wrong ? (it.type === "email" ? "nobody" : "31 February x") : "";
}"""
_TAKE_BACK = """(choices) => { for (const it of choices) it.checked = false; }"""


@pytest.fixture
def app(office: Flask) -> Flask:
    """Serve the office in every state."""
    return office


@pytest.mark.parametrize("blueprint", [blueprint.name for blueprint in BLUEPRINTS])
def test_a_form_sent_wrong_or_empty_says_where(browser: Browser, app: Flask, address: str, blueprint: str) -> None:
    faults = []
    for role in (None, Role.FINANCE, Role.ADMINISTRATOR, Role.MANAGER, Role.CHIEF_FINANCE):
        page, said = open_as(browser, address, visitor := enter(app, role))
        for path in list(forms(app, blueprint, role, visitor)):
            for wrong in (True, False):
                page.goto(address + path)
                if page.locator(TYPED).count():
                    send(page, wrong=wrong)
                    faults += [f"{path} {'wrong' if wrong else 'empty'}: {fault}" for fault in faults_of(page)]
                    faults += [f"{path}: {fault}" for fault in problems_of(page)]
        faults += [words for words in said if "status of 4" not in words]
        page.context.close()
    assert not faults, "\n".join(faults)


def forms(app: Flask, blueprint: str, role: Role | None, visitor: Visitor) -> Iterator[str]:
    """Give the address of each form that is for this post, once with short names and once with the longest."""
    seen = set[tuple[str, bool]]()
    posted = {rule.endpoint for rule in app.url_map.iter_rules() if "POST" in (rule.methods or ())}
    others = {endpoint for endpoint, power in ACCESS.items() if SENDERS[power] is not role}
    for path, (endpoint, long, _), status in shapes(app, blueprint, role, visitor, others):
        if endpoint in posted and status == 200 and (endpoint, long) not in seen:
            seen.add((endpoint, long))
            yield path


def send(page: Page, *, wrong: bool) -> None:
    """Fill every field of the page's form in wrong, or not at all, and press its first button."""
    page.locator(TYPED).evaluate_all(_FILL_IN, wrong)
    if not wrong:
        page.locator(f"{FORM} :is([type=radio], [type=checkbox])").evaluate_all(_TAKE_BACK)
    with page.expect_navigation():
        page.locator(SENDING).first.press("Enter")


def problems_of(page: Page) -> list[str]:
    """Give what is wrong with a summary of problems: without the focus, or leading to no field."""
    summary = page.locator(".govuk-error-summary")
    if summary.count() == 0:
        return []  # it was no fault to leave everything out
    expect(summary).to_be_focused()
    faults = [] if page.title().startswith("Error: ") else ["the title does not say Error"]
    for link in summary.get_by_role("link").all():
        place = link.get_attribute("href")
        link.press("Enter")
        if page.evaluate("'#' + document.activeElement.id") != place:
            faults.append(f"{place} is not where the problem is")
    return faults
