"""The pages of the year end, and more of them: what is owed on an earlier day, and match funding."""

from decimal import Decimal
from io import BytesIO

from openpyxl import load_workbook

from tests.web.test_year_end_pages import figures, finance, sent
from tests.web.visitor import Visitor

__all__ = ["finance"]


def test_an_earlier_day_is_shown_and_downloaded(finance: Visitor) -> None:
    assert figures(finance.get("/cash"), "To pay now", "Held")
    page = finance.get("/cash?as_at=31+March+2021")
    assert figures(page, "As at 31 March 2021", "awarded and not paid by that day", "See it today")
    assert "To pay now" not in page.text
    book = load_workbook(BytesIO(finance.get("/cash.xlsx?as_at=31+March+2021").data))
    titles = [cell.value for cell in book.worksheets[0][1]]
    assert "To pay" in [str(title).removesuffix(" (£)") for title in titles]
    assert not any("held" in str(title) for title in titles)
    assert figures(finance.get("/cash?as_at=soon"), "The figures are today’s", "To pay now")


def test_match_funding_is_stated_and_stands_in_both(finance: Visitor) -> None:
    path = "/funds/YEA20/match-funding?year=2020%2F21"
    refused = sent(finance, path, cash="lots", in_kind="0")
    assert (refused.status_code, 'value="lots"' in refused.text) == (422, True)
    done = sent(finance, path, cash="1,250.50", source="Partners’ returns")
    page = finance.get(done.location)
    assert figures(page, "£1,250.50 in cash, not stated in kind", "Partners’ returns", "1,250.50", "Not stated")
    assert 'value="1,250.50"' in finance.get(path).text
    book = load_workbook(BytesIO(finance.get("/funds/YEA20/statement/workbook?year=2020%2F21").data))
    items = {row[0].value: row for row in book["Statement"].iter_rows(min_row=2) if row[0].value}
    assert items["Match funding, cash"][3].value == Decimal("1250.5")
    assert items["Match funding, in kind"][4].value == "Not stated"
    assert finance.get("/funds/YEA20/match-funding?year=2015%2F16").status_code == 404
