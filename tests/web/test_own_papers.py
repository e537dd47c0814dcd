"""The year in numbers, a fund's briefing and a provider's passport as pages: figures that lead to their rows."""

from collections.abc import Callable
from io import BytesIO

import pytest
from openpyxl import load_workbook

from fundtracker.domain.roles import Role
from tests.books.builder import Books
from tests.services.papers.two_years import TwoYears, keep_two_years
from tests.web.visitor import Visitor, words

YEAR = "/reports/year-in-numbers"
ASKED = "?year=2020%2F21&as_at=30+September+2020"


@pytest.fixture
def kept(books: Books) -> TwoYears:
    return keep_two_years(books)


@pytest.fixture
def visitor(signed_in: Callable[[Role], Visitor]) -> Visitor:
    return signed_in(Role.CHIEF_EXECUTIVE)


def test_the_year_in_numbers_shows_last_year_beside_each_figure(kept: TwoYears, visitor: Visitor) -> None:
    page = visitor.get(YEAR + ASKED)

    said = words(page)
    assert "Awarded 550.00 300.00 250.00 83.3% 500.00" in said
    assert "£300.00 this day last year" in said
    assert "figure=awarded&amp;as_at=2019-09-30&amp;year=2019%2F20" in page.text


def test_the_year_in_numbers_comes_as_a_workbook(kept: TwoYears, visitor: Visitor) -> None:
    sent = visitor.get(f"{YEAR}.xlsx{ASKED}")

    book = load_workbook(BytesIO(sent.data))
    rows = {row[0]: row[1:4] for row in book["Money"].iter_rows(values_only=True)}
    assert rows["Awarded"] == (550, 300, 250)
    assert "year-in-numbers-2020-21-as-at-2020-09-30.xlsx" in sent.headers["Content-Disposition"]


def test_a_year_that_is_none_is_said_and_the_year_in_hand_is_shown(kept: TwoYears, visitor: Visitor) -> None:
    said = words(visitor.get(f"{YEAR}?year=soon"))

    assert "“soon” is not a financial year" in said
    assert "Year in numbers 2020/21" in said


def test_the_briefing_of_a_fund_shows_last_year_and_leads_to_its_records(kept: TwoYears, visitor: Visitor) -> None:
    page = visitor.get("/funds/R20/briefing?as_at=30+September+2020")

    said = words(page)
    assert "£300.00 this day last year" in said
    assert "Left to award 950.00 700.00 500.00" in said
    assert 'href="/awards/R20-001"' in page.text
    assert "/funds/R20/briefing" in visitor.get("/reports/fund-briefing").text
    assert "/funds/R20/briefing" in visitor.get("/funds/R20").text


def test_the_passport_of_an_organisation_adds_up_and_is_offered_on_its_page(kept: TwoYears, visitor: Visitor) -> None:
    page = visitor.get(f"/organisations/{kept.a.id}/passport?as_at=30+September+2020")

    said = words(page)
    assert "Awarded £750.00 Still to pay −400.00 Paid, less what came back £350.00" in said
    assert "In the three years 2018/19 to 2020/21, £750.00 was awarded." in said
    assert 'href="/awards/R20-001"' in page.text
    for place in ("/reports/provider-passport?text=Organisation+A", f"/organisations/{kept.a.id}"):
        assert f"/organisations/{kept.a.id}/passport" in visitor.get(place).text
