"""The lists: filtered, sorted, added up and paged, with totals that are the books' own."""

from dataclasses import replace
from datetime import date

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from fundtracker.domain.money import Pence
from fundtracker.domain.statuses import AwardStatus, AwardType, BidStatus
from fundtracker.domain.years import FinancialYear
from fundtracker.services import applications, gifts, organisations, payments
from fundtracker.services.awards import AwardDetails, Share
from fundtracker.services.bids import BidDetails, record_bid
from fundtracker.services.figures import as_at, fund_balances
from fundtracker.services.listings.applications import list_applications
from fundtracker.services.listings.awards import NEWEST, list_awards
from fundtracker.services.listings.bids import UNDECIDED, list_bids
from fundtracker.services.listings.filters import Filters
from fundtracker.services.listings.organisations import list_organisations
from fundtracker.services.listings.paging import Order, Part
from fundtracker.services.listings.payments import REVERSAL, list_payments
from fundtracker.services.summaries import summarise
from fundtracker.services.variations import withdraw_award
from fundtracker.store.organisations import Organisation
from fundtracker.web.lists.awards import OFFER
from tests.books.builder import Books, pence

ALL = Filters()


def names(session: Session, filters: Filters = ALL, part: Part = NEWEST) -> list[str]:
    return [row.organisation for row in list_awards(session, as_at(session), filters, part).rows]


class TestAwards:
    def test_add_up_to_what_the_fund_has_awarded_and_paid(self, books: Books, session: Session) -> None:
        fund, other = books.fund("50,000"), books.fund("50,000", name="Other fund")
        both = books.award_shares(
            Share(line=fund.lines[0], amount=pence("1,000")), Share(line=other.lines[0], amount=pence("234"))
        )
        books.pay(both, "600")
        books.award(fund, "810")

        listed = list_awards(session, as_at(session), Filters(fund=fund.reference))
        everything = list_awards(session, as_at(session), ALL)

        balance = fund_balances(session, as_at(session), [fund.id])[fund.id]
        totals = listed.totals
        assert (totals.awarded, totals.paid, totals.to_pay) == (balance.awarded, balance.net_paid, balance.to_pay)
        assert (totals.awarded, totals.paid, totals.to_pay) == (181_000, 60_000, 121_000)
        assert (listed.count, everything.count, everything.totals.awarded) == (2, 2, 204_400)
        assert {row.reference: row.funds for row in everything.rows}[both.reference] == 2

    def test_count_what_the_summary_counts(self, books: Books, session: Session) -> None:
        fund = books.fund("50,000")
        books.organisation()
        several = books.organisation("Other recipients", stands_for_several=True)
        books.award(fund, "1,064")
        books.award(fund, "100", to=several)
        books.award(fund, None)
        taken_back = books.award(fund, "500", to=books.organisation("Gone"))
        books.do(withdraw_award, award=taken_back, keep_paid=False)
        books.award(fund, "70", subject_to_funding=True)
        gift = AwardDetails(recipient=several, shares=(), reasons="Bicycles")
        books.do(gifts.record_gift, details=gift)

        totals = list_awards(session, as_at(session), ALL).totals
        summary = summarise(session)

        assert (totals.awards, totals.organisations) == (summary.counts.awards, summary.counts.organisations) == (3, 1)
        assert (totals.gifts, totals.others, totals.without_value) == (1, 2, summary.counts.without_value)
        assert totals.awarded == summary.balance.awarded == 116_400

    def test_say_not_stated_and_never_nought(self, books: Books, session: Session) -> None:
        fund = books.fund("50,000")
        books.award(fund, None)

        row = list_awards(session, as_at(session), ALL).rows[0]

        assert (row.awarded, row.asked_for, row.without_value) == (None, None, 1)

    def test_filter_by_fund_year_type_status_amount_and_words(self, books: Books, session: Session) -> None:
        fund = books.fund("50,000")
        later = books.line(fund, "50,000", year=2021)
        books.award(fund, "100", to=books.organisation("Ankerdine Parish Council"), purpose="Masks")
        books.award(later, "200", to=books.organisation("Beckford"), benefits="The 50%_group", type=AwardType.CONTRACT)
        books.award(fund, "300", to=books.organisation("Čáslav Twinning"))

        assert names(session, Filters(year=FinancialYear(2021))) == ["Beckford"]
        assert names(session, Filters(text="MASKS")) == ["Ankerdine Parish Council"]
        assert names(session, Filters(text="ankerdine parish")) == ["Ankerdine Parish Council"]
        assert names(session, Filters(text="čáslav")) == ["Čáslav Twinning"]
        assert names(session, Filters(text="50%_g")) == ["Beckford"]
        assert names(session, Filters(text="%")) == ["Beckford"]
        assert names(session, Filters(type="contract")) == ["Beckford"]
        assert names(session, Filters(least=Pence(20_000), most=Pence(20_000))) == ["Beckford"]
        assert names(session, Filters(status=AwardStatus.WITHDRAWN.value)) == []
        beckford = session.scalars(select(Organisation.id).where(Organisation.name == "Beckford")).one()
        assert names(session, Filters(organisation=beckford, fund=fund.reference)) == ["Beckford"]
        assert names(session, Filters(fund="NONE")) == []

    @pytest.mark.parametrize("key", OFFER.sorts)
    def test_sort_both_ways_with_what_is_not_stated_last(self, books: Books, session: Session, key: str) -> None:
        fund = books.fund("50,000")
        for name, amount in (("b", "200"), ("A", "100"), ("C", None)):
            books.award(fund, amount, to=books.organisation(name))

        rising = names(session, part=Part(order=Order(key)))
        falling = names(session, part=Part(order=Order(key, descending=True)))

        if key == "awarded":
            assert (rising, falling) == (["A", "b", "C"], ["b", "A", "C"])
        elif key == "organisation":
            assert (rising, falling) == (["A", "b", "C"], ["C", "b", "A"])
        else:
            assert sorted(rising) == sorted(falling) == ["A", "C", "b"]

    def test_page_without_losing_or_repeating_a_row(self, books: Books, session: Session) -> None:
        fund = books.fund("50,000")
        for _ in range(7):
            books.award(fund, "100")

        pages = [Part(order=NEWEST.order, page=page, size=3) for page in (1, 2, 3, 99)]
        listed = [list_awards(session, as_at(session), ALL, part) for part in pages]

        rows = [row.reference for page in listed[:3] for row in page.rows]
        assert sorted(rows) == sorted(set(rows))
        assert [len(page.rows) for page in listed] == [3, 3, 1, 1]
        assert [(page.page, page.last, page.count, page.totals.awarded) for page in listed[2:]] == [
            (3, 3, 7, 70_000)
        ] * 2
        assert len(list_awards(session, as_at(session), ALL, replace(NEWEST, page=None)).rows) == 7

    def test_show_a_past_day_as_it_was(self, books: Books, session: Session) -> None:
        fund = books.fund("50,000")
        award = books.award(fund, "1,064", on=date(2020, 4, 30))
        books.pay(award, "1,000", on=date(2020, 5, 31))
        books.award(fund, "810", on=date(2020, 6, 1))

        totals = list_awards(session, as_at(session, date(2020, 5, 30)), ALL).totals

        assert (totals.count, totals.awarded, totals.paid, totals.to_pay) == (1, 106_400, 0, 106_400)


