"""How many clicks a task takes from the first page, counted in a browser, is what docs/clicks.md says."""

import re
from collections.abc import Callable
from pathlib import Path

import pytest
from flask import Flask
from playwright.sync_api import Frame, Locator, Page

from fundtracker.domain.money import Pence
from fundtracker.domain.roles import COMMAND_LINE, Role
from fundtracker.domain.statuses import Source
from fundtracker.domain.years import today, year_of
from fundtracker.services.allocations import allocate
from fundtracker.services.funds import FundDetails, open_fund
from fundtracker.services.organisations import OrganisationDetails, add_organisation
from fundtracker.services.posting import Particulars
from fundtracker.web.db import transaction
from tests.journeys.conftest import WORDS, Open, email_of
from tests.journeys.watched import Watched

TABLE = Path(__file__).parents[2] / "docs" / "clicks.md"
ROW = re.compile(r"^\| (?P<task>[^|]+) \|[^|]+\|[^|]+\| (?P<clicks>\d+) \| (?P<screens>\d+) \|", re.MULTILINE)
COUNCIL = "Wellington Town Council"


class Counting:
    """A person who is on the first page: each press of a link, button or choice counts, and each page that loads."""

    def __init__(self, page: Page) -> None:
        self.page, self.clicks, self.screens = page, 0, 0
        page.on("framenavigated", self._load)

    def _load(self, frame: Frame) -> None:
        self.screens += frame == self.page.main_frame

    def press(self, place: Locator) -> None:
        place.click()
        self.clicks += 1
        self.page.wait_for_load_state()

    def link(self, words: str) -> None:
        self.press(self.page.locator("main a").filter(has_text=words).first)

    def button(self, words: str) -> None:
        self.press(self.page.locator("main").get_by_role("button", name=words).first)

    def records(self) -> None:
        assert not self.page.locator(".govuk-error-summary").all_inner_texts()
        self.press(self.page.locator("main button[name=step][value=record]"))


def log_it(person: Counting) -> None:
    person.link("Log an application")
    person.page.get_by_label("Fund", exact=True).select_option("SRF20")
    person.clicks += 1
    person.page.locator("input[name=organisation]").fill(COUNCIL)
    person.page.locator("input[name=asked_for]").fill("1,064.00")
    person.page.locator("textarea[name=purpose]").fill("Speed signs")
    person.button("Save")
    assert "is logged" in person.page.content()


def award_it(person: Counting) -> None:
    person.link(COUNCIL)
    person.press(person.page.get_by_label("Award it all"))
    person.page.locator("textarea[name=reasons]").fill("Meets the outcome")
    person.button("Check the decision")
    person.records()
    assert "Sent for approval" in person.page.content()


def approve_it(person: Counting) -> None:
    person.link(f"Award to {COUNCIL}")
    person.press(person.page.get_by_label("Approve it"))
    person.button("Record your decision")
    assert "SRF20-001" in person.page.content()


def pay_all(person: Counting) -> None:
    person.link("Pay several")
    person.button("Tick all")
    person.button("Check these payments")
    person.records()
    assert "Sent for approval" in person.page.content()


def transfer_some(person: Counting) -> None:
    person.link("Safer Roads Fund")
    person.link("Transfer (virement)")
    person.page.locator("select[name=target]").select_option(index=1)
    person.clicks += 1
    person.page.locator("input[name=amount]").fill("100.00")
    person.page.locator("input[name=decision]").fill("PCC/D/2020/44")
    person.page.locator("input[name=switch_decision]").fill("PCC/D/2020/44")
    person.button("Check")
    person.records()
    assert "£100.00" in person.page.content()


def download_ledger(person: Counting) -> None:
    with person.page.expect_download() as download:
        person.page.locator("main a").filter(has_text="Download the ledger").first.click()
    person.clicks += 1
    assert download.value.suggested_filename.endswith(".xlsx")


def read_what_is_left(person: Counting) -> None:
    assert "Left to award" in person.page.content()
    assert "Late or at risk" in person.page.content()


def ask_what_somebody_had(person: Counting) -> None:
    person.page.get_by_role("searchbox").fill(COUNCIL)
    person.press(person.page.get_by_role("button", name="Find"))
    assert COUNCIL in person.page.locator("main").inner_text()


def record_a_bid(person: Counting) -> None:
    person.link("Record a bid")
    person.page.locator("input[name=title]").fill("Safer Streets, round two")
    person.page.locator("input[name=funder]").fill("Home Office")
    person.button("Record the bid")
    assert not person.page.locator(".govuk-error-summary").all_inner_texts()
    assert "BID-001" in person.page.content()


TASKS: dict[str, tuple[Role, Callable[[Counting], None]]] = {
    "Log an application": (Role.COMMISSIONING, log_it),
    "Decide and award": (Role.COMMISSIONING, award_it),
    "Approve an award": (Role.MANAGER, approve_it),
    "Record a bid": (Role.COMMISSIONING, record_a_bid),
    "Record payments that are due": (Role.FINANCE, pay_all),
    "Pull the ledger into Excel": (Role.FINANCE, download_ledger),
    "Transfer (virement)": (Role.FINANCE, transfer_some),
    "How much is left, what is late": (Role.CHIEF_EXECUTIVE, read_what_is_left),
    "How much did we give them": (Role.CHIEF_EXECUTIVE, ask_what_somebody_had),
}


@pytest.fixture
def council(app: Flask, two_lines: None) -> None:
    """Know an organisation that asks for money, and two funds that it could ask."""
    opened = Particulars(on=today(), by=COMMAND_LINE, decision="PCC/D/2020/31")
    roads = FundDetails(name="Safer Roads Fund", funder="PCC", source=Source.OWN, year=year_of(today()),
                        reference="SRF20")  # fmt: skip
    with app.app_context(), transaction() as session:
        add_organisation(session, details=OrganisationDetails(name=COUNCIL), particulars=opened)
        fund = open_fund(session, details=roads, particulars=opened)
        allocate(session, line=fund.lines[0], amount=Pence(28_000_000), particulars=opened)


def test_each_task_takes_the_clicks_and_screens_of_the_table(open_browser: Open, council: None) -> None:
    people: dict[Role, Watched] = {}
    counted = {}
    for task, (role, do) in TASKS.items():
        if role not in people:
            people[role] = open_browser()
            people[role].sign_in(email_of(role), WORDS)
        page = people[role].page
        page.goto(people[role].address)
        person = Counting(page)
        do(person)
        counted[task] = (person.clicks, person.screens)
    table = {row["task"].strip(): (int(row["clicks"]), int(row["screens"])) for row in ROW.finditer(TABLE.read_text())}
    assert counted == table
