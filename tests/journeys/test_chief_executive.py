"""The chief executive looks once: home, a fund, its ledger and an entry, a search, and home on one sheet of paper."""

from collections.abc import Iterator

import pytest

from fundtracker.domain.roles import Role
from tests.harness.pictures import demonstration
from tests.journeys.conftest import Open
from tests.journeys.test_print import faults_on_paper
from tests.journeys.watched import Watched

SignIns = dict[Role, tuple[str, str]]


@pytest.fixture
def demonstrated() -> Iterator[tuple[str, SignIns]]:
    """Serve the demonstration office on the day of its story."""
    with demonstration() as served:
        yield served


@pytest.fixture
def address(demonstrated: tuple[str, SignIns]) -> str:
    """Have browsers visit the demonstration."""
    return demonstrated[0]


@pytest.mark.parametrize("script", [True, False], ids=["with script", "without script"])
def test_from_home_to_an_entry_and_onto_paper(
    open_browser: Open, demonstrated: tuple[str, SignIns], script: bool
) -> None:
    reader = open_browser(script=script)
    reader.sign_in(*demonstrated[1][Role.CHIEF_EXECUTIVE])
    reader.sees("2020/21 so far", "Monday 21 September 2020", "For you to decide", "Late or at risk")
    read_a_fund(reader)
    search(reader)
    reader.was_quiet(refused=0)
    reader.go("/")
    assert faults_on_paper(reader.page, 1) == []


def read_a_fund(reader: Watched) -> None:
    reader.follow("Say what happens to the rest of PCC's Covid-19 response fund 2020")
    reader.sees("£2,720.06 is left in this closed fund.", "£47,279.94")
    reader.follow("Ledger (")
    assert reader.page.url.endswith("#ledger")
    reader.enter_at(reader.page.locator("tr[id^=entry-] > td:first-child a").first)
    reader.sees("Entry #4", "Allocation of £50,000.00")
    assert reader.page.locator("main form, main .govuk-button").count() == 0


def search(reader: Watched) -> None:
    reader.find("Welington Town")
    reader.sees("Nothing in the books holds “Welington Town”.", "Wellington Town Council")
    reader.find("50,000.00")
    reader.sees("results for “50,000.00”", "Sexual abuse & violence co-ordinator")
    reader.follow("Sexual abuse & violence co-ordinator")
    reader.sees("£50,000.00", "NHS England")
