"""The lists: what the address asks for, what it cannot, and the links that lead on."""

import re
from html import unescape

import pytest

from fundtracker.services.bids import BidDetails, record_bid
from fundtracker.store.funds import Fund
from tests.books.builder import Books
from tests.web.asking import ask
from tests.web.visitor import Visitor, words

LISTS = ("applications", "awards", "payments", "organisations", "bids")


@pytest.fixture
def fund(books: Books) -> Fund:
    """Open a fund with a little of everything in it."""
    fund = books.fund("50,000", reference="SRF20")
    ask(books, fund)
    for name, amount in (("Ankerdine", "100"), ("Beckford", "2,000")):
        books.pay(books.award(fund, amount, to=books.organisation(name), purpose=f"Signs in {name}"), "60")
    books.do(record_bid, details=BidDetails(title="Ankerdine bid", funder="Home Office"))
    return fund


@pytest.mark.parametrize("name", LISTS)
class TestEveryList:
    def test_an_empty_one_says_what_to_do(self, officer: Visitor, name: str) -> None:
        page = officer.get(f"/{name}")
        assert page.status_code == 200
        assert f"No {name} yet." in words(page)
        assert "Download" not in words(page)

    @pytest.mark.parametrize(
        "asked",
        [
            "fund=nothing", "status=nothing", "type=nothing", "year=nothing", "least=1.234", "most=nothing",
            "as_at=soon", "sort=nothing", "page=nothing", "page=0x1", "page=99999999999999999999", "page=-1",
            "text=%25%00", "text=" + "x" * 3000, "page=²", "sort=--awarded", "organisation=%01",
        ],
    )  # fmt: skip
    def test_a_wrong_address_is_answered_with_the_list(
        self, officer: Visitor, fund: Fund, name: str, asked: str
    ) -> None:
        page = officer.get(f"/{name}?{asked}")
        assert page.status_code == 200
        assert officer.get(f"/{name}.xlsx?{asked}").status_code == 200

    def test_says_when_nothing_matches_and_clears(self, officer: Visitor, fund: Fund, name: str) -> None:
        page = officer.get(f"/{name}?text=zzz")
        assert f"No {name} match. zzz is in use. Clear all" in words(page)
        assert f'href="/{name}"' in page.text

    def test_sorts_by_its_headings_both_ways(self, officer: Visitor, fund: Fund, name: str) -> None:
        page = officer.get(f"/{name}")
        headings = {unescape(link) for link in re.findall(rf'ft-sort" href="(/{name}\?sort=[^"]*)"', page.text)}
        assert len(headings) >= 5
        for link in headings:
            again = officer.get(link)
            assert again.status_code == 200
            assert len(re.findall("aria-sort=", again.text)) == 1

    def test_has_a_caption_and_a_label_over_every_value(self, officer: Visitor, fund: Fund, name: str) -> None:
        page = officer.get(f"/{name}")
        assert "<caption" in page.text
        cells = re.findall(r'<td role="cell"[^>]*>[^<]', page.text)
        assert cells
        assert all("data-label=" in cell for cell in cells)


class TestFilters:
    def test_what_is_not_understood_is_said_and_kept_in_its_box(self, officer: Visitor, fund: Fund) -> None:
        page = officer.get("/awards?least=lots&fund=SRF99&text=signs")
        said = words(page)
        assert "Awarded from: Amount must be pounds and pence in figures" in said
        assert "Fund: “SRF99” is not in the books" in said
        assert 'value="lots"' in page.text
        assert "All 2" in said

    def test_those_in_use_are_named_and_each_can_be_taken_off(self, officer: Visitor, fund: Fund) -> None:
        page = officer.get("/awards?fund=srf20&text=Beckford&sort=-awarded")
        said = words(page)
        assert "Remove filter: Fund: Safer Roads Fund 2020 ×" in said
        assert "Remove filter: Search: Beckford ×" in said
        assert 'href="/awards?fund=SRF20&amp;sort=-awarded"' in page.text
        assert "1 of 2" in said
        assert "£2,000.00" in said
        assert "Ankerdine" not in said

    def test_a_page_keeps_filters_and_order_and_totals_cover_all(
        self, books: Books, officer: Visitor, fund: Fund
    ) -> None:
        for _ in range(60):
            books.award(fund, "10")
        page = officer.get("/awards?fund=SRF20&sort=awarded")
        said = words(page)
        assert "Rows 1 to 50 of 62, totals of all 62" in said
        assert "£2,700.00" in said
        assert 'href="/awards?fund=SRF20&amp;sort=awarded&amp;page=2"' in page.text

        second = officer.get("/awards?fund=SRF20&sort=awarded&page=2")
        assert "Rows 51 to 62 of 62" in words(second)
        assert "£2,700.00" in words(second)
        assert words(second).count("SRF20-") == 12

    def test_asked_for_awarded_and_paid_stand_side_by_side(self, books: Books, officer: Visitor, fund: Fund) -> None:
        answered = ask(books, fund, "500")
        books.pay(books.award(fund, "400", to=answered.organisation, application=answered), "150")
        for path in ("/applications?text=SRF20-A002", "/awards?text=Wellington"):
            assert re.search(r"500\.00 400\.00 150\.00", words(officer.get(path)))

    def test_every_organisation_leads_to_its_awards(self, officer: Visitor, fund: Fund) -> None:
        page = officer.get("/organisations")
        link = re.findall(r'Beckford.*?href="(/awards\?organisation=[0-9]+)"', page.text, re.DOTALL)[0]
        said = words(officer.get(link))
        assert "1 of 2" in said
        assert "Remove filter: Organisation: Beckford ×" in said

    def test_a_bid_in_development_is_not_sent_yet(self, books: Books, officer: Visitor) -> None:
        books.do(record_bid, details=BidDetails(title="Drive", funder="Home Office"))
        assert "Home Office In development Not yet" in words(officer.get("/bids"))

    def test_the_foot_says_what_the_balances_stand_on(self, officer: Visitor, fund: Fund) -> None:
        assert "up to entry #5. Difference £0.00." in officer.get("/awards").text
