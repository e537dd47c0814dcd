"""The search on every page: names, references and amounts, what it says when there is nothing, and awful input."""

import re
from html import unescape
from urllib.parse import quote

import pytest

from fundtracker.domain.roles import Role
from fundtracker.services.bids import BidDetails, record_bid
from fundtracker.services.organisations import keep_name, merge
from fundtracker.store.funds import Fund
from tests.books.builder import Books
from tests.web.asking import ask
from tests.web.visitor import Visitor, words


@pytest.fixture
def fund(books: Books) -> Fund:
    """Open a fund with one of everything that can be found."""
    fund = books.fund("50,000", reference="SRF20")
    weobley = books.organisation("Weobley Parish Council")
    asked = ask(books, fund, "1,064.00", by=weobley)
    books.pay(books.award(fund, "1,064.00", to=weobley, application=asked, purpose="Masks"), "532.25")
    books.do(merge, organisation=books.organisation("Village Helpers"), into=weobley)
    books.change(keep_name, organisation=weobley, name="Weobley Hundred")
    books.do(record_bid, details=BidDetails(title="Safer nights", funder="Home Office"))
    return fund


def find(visitor: Visitor, text: str) -> str:
    """Search, and give the words of the page."""
    page = visitor.get(f"/search?q={quote(text)}")
    assert page.status_code == 200
    return words(page)


@pytest.mark.parametrize(
    ("typed", "address"),
    [
        ("SRF20", "/funds/SRF20"), ("srf20", "/funds/SRF20"), (" srf20-001 ", "/awards/SRF20-001"),
        ("SRF20-A001", "/applications/SRF20-A001"), ("srf20-001/1", "/payments/SRF20-001/1"), ("#1", "/entries/1"),
        ("bid-001", "/bids/BID-001"),
    ],
)  # fmt: skip
def test_an_exact_reference_goes_straight_there(officer: Visitor, fund: Fund, typed: str, address: str) -> None:
    answer = officer.get(f"/search?q={quote(typed)}")

    assert answer.status_code == 302
    assert answer.location == address
    assert officer.get(address).status_code == 200


@pytest.mark.parametrize("typed", ["weobley", "COUNCIL weobley", "village help", "hundred", "masks", "weobley masks"])
def test_finds_by_any_name_and_by_purpose(officer: Visitor, fund: Fund, typed: str) -> None:
    said = find(officer, typed)

    assert "Awards 1" in said
    assert "Weobley Parish Council" in said
    assert "1,064.00 1,064.00 532.25" in said


@pytest.mark.parametrize("typed", ["1064", "£1,064.00", "1,064", "532.25"])
def test_finds_an_amount_asked_for_awarded_or_paid(officer: Visitor, fund: Fund, typed: str) -> None:
    assert "Weobley Parish Council" in find(officer, typed)
    assert "Payments 1" in find(officer, "532.25")
    assert "50,000.00" in find(officer, "50,000")


def test_forgives_a_slip_and_says_so(officer: Visitor, fund: Fund) -> None:
    said = find(officer, "weobly")

    assert "Nothing in the books holds “ weobly ”. These are the results for Weobley" in said
    assert "Awards 1" in said


def test_says_what_to_try_where_there_is_nothing(officer: Visitor, fund: Fund) -> None:
    said = find(officer, "zzzz")

    assert "Nothing in the books holds “ zzzz ”." in said
    assert "an exact amount asked for, awarded or paid, like 1,064.00" in said


@pytest.mark.parametrize("typed", ["", " ", "%", "_", "'", '"', "\\", "\x00", "#", "#99999999999999999999", "ا" * 150,
                                   "<script>", "W" * 10_000, "a b " * 3_000, "١٢٣", "💷", "惠 Söns"])  # fmt: skip
def test_takes_anything(officer: Visitor, fund: Fund, typed: str) -> None:
    page = officer.get(f"/search?q={quote(typed)}")

    assert page.status_code == 200
    assert "<script>" not in page.text.split("<main")[1].split("</main>")[0]


def test_a_result_leads_to_the_list_of_all_of_them(books: Books, officer: Visitor, fund: Fund) -> None:
    for _ in range(7):
        books.award(fund, "20", to=books.organisation("Ankerdine"), purpose="Masks")
    page = officer.get("/search?q=ankerdine")

    assert "Awards 7 All 7 in the list" in words(page)
    assert 'href="/awards?text=ankerdine"' in page.text
    assert "7 of 8" in words(officer.get("/awards?text=ankerdine"))


def test_the_box_is_on_every_page_for_those_signed_in(officer: Visitor, visitor: Visitor, fund: Fund) -> None:
    assert 'role="search"' in officer.get("/awards").text
    assert 'role="search"' not in visitor.get("/sign-in").text
    assert visitor.get("/search?q=weobley").status_code == 303
    visitor.sign_in(Role.CHIEF_EXECUTIVE)
    assert "Weobley" in find(visitor, "weobley")


def test_answers_a_question_with_its_rows_and_a_download(officer: Visitor, fund: Fund) -> None:
    page = officer.get("/search?q=" + quote("How much did we give Weobley PC?"))

    said = words(page)
    assert "How much did we give Weobley PC? £1,064.00 in 1 award since June 2020 Download (Excel)" in said
    assert "Awarded by all funds to Weobley Parish Council, as at" in said
    assert "Awards 1" in said  # and what the name finds stands below
    (rows,) = re.findall(r'href="(/rows\?[^"]*)"', page.text)
    assert "Awarded by all funds to Weobley Parish Council" in words(officer.get(unescape(rows)))
    (workbook,) = re.findall(r'href="(/rows\.xlsx\?[^"]*)"', page.text)
    assert officer.get(unescape(workbook)).status_code == 200


def test_asks_back_where_a_question_is_not_sure(officer: Visitor, fund: Fund) -> None:
    slip = officer.get("/search?q=" + quote("how much did we give weobly parish council"))
    assert "Nothing in the books is called “weobly parish council”. Is this meant? Weobley Parish Council" in words(
        slip
    )
    assert "£1,064.00 in 1 award" not in words(slip)
    assert "/rows?figure=awarded&amp;organisation=" in slip.text
    unknown = find(officer, "How much did masks cost?")
    assert "“masks” was not understood. Ask for a figure of a fund" in unknown
    assert "Awards 1" in unknown
    assert "belongs to no award" in find(officer, "What is left for Weobley?")
    assert "£48,936.00 left to award of £50,000.00 allocated" in find(officer, "what's left in safer roads")
