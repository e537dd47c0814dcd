"""The summary page: as at any day, of any year, cut six ways to one total, each figure with its rows; its workbook."""

from datetime import date

import pytest

from fundtracker.domain.balances import Balance
from fundtracker.domain.money import pounds
from fundtracker.domain.statuses import SpendType
from fundtracker.domain.years import FinancialYear
from fundtracker.services.cuts import By
from fundtracker.services.summaries import summarise
from tests.books.builder import Books
from tests.sheets.workbooks import by_openpyxl
from tests.web.visitor import Visitor, words

BEFORE, DAY = date(2019, 6, 1), date(2020, 9, 21)


@pytest.fixture
def two_years(books: Books) -> Balance:
    """Keep a fund of two years, its second line capital; give what all the books come to."""
    fund = books.fund(name="Roads", reference="R", year=2019)
    books.allocate(fund.lines[0], "100", BEFORE)
    books.award(fund, "30", on=BEFORE)
    line = books.line(fund, "80", year=FinancialYear(2020), spend_type=SpendType.CAPITAL)
    books.pay(books.award(line, "50", to=books.organisation(type="Charity"), on=DAY), "20", DAY)
    return summarise(books.session).balance


def test_it_is_as_at_any_day_and_ends_in_all_the_books(officer: Visitor, two_years: Balance) -> None:
    said = words(officer.get("/summary?as_at=21 September 2020"))
    whole = [two_years.allocated, two_years.awarded, two_years.net_paid, two_years.to_pay, two_years.remaining]
    for part in (
        "As at 21 September 2020 Summary 2020/21",
        "Allocated £80.00 This day last year £100.00 Last year in full £100.00",
        "Last year is 2019/20: on the same day, 21 September 2019, and in full, to 31 March 2020.",
        f"All the books {' '.join(pounds(amount) for amount in whole)}",
        "Spend against time Download the picture (SVG) The fund has paid less of the money than of the time has gone.",
    ):
        assert part in said
    assert "Summary 2019/20" in words(officer.get("/summary?as_at=1 July 2019"))
    assert "This day last year" not in words(officer.get("/summary?as_at=1 July 2019"))
    assert "Allocated £100.00" in words(officer.get("/summary?year=2019/20"))


@pytest.mark.parametrize("by", By)
def test_each_cut_says_that_it_is_the_same_total(officer: Visitor, two_years: Balance, by: By) -> None:
    page = officer.get(f"/summary?by={by.value}")
    assert two_years.allocated == 18_000
    assert "The same total as by fund: £80.00 allocated, £50.00 awarded, £20.00 paid." in words(page)
    assert f"{by.value}=" in page.text.split("<tbody")[1]


def test_figures_lead_to_their_rows_as_at_the_day(officer: Visitor, two_years: Balance) -> None:
    page = officer.get("/summary?as_at=21 September 2020").text
    assert two_years.awarded == 8_000
    for ask in (
        "figure=awarded&amp;as_at=2020-09-21&amp;fund=R&amp;year=2020%2F21",
        "figure=awarded&amp;as_at=2019-09-21&amp;fund=R&amp;year=2019%2F20",
        "figure=awarded&amp;as_at=2020-03-31&amp;year=2019%2F20",
        "figure=allocated&amp;as_at=2020-09-21&amp;year=not+2020%2F21",
        "figure=net+paid&amp;as_at=2020-09-21",
    ):
        assert f"/rows?{ask}" in page


def test_what_is_not_understood_is_said_and_left_out(officer: Visitor, two_years: Balance) -> None:
    said = words(officer.get("/summary?as_at=nonsense&year=2020&by=shoe size"))
    assert two_years.awarded == 8_000
    for part in ("The figures are today’s.", "This is the year in hand.", "The summary is not cut by that."):
        assert part in said
    assert "Summary 2020/21" in said


def test_the_workbook_holds_the_funds_and_every_cut(officer: Visitor, two_years: Balance) -> None:
    sent = officer.get("/summary.xlsx?as_at=21 September 2020").data
    for title in ("Funds", "By plan objective", "By area", "By funder", "By recipient type"):
        table = by_openpyxl(sent, title)
        assert table.rows
    assert two_years.awarded == 8_000


def test_without_a_fund_it_says_so(officer: Visitor) -> None:
    assert "No fund is open yet." in words(officer.get("/summary"))
    assert officer.get("/summary.xlsx").status_code == 200
