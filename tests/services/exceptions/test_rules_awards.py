"""The rules of the exception report about awards, bids and subsidies."""

from datetime import date

import pytest

from fundtracker.domain.statuses import AwardType, BidStatus, SpendType
from fundtracker.services import awards, bids
from fundtracker.services.exceptions.beyond import expected_by
from fundtracker.services.exceptions.rules import Rule
from fundtracker.store.funds import Fund
from tests.books.builder import LATER, Books, pence
from tests.services.exceptions.shown import SEPTEMBER, days, found, rows, take_reasons_away


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