class TestPayments:
    def test_add_up_to_what_is_paid_whatever_came_back(self, books: Books, session: Session) -> None:
        fund = books.fund("50,000")
        award = books.award(fund, "1,000")
        books.pay(award, "400")
        books.pay(award, "300")
        books.reverse(-1)
        books.do(payments.refund, line=award.lines[0], amount="50", lowers_award=False)

        listed = list_payments(session, as_at(session), Filters(fund=fund.reference))

        totals = listed.totals
        assert [row.amount for row in listed.rows] == [-5_000, -30_000, 30_000, 40_000]
        assert (totals.sent, totals.back, totals.amount, totals.organisations) == (40_000, 5_000, 35_000, 1)
        assert totals.amount == fund_balances(session, as_at(session), [fund.id])[fund.id].net_paid
        kinds = ("payment", "refund", REVERSAL)
        assert [list_payments(session, as_at(session), Filters(type=kind)).count for kind in kinds] == [2, 1, 1]


class TestOrganisations:
    def test_add_up_merged_ones_as_one(self, books: Books, session: Session) -> None:
        fund = books.fund("50,000")
        one, two, three = (books.organisation(name) for name in ("Malvern CIC", "Malvern C.I.C.", "Malvern"))
        books.award(fund, "100", to=one)
        books.award(fund, "200", to=two)
        books.do(organisations.merge, organisation=two, into=one)
        books.do(organisations.merge, organisation=one, into=three)

        listed = list_organisations(session, as_at(session), ALL)

        assert [(row.organisation, row.awards, row.awarded) for row in listed.rows] == [("Malvern", 2, 30_000)]
        assert (listed.everything, listed.totals.awarded) == (1, 30_000)
        assert names(session) == ["Malvern", "Malvern"]


class TestApplications:
    def test_show_what_was_asked_beside_what_it_became(self, books: Books, session: Session) -> None:
        fund = books.fund("50,000")
        asked = applications.ApplicationDetails(fund=fund, organisation=books.organisation(), asked_for=pence("500"))
        answered = books.do(applications.log_application, date(2020, 5, 1), details=asked)
        books.do(applications.log_application, date(2020, 5, 1), details=replace(asked, asked_for=None))
        award = books.award(fund, "400", to=asked.organisation, application=answered)
        books.pay(award, "150")

        listed = list_applications(session, as_at(session), Filters(fund=fund.reference))
        waiting = list_applications(session, as_at(session), Filters(status="received", year=FinancialYear(2020)))

        totals = listed.totals
        assert (totals.asked_for, totals.asked, totals.awarded, totals.paid) == (50_000, 1, 40_000, 15_000)
        assert (totals.count, totals.waiting, waiting.count, waiting.totals.asked) == (2, 1, 1, 0)


class TestBids:
    def test_never_add_up_a_national_pot(self, books: Books, session: Session) -> None:
        sent = BidDetails(title="Co-ordinator", funder="NHS", status=BidStatus.SUBMITTED, sought=pence("50,000"))
        books.do(record_bid, details=sent)
        books.do(record_bid, details=BidDetails(title="Drive", funder="HO", national_pot=pence("10,000,000")))
        books.do(record_bid, details=replace(sent, status=BidStatus.LOST))

        totals = list_bids(session, Filters(status=UNDECIDED)).totals

        assert (totals.count, totals.stated, totals.sought) == (2, 1, 5_000_000)
        assert (totals.awaiting.count, totals.awaiting.sought) == (1, 5_000_000)
        assert list_bids(session, ALL).totals.sought == 10_000_000
