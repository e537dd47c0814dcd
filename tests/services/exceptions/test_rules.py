"""Every rule of the exception report: what it finds, from when, and what it leaves alone."""

from datetime import date

import pytest

from fundtracker.domain.money import Pence
from fundtracker.domain.statuses import AwardType, BidStatus, SpendType
from fundtracker.services import allocations, awards, bids, funds, holds, schedules, variations
from fundtracker.services.exceptions.beyond import expected_by
from fundtracker.services.exceptions.listing import ExceptionRow, list_exceptions
from fundtracker.services.exceptions.rules import Rule
from fundtracker.services.figures import as_at
from fundtracker.services.replanning import instalments_of
from fundtracker.services.schedules import Planned
from fundtracker.store.awards import Award
from fundtracker.store.funds import Fund
from fundtracker.store.transactions import transaction
from tests.books.builder import LATER, Books, particulars, pence
from tests.services.reconciling.builder import finance_lines, matched

SEPTEMBER = date(2020, 9, 21)
Row = tuple[Rule, str, Pence | None, int]


def found(books: Books, day: date = SEPTEMBER) -> list[ExceptionRow]:
    return list_exceptions(books.session, as_at(books.session, day))


def rows(books: Books, day: date = SEPTEMBER) -> list[Row]:
    return [(one.rule, one.found.reference, one.value, one.age) for one in found(books, day)]


def days(since: date, until: date = SEPTEMBER) -> int:
    return (until - since).days


def take_reasons_away(books: Books, award: Award) -> None:
    with transaction(books.session):
        award.reasons = ""


def plan(books: Books, award: Award, *due: tuple[date, str]) -> None:
    planned = [Planned(due_on=on, amount=pence(amount)) for on, amount in due]
    books.do(schedules.set_schedule, line=award.lines[0], planned=planned)


def test_books_with_nothing_wrong_have_no_exception(books: Books, fund: Fund) -> None:
    books.pay(books.award(fund, "900.00"), "900.00")

    assert rows(books) == []


class TestFunds:
    def test_a_funders_cut_below_what_is_awarded(self, books: Books) -> None:
        """Example F of the field's rules."""
        fund = books.fund("999,025", reference="SSF20")
        books.pay(books.award(fund, "900,000"), "900,000")
        books.do(allocations.record_cut, date(2020, 9, 1), line=fund.lines[0], amount="180,000")

        assert rows(books, date(2020, 8, 31)) == []
        assert rows(books) == [(Rule.CUT, "SSF20", pence("80,975"), 20)]

    def test_within_what_is_allowed_and_beyond_it(self, books: Books, fund: Fund) -> None:
        """Example G: more is awarded on purpose, and nothing is wrong with it but that it is so."""
        line = fund.lines[0]
        books.do(allocations.set_allowance, line=line, allowance=pence("500"))
        books.pay(books.award(fund, "5,100"), "5,100")

        assert rows(books) == [(Rule.OVER_ALLOCATED, "SRF20", pence("100"), days(LATER))]

        books.do(allocations.set_allowance, date(2020, 9, 10), line=line, allowance=pence("50"))

        assert rows(books) == [(Rule.OVER_ALLOWANCE, "SRF20", pence("100"), days(LATER))]

    def test_closed_and_suspended_with_money_left(self, books: Books, fund: Fund) -> None:
        other = books.fund("250", reference="COV20")
        books.do(funds.close_fund, date(2020, 9, 1), fund=fund)
        books.do(funds.suspend_fund, date(2020, 9, 11), fund=other)

        assert rows(books) == [
            (Rule.CLOSED, "SRF20", pence("5,000"), 20),
            (Rule.SUSPENDED, "COV20", pence("250"), 10),
        ]

    @pytest.mark.parametrize(("paid", "value"), [("2,999.99", "2,000.01"), ("3,000", None)])
    def test_spend_by_ninety_days_with_under_sixty_per_cent_paid(
        self, books: Books, paid: str, value: str | None
    ) -> None:
        fund = books.fund("5,000", reference="SRF20", spend_by=date(2020, 12, 20))
        award = books.award(fund, "5,000")
        plan(books, award, (LATER, paid), (date(2020, 12, 1), value or "2,000"))
        books.pay(award, paid)

        assert rows(books, date(2020, 9, 20)) == []
        assert rows(books) == ([(Rule.SPEND_BY, "SRF20", pence(value), 0)] if value else [])


