"""The rows behind a figure as a page: what it says, its pages, its workbook, and what it says to nonsense."""

import re
from html import unescape
from urllib.parse import quote

import pytest

from fundtracker.services.listings.paging import PER_PAGE
from fundtracker.store.funds import Fund
from tests.books.builder import Books
from tests.sheets.workbooks import opened
from tests.web.reading import Page
from tests.web.visitor import Visitor, words

JUNE = "as_at=30+June+2020"


def _link(html: str, which: str) -> str:
    """Find the address of the page after this one, or before it."""
    return unescape(next(href for href in re.findall(r'href="(/rows\?[^"]*)"', html) if f"{which}=" in href))


def test_says_which_figure_it_is_and_gives_its_rows(officer: Visitor, roads: Fund) -> None:
    page = officer.get(f"/rows?figure=remaining&fund=srf20&year=2020/21&{JUNE}")

    said = words(page)
    assert "Left to award in Safer Roads Fund 2020, 2020/21, as at 30 June 2020: £40,000.00 in 2 entries" in said
    assert "Allocated £50,000.00 Awarded £10,000.00 Left to award £40,000.00" in said
    assert [row.pence("Amount") for row in Page(page.text).of_kind("")] == [5_000_000, -1_000_000]
    assert "Financial year: 2020/21" in said
    assert "All 2 shown" in said
    assert page.text.count('href="/funds/SRF20"') == 3


@pytest.mark.parametrize(
    ("figure", "column"),
    [("awarded", "Amount"), ("to pay", "To pay"), ("awards", "Awarded"), ("organisations", "Awarded")],
)
def test_goes_from_page_to_page_and_adds_up_all_of_them(
    officer: Visitor, books: Books, figure: str, column: str
) -> None:
    fund = books.fund("900", reference="SRF20")
    for number in range(PER_PAGE + 1):
        books.award(fund, "1.50", to=books.organisation(f"Group {number:03}"))
    first = officer.get(f"/rows?figure={quote(figure)}")
    onward = _link(first.text, "after")
    then = officer.get(onward)

    rows = [list(Page(page.text).of_kind("")) for page in (first, then)]
    assert [len(some) for some in rows] == [PER_PAGE, 1]
    assert "£76.50" in words(first)
    assert "£76.50" in words(then)
    assert Page(officer.get(_link(then.text, "before")).text).rows == Page(first.text).rows
    assert Page(officer.get(f"/rows?figure={quote(figure)}&after=999999").text).rows == Page(first.text).rows
    sheet = opened(officer.get(f"/rows.xlsx?figure={quote(figure)}").data, values=True).worksheets[0]
    headings, *written, total = sheet.iter_rows(values_only=True)
    place = headings.index(column)
    assert [row[place] for row in written] == [1.5] * (PER_PAGE + 1)
    assert total[place] == 76.5


def test_a_figure_of_nothing_says_so(officer: Visitor, roads: Fund) -> None:
    said = words(officer.get("/rows?figure=paid&fund=SRF20"))

    assert "Paid, refunds not taken off, from Safer Roads Fund 2020" in said
    assert "No rows, so the figure is £0.00." in said


def test_asks_which_figure_where_none_is_named(officer: Visitor, roads: Fund) -> None:
    page = officer.get("/rows?figure=&fund=SRF20&year=&as_at=")

    assert page.status_code == 200
    assert "Which figure? Choose a figure of the books" in words(page)
    assert '<option value="SRF20" selected>' in page.text


@pytest.mark.parametrize(
    ("query", "status", "says"),
    [
        ("figure=spent", 422, "“spent” is not a figure of the books."),
        ("figure=awarded&fund=NONE", 404, "There is no fund with the reference NONE."),
        ("figure=awarded&as_at=soon", 422, "is not a date"), ("figure=awarded&year=20", 422, "not a financial year"),
        ("figure=allocated&area=", 422, "belongs to no award"), ("figure=awarded&organisation=%00", 422, "Excel"),
        ("figure=awarded&up_to=-1", 404, "is not the number of an entry"),
        ("figure=awarded&after=x&before=%27", 200, "£10,000.00 in 1 entry"),
        ("figure=awarded&figure=paid&color=red", 200, "£10,000.00 in 1 entry"),
    ],
)  # fmt: skip
def test_nonsense_is_answered_in_words(officer: Visitor, roads: Fund, query: str, status: int, says: str) -> None:
    page = officer.get(f"/rows?{query}")

    assert page.status_code == status
    assert says in words(page)
    assert officer.get(f"/rows.xlsx?{query}").status_code == status
