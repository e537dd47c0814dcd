"""The funds page and one fund's page: the summary's figures, every one of them with its rows."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date

import pytest
from flask import Flask
from sqlalchemy import event

from fundtracker.domain.money import pounds
from fundtracker.domain.roles import Role
from fundtracker.domain.statuses import BidStatus, Doubt, Source, SpendType
from fundtracker.domain.years import FinancialYear
from fundtracker.services import gifts, payments
from fundtracker.services.allocations import record_cut
from fundtracker.services.awards import AwardDetails, Share, record_award
from fundtracker.services.bids import BidDetails, record_bid, win_bid
from fundtracker.services.funds import FundDetails, close_fund, find_fund
from fundtracker.services.summaries import summarise
from fundtracker.web.db import db
from tests.books.builder import Books, particulars, pence
from tests.web.asking import ask
from tests.web.visitor import Visitor, words


@contextmanager
def counting(app: Flask) -> Iterator[list[str]]:
    """Collect the statements that the pages send to the database."""
    sent: list[str] = []

    def note(_connection: object, _cursor: object, statement: str, *_rest: object) -> None:
        sent.append(statement)

    with app.app_context():
        engine = db.engine
    event.listen(engine, "before_cursor_execute", note)
    yield sent
    event.remove(engine, "before_cursor_execute", note)


class TestFunds:
    def test_an_empty_office_says_what_to_do_first(self, officer: Visitor) -> None:
        page = officer.get("/funds").text
        assert 'first fund, or <a class="govuk-link" href="/imports">bring in the office’s workbook</a>' in page

    def test_shows_the_figures_of_the_summary_grouped_by_whose_money_it_is(
        self, books: Books, officer: Visitor
    ) -> None:
        moj = books.fund("341,363.39", name="MoJ", source=Source.EXTERNAL)
        books.pay(books.award(moj, "341,363.39"), "1,000")
        books.award(books.fund("50,000", name="Covid-19 response fund"), "47,279.94")

        said = words(officer.get("/funds"))

        balance = summarise(books.session).balance
        for amount in (balance.allocated, balance.awarded, balance.remaining, balance.net_paid, balance.to_pay):
            assert f"{pounds(amount)}" in said
        table = said[said.index("Allocated = awarded") :]
        assert table.index("External money") < table.index("MoJ") < table.index("own money") < table.index("Covid-19")
        assert "341,363.39 341,363.39 0.00 1,000.00 340,363.39" in said
        assert "2,720.06" in said

    def test_shows_another_day_as_it_was(self, books: Books, officer: Visitor) -> None:
        fund = books.fund("50,000")
        books.award(fund, "1,064", on=date(2020, 5, 1))

        before = words(officer.get("/funds?as_at=30 April 2020"))
        wrong = officer.get("/funds?as_at=soon")

        assert "As at 30 April 2020" in before
        assert "Awarded £0.00" in before
        assert "“soon” is not a date" in words(wrong)
        assert "£1,064.00" in words(wrong)
        assert "has not come yet" in words(officer.get("/funds?as_at=1 January 2150"))

    def test_says_what_stands_outside_every_sum(self, books: Books, officer: Visitor) -> None:
        fund = books.fund("50,000")
        books.award(fund, None)
        details = AwardDetails(recipient=books.organisation(), shares=(), reasons="Eight bicycles")
        books.do(gifts.record_gift, details=details)
        bid = BidDetails(title="Co-ordinator", funder="NHS England", status=BidStatus.SUBMITTED, sought=pence("50,000"))
        books.do(record_bid, details=bid)
        books.do(record_bid, details=BidDetails(title="Drive", funder="HO", national_pot=pence("10,000,000")))

        said = words(officer.get("/funds"))

        assert "1 award line has no value stated and is left out of every sum" in said
        assert "Besides cash: 1 gift in kind" in said
        assert "Not in any figure above until won" in said
        assert "Awaiting an outcome: 1 bid" in said

    def test_says_in_words_that_a_fund_is_over_or_has_nothing_yet(self, books: Books, officer: Visitor) -> None:
        fund = books.fund("1,000")
        books.award(fund, "900")
        books.do(record_cut, line=fund.lines[0], amount="400")
        books.fund(name="Fund without money")

        said = words(officer.get("/funds"))
        page = words(officer.get(f"/funds/{fund.reference}"))

        assert "−300.00 over-allocated" in said
        assert "nothing allocated yet" in said
        assert "over-allocated by £300.00" in page
        assert "Over by £300.00" in page

    def test_offers_only_what_the_person_may_do(self, books: Books, signed_in: Callable[[Role], Visitor]) -> None:
        fund = books.fund("1,000")
        reader, officer = signed_in(Role.CHIEF_EXECUTIVE), signed_in(Role.FINANCE)
        for path in ("/funds", f"/funds/{fund.reference}"):
            for link in ("Open a fund", "Add to the allocation", "Log an application"):
                assert link not in words(reader.get(path))
        assert "Open a fund" in words(officer.get("/funds"))
        assert "Add to the allocation" in words(officer.get(f"/funds/{fund.reference}"))
        assert reader.get("/funds/new").status_code == 403


class TestOneFund:
    def test_shows_its_ledger_with_what_was_left_after_each_entry(self, books: Books, officer: Visitor) -> None:
        fund = books.fund("50,000")
        award = books.award(fund, "1,064", on=date(2020, 5, 1), benefits="Weobley Support Group")
        books.pay(award, "1,064", on=date(2020, 5, 2))
        books.reverse(3, on=date(2020, 5, 3))
        books.award(fund, "810", on=date(2020, 4, 20))

        said = words(officer.get(f"/funds/{fund.reference}"))

        order = ["1 1 Apr 2020", "2 1 May 2020", "3 2 May 2020", "4 3 May 2020", "5 20 Apr 2020"]
        places = [said.index(row) for row in order]
        assert places == sorted(places)
        for amounts in ("1,064.00 48,936.00", "−1,064.00 48,936.00", "810.00 48,126.00"):
            assert amounts in said
        assert "for Weobley Support Group" in said
        assert "Reverses #3" in said
        assert "Reversed by #4" in said
        assert "£50,000.00 £1,874.00 £0.00 £48,126.00" in said
        assert "Payment reversed: Wellington Town Council" in said

    def test_names_budget_lines_only_where_there_are_two(self, books: Books, officer: Visitor) -> None:
        fund = books.fund("50,000")
        assert "Budget line" not in words(officer.get(f"/funds/{fund.reference}"))

        books.line(fund, "30,000", year=2020, spend_type=SpendType.CAPITAL)
        said = words(officer.get(f"/funds/{fund.reference}"))

        assert "Budget lines" in said
        assert "2020/21 capital 30,000.00" in said

    def test_refunds_stand_in_a_column_of_their_own(self, books: Books, officer: Visitor) -> None:
        fund = books.fund("50,000")
        award = books.award(fund, "1,000")
        books.pay(award, "400")
        books.do(payments.refund, line=award.lines[0], amount="50", lowers_award=False)

        said = words(officer.get(f"/funds/{fund.reference}"))

        assert "Other £" in said
        assert "50.00 recovered" in said
        assert "Paid less £50.00 refunded is £350.00" in said

    def test_shows_what_waits_and_what_would_be_left(self, books: Books, officer: Visitor) -> None:
        fund = books.fund("50,000")
        ask(books, fund)
        ask(books, fund, None)

        said = words(officer.get(f"/funds/{fund.reference}"))

        assert "£37,600.00 if all waiting are awarded" in said
        assert "12,400.00 37,600.00" in said
        assert "1 not stated" in said

    def test_says_which_dates_and_amounts_are_in_doubt(self, books: Books, officer: Visitor) -> None:
        fund = books.fund("50,000")
        doubts = particulars(amount_doubt=Doubt.ILLUSTRATIVE, date_doubt=Doubt.NOT_STATED)
        share = Share(line=fund.lines[0], amount=pence("26,258.73"))
        details = AwardDetails(recipient=books.organisation(), shares=(share,), reasons="As brought in")
        books.change(record_award, details=details, particulars=doubts)

        for path in (f"/funds/{fund.reference}", "/awards"):
            said = words(officer.get(path))
            assert "date not stated" in said
            assert "26,258.73 illustrative" in said

    def test_a_closed_fund_takes_nothing_and_keeps_what_is_left_in_sight(self, books: Books, officer: Visitor) -> None:
        fund = books.fund("50,000")
        books.do(close_fund, fund=fund)

        said = words(officer.get(f"/funds/{fund.reference}"))

        assert "Closed" in said
        assert "Log an application" not in said
        assert "Add to the allocation" not in said
        assert "£50,000.00 is left to award" in said

    def test_shows_the_bid_that_led_to_it(self, books: Books, officer: Visitor) -> None:
        bid = books.do(record_bid, details=BidDetails(title="Safer Streets bid", funder="Home Office"))
        details = FundDetails(name="Safer Streets", funder="HO", source=Source.EXTERNAL, year=FinancialYear(2020))
        fund = books.do(win_bid, bid=bid, amount="550,000", fund_details=details)

        assert "Safer Streets bid" in words(officer.get(f"/funds/{fund.reference}"))

    def test_a_fund_that_is_not_there_is_not_found(self, officer: Visitor) -> None:
        page = officer.get("/funds/SRF99")
        assert page.status_code == 404
        assert "There is no fund with the reference SRF99" in words(page)


@pytest.mark.parametrize(
    "path", ["/funds", "/funds/SRF20", "/awards", "/applications", "/payments", "/organisations", "/bids"]
)
def test_a_page_asks_the_database_as_much_for_many_rows_as_for_one(
    app: Flask, books: Books, officer: Visitor, path: str
) -> None:
    fund = books.fund("50,000", reference="SRF20")
    _one_of_each(books, fund.reference)
    officer.get(path)
    with counting(app) as few:
        officer.get(path)
    for number in range(5):
        books.fund("10", name=f"Fund {number}")
        _one_of_each(books, fund.reference)
    with counting(app) as many:
        page = officer.get(path)

    assert page.status_code == 200
    assert 0 < len(many) == len(few) <= 40, "\n".join(many)


def _one_of_each(books: Books, reference: str) -> None:
    fund = find_fund(books.session, reference)
    ask(books, fund)
    books.pay(books.award(fund, "100", to=books.organisation()), "40")
    books.do(record_bid, details=BidDetails(title="Drive", funder="Home Office"))