class TestOwed:
    def test_an_instalment_overdue_is_not_in_what_its_fund_has_to_spend(self, books: Books) -> None:
        fund = books.fund("1,000", reference="SRF20", spend_by=date(2020, 10, 1))
        award = books.award(fund, "900")
        plan(books, award, (date(2020, 9, 1), "300"), (date(2020, 9, 30), "600"))

        assert rows(books) == [
            (Rule.SPEND_BY, "SRF20", pence("700"), 80),
            (Rule.OVERDUE, award.reference, pence("300"), 20),
        ]

    def test_an_instalment_on_hold_for_thirty_one_days(self, books: Books, fund: Fund) -> None:
        award = books.award(fund, "900")
        plan(books, award, (date(2020, 8, 1), "900"))
        instalment = instalments_of(books.session, award.lines[0])[0]
        said = particulars(date(2020, 8, 21), narrative="No accounts yet")
        books.change(holds.hold, instalment=instalment, particulars=said)

        assert rows(books, date(2020, 9, 20)) == []
        (only,) = found(books)
        assert (only.rule, only.value, only.age) == (Rule.HELD, pence("900"), 31)
        assert "No accounts yet" in only.found.what

    def test_what_was_paid_since_then_was_overdue_then(self, books: Books, fund: Fund) -> None:
        award = books.award(fund, "900")
        plan(books, award, (date(2020, 8, 1), "900"))
        books.pay(award, "400", date(2020, 9, 5))

        assert rows(books, date(2020, 9, 4)) == [(Rule.OVERDUE, award.reference, pence("900"), 34)]
        assert rows(books) == [(Rule.OVERDUE, award.reference, pence("500"), 51)]

    def test_to_recover_for_thirty_one_days(self, books: Books, fund: Fund) -> None:
        award = books.award(fund, "900", on=date(2020, 5, 1))
        books.pay(award, "900", date(2020, 5, 1))
        books.do(variations.vary_award, date(2020, 8, 21), line=award.lines[0], by=-pence("150"))

        assert rows(books, date(2020, 9, 20)) == []
        assert rows(books) == [(Rule.TO_RECOVER, award.reference, pence("150"), 31)]


class TestFinance:
    def test_a_line_that_nobody_dealt_with(self, books: Books, fund: Fund) -> None:
        payment = books.pay(books.award(fund, "900"), "900")
        number = len(books.entries())
        line, other = finance_lines(
            books.session, {"amount": "900"}, {"amount": "12.34", "reference": "V77", "on": date(2020, 8, 1)}
        )
        matched(books.session, [line], [number])

        assert payment.reference
        assert rows(books) == [(Rule.FINANCE_LINE, "V77", pence("12.34"), 51)]
        assert found(books)[0].key == f"finance-line:finance:{other}"

    def test_a_payment_that_no_line_has_after_one_period(self, books: Books, fund: Fund) -> None:
        before, during = books.award(fund, "100", on=date(2020, 5, 1)), books.award(fund, "900", on=date(2020, 5, 1))
        books.pay(before, "100", date(2020, 7, 31))
        payment = books.pay(during, "900", date(2020, 8, 20))

        assert rows(books) == []  # no line was ever brought in, so there is nothing to look in

        finance_lines(books.session, {"amount": "1", "on": date(2020, 8, 30)})

        assert rows(books, date(2020, 9, 19)) == []
        assert rows(books, date(2020, 9, 20)) == [(Rule.PAYMENT, payment.reference, pence("900"), 31)]


