"""Downloads: exactly what is filtered, all pages of it, with the same totals as the page."""

from io import BytesIO

import pytest
from openpyxl import load_workbook
from werkzeug.test import TestResponse

from fundtracker.services.bids import BidDetails, record_bid
from fundtracker.store.funds import Fund
from tests.books.builder import Books
from tests.web.asking import ask
from tests.web.visitor import Visitor, words

Rows = list[tuple[object, ...]]


@pytest.fixture
def fund(books: Books) -> Fund:
    """Open a fund with more awards than a page holds."""
    fund = books.fund("50,000", reference="SRF20")
    ask(books, fund)
    for number in range(55):
        books.award(fund, "10.01", to=books.organisation(f"=Council {number}"))
    books.pay(books.award(fund, "2,000", to=books.organisation("Beckford")), "60")
    books.do(record_bid, details=BidDetails(title="Drive", funder="Home Office"))
    return fund


def sheet(page: TestResponse) -> tuple[Rows, str]:
    """Read a workbook back: the rows of its first sheet, and everything else that it says."""
    assert page.status_code == 200
    assert page.mimetype == "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
    book = load_workbook(BytesIO(page.data))
    first, *others = book.worksheets
    said = " ".join(str(cell) for other in others for row in other.iter_rows(values_only=True) for cell in row)
    return [tuple(row) for row in first.iter_rows(values_only=True)], said


class TestList:
    def test_holds_every_page_of_what_is_filtered_in_its_order(self, officer: Visitor, fund: Fund) -> None:
        rows, said = sheet(officer.get("/awards.xlsx?fund=SRF20&most=10.01&sort=reference&page=2"))

        head, references = rows[0], [row[0] for row in rows[1:56]]
        awarded = head.index("Awarded")
        assert references == [f"SRF20-{number:03d}" for number in range(1, 56)]
        assert [row[awarded] for row in rows[1:56]] == [10.01] * 55
        assert rows[1][1] == "=Council 0"
        assert "Safer Roads Fund 2020" in said
        assert "£10.01" in said
        page = words(officer.get("/awards?fund=SRF20&most=10.01"))
        assert "Download these 55 (Excel)" in page
        assert "£550.55" in page

    def test_is_named_by_list_and_day(self, officer: Visitor, fund: Fund) -> None:
        page = officer.get("/awards.xlsx?as_at=30 June 2020")
        assert page.headers["Content-Disposition"] == "attachment; filename=awards-as-at-2020-06-30.xlsx"
        assert page.headers["Cache-Control"] == "no-store"

    @pytest.mark.parametrize(
        ("name", "rows"),
        [("funds", 1), ("applications", 1), ("awards", 56), ("payments", 1), ("organisations", 57), ("bids", 1)],
    )
    def test_every_list_has_one(self, officer: Visitor, fund: Fund, name: str, rows: int) -> None:
        found, said = sheet(officer.get(f"/{name}.xlsx"))
        assert len([row for row in found[1 : 1 + rows] if row[0]]) == rows
        assert name.capitalize() in said


class TestLedger:
    def test_is_of_a_fund_a_year_and_a_day(self, officer: Visitor, fund: Fund) -> None:
        page = officer.get("/ledger.xlsx?fund=SRF20&year=2020/21&as_at=30 June 2020")
        rows, _ = sheet(page)
        name = "safer-roads-fund-2020-ledger-2020-21-as-at-2020-06-30.xlsx"
        assert page.headers["Content-Disposition"] == f"attachment; filename={name}"
        assert [row[0] for row in rows if isinstance(row[0], int)] == list(range(1, 59))

    def test_asks_which_fund_year_and_day(self, officer: Visitor, fund: Fund) -> None:
        page = officer.get("/ledger?fund=SRF20&as_at=30 June 2020")
        assert '<option value="SRF20" selected>' in page.text
        assert 'value="30 June 2020"' in page.text

    @pytest.mark.parametrize(
        ("asked", "sentence"),
        [
            ("as_at=soon", "“soon” is not a date"),
            ("as_at=1 January 2150", "has not come yet"),
            ("year=2020", "is not a financial year"),
        ],
    )
    def test_goes_back_to_the_question_with_what_is_wrong(
        self, officer: Visitor, fund: Fund, asked: str, sentence: str
    ) -> None:
        sent = officer.get(f"/ledger.xlsx?fund=SRF20&{asked}")
        assert sent.status_code == 303
        page = officer.get(sent.headers["Location"])
        assert sentence in words(page)
        assert '<option value="SRF20" selected>' in page.text

    def test_a_fund_that_is_not_there_is_not_found(self, officer: Visitor, fund: Fund) -> None:
        assert officer.get("/ledger.xlsx?fund=SRF99").status_code == 404