class TestAwards:
    def test_a_contract_ends_with_no_successor(self, books: Books, fund: Fund) -> None:
        old = books.award(fund, "900", type=AwardType.CONTRACT, starts_on=LATER, ends_on=date(2021, 3, 19))
        once = books.award(fund, "50", ends_on=date(2021, 3, 19))
        for award, amount in ((old, "900"), (once, "50")):
            books.pay(award, amount)

        assert rows(books, date(2020, 9, 19)) == []
        assert rows(books, date(2020, 9, 20)) == [(Rule.ENDING, old.reference, pence("900"), 0)]

        books.pay(books.award(fund, "900", type=AwardType.CONTRACT, follows=old, on=SEPTEMBER), "900", SEPTEMBER)

        assert rows(books) == []
        assert rows(books, date(2020, 9, 20)) == [(Rule.ENDING, old.reference, pence("900"), 0)]

    def test_a_grant_past_march_on_money_that_is_not_firm(self, books: Books, fund: Fund) -> None:
        line = books.line(fund, year=2021)
        award = books.award(line, "400", ends_on=date(2021, 9, 30), subject_to_funding=True)

        assert rows(books) == [(Rule.NEXT_YEAR, award.reference, pence("400"), days(LATER))]

        books.allocate(line, "400", LATER)
        books.do(awards.settle, line=award.lines[0], amount="400")

        assert Rule.NEXT_YEAR not in [rule for rule, *_ in rows(books)]

    def test_capital_and_revenue_in_one_award_without_a_decision(self, books: Books, fund: Fund) -> None:
        capital = books.line(fund, "1,000", year=2020, spend_type=SpendType.CAPITAL)
        shares = [awards.Share(line=line, amount=pence("100")) for line in (fund.lines[0], capital)]
        details = awards.AwardDetails(recipient=books.organisation(), shares=tuple(shares), reasons="Agreed")
        mixed = books.do(awards.record_award, decision="", details=details)
        books.do(awards.record_award, details=details)  # this one names its decision

        told = [(one.found.reference, [also.rule for also in one.also]) for one in found(books) if one.also]

        assert told == [(mixed.reference, [Rule.SPEND_TYPES])]  # beside what of it is to pay

    def test_no_value_and_no_reasons_are_one_row(self, books: Books, fund: Fund) -> None:
        award = books.award(fund, None)
        take_reasons_away(books, award)

        (only,) = found(books)

        assert (only.rule, only.value, [one.rule for one in only.also]) == (Rule.NO_VALUE, None, [Rule.NO_REASONS])

    def test_an_award_with_an_instalment_overdue_is_one_row_too(self, books: Books, fund: Fund) -> None:
        award = books.award(fund, "900")
        take_reasons_away(books, award)

        (only,) = found(books)

        assert (only.rule, only.value, [one.rule for one in only.also]) == (
            Rule.OVERDUE, pence("900"), [Rule.NO_REASONS]
        )  # fmt: skip

    def test_no_reasons(self, books: Books, fund: Fund) -> None:
        award = books.award(fund, "900")
        books.pay(award, "900")
        take_reasons_away(books, award)

        assert rows(books) == [(Rule.NO_REASONS, award.reference, pence("900"), days(LATER))]


class TestBeyond:
    @pytest.mark.parametrize(
        ("expected", "overdue"),
        [("", 83), ("in the next few weeks", 83), ("around August 2020", 21), ("31 August 2020", 21)],
    )
    def test_a_bid_whose_outcome_is_overdue(self, books: Books, expected: str, overdue: int) -> None:
        details = bids.BidDetails(
            title="Co-ordinator", funder="NHS England", status=BidStatus.SUBMITTED, sought=pence("50,000"),
            submitted_on=date(2020, 4, 1), outcome_expected=expected,
        )  # fmt: skip
        bid = books.do(bids.record_bid, details=details)

        assert rows(books) == [(Rule.BID, bid.reference, pence("50,000"), overdue)]
        assert rows(books, date(2020, 6, 29)) == []

    def test_words_of_a_month(self) -> None:
        assert expected_by("Around Feb 2024") == date(2024, 2, 29)
        assert expected_by("in the next few weeks") is None

    def test_grants_to_one_enterprise_near_the_subsidy_limit(self, books: Books) -> None:
        fund = books.fund("900,000", reference="ENT24", year=2024)
        works = books.organisation("Bike Works", type="Social enterprise")
        council = books.organisation("Telford & Wrekin Council", type="Council")
        for to, on, amount in (
            (works, date(2024, 5, 1), "252,000.01"),
            (council, date(2024, 5, 1), "300,000"),
            (works, date(2021, 5, 1), "100,000"),
        ):
            books.pay(books.award(fund, amount, to, on=on), amount, on)

        assert rows(books, date(2024, 6, 1)) == [(Rule.SUBSIDY, "Bike Works", pence("252,000.01"), 31)]
