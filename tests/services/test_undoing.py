"""Undoing: what goes back with an entry, what stands in its way, and how applications are answered after it."""

import pytest

from fundtracker.domain.kinds import Kind
from fundtracker.domain.refusals import (
    AlreadyAwardedError,
    BelowZeroError,
    MoreThanPaidError,
    NotFoundRefusal,
    NotReversibleError,
)
from fundtracker.domain.statuses import ApplicationStatus, AwardStatus, SpendType
from fundtracker.services import allocations, funders, payments, reversals, undoing, variations
from fundtracker.services.awards import Share
from fundtracker.store.applications import Application
from tests.books.builder import Books, pence
from tests.web.asking import ask


def answered(books: Books, amount: str = "60", asked: str = "100") -> Application:
    """Log an application and award an amount on it: the allocation is entry 1, the award entry 2."""
    fund = books.fund("1,000")
    application = ask(books, fund, asked)
    books.award(fund, amount, application=application)
    return application


def numbers(books: Books, number: int) -> list[int]:
    return [entry.number for entry in undoing.in_the_way(books.session, books.entry(number))]


class TestTheApplicationThatAnAwardAnswers:
    @pytest.mark.parametrize(
        ("was", "amount", "says"),
        [
            ("60", "100", ApplicationStatus.IN_FULL),
            ("100", "60", ApplicationStatus.IN_PART),
            ("60", "70", ApplicationStatus.IN_PART),
        ],
    )
    def test_says_what_the_corrected_amount_makes_it(
        self, books: Books, was: str, amount: str, says: ApplicationStatus
    ) -> None:
        application = answered(books, was)

        books.do(reversals.replace_entry, entry=books.entry(2), amount=amount)

        assert application.status is says

    def test_a_variation_that_is_corrected_decides_nothing_again(self, books: Books) -> None:
        application = answered(books, "100")
        books.do(variations.vary_award, line=books.award_lines()[0], by="-50")

        books.do(reversals.replace_entry, entry=books.entry(3), amount="40")

        assert application.status is ApplicationStatus.IN_FULL

    def test_is_awarded_in_part_once_one_line_of_two_is_undone_and_waits_after_both(self, books: Books) -> None:
        fund = books.fund("1,000")
        capital = books.line(fund, "1,000", year=2020, spend_type=SpendType.CAPITAL)
        application = ask(books, fund, "100")
        shares = (Share(line=fund.lines[0], amount=pence("60")), Share(line=capital, amount=pence("40")))
        books.award_shares(*shares, application=application)

        said = []
        for number in (4, 3):
            books.reverse(number)
            said.append(application.status)

        assert said == [ApplicationStatus.IN_PART, ApplicationStatus.RECEIVED]


class TestWhatWasRecordedTogether:
    def test_a_refund_is_undone_with_the_fall_of_its_award(self, books: Books) -> None:
        award = books.award(books.fund("100"), "60")
        books.pay(award, "60")
        books.do(payments.refund, line=award.lines[0], amount="15", lowers_award=True)
        line = award.lines[0]
        assert (line.awarded, line.recovered) == (pence("45"), pence("15"))

        together = reversals.recorded_with(books.session, books.entry(5))
        assert [entry.kind for entry in together] == [Kind.REFUND, Kind.VARIATION]
        books.do(reversals.reverse_posting, entry=books.entry(5))

        assert (line.awarded, line.recovered) == (pence("60"), 0)
        with books.refused(NotReversibleError, "is reversed already"):
            books.do(reversals.reverse_posting, entry=books.entry(5))

    def test_what_was_undone_alone_is_not_undone_again(self, books: Books) -> None:
        award = books.award(books.fund("100"), "60")
        books.pay(award, "60")
        books.do(payments.refund, line=award.lines[0], amount="15", lowers_award=True)
        books.reverse(4)

        assert [entry.number for entry in reversals.recorded_with(books.session, books.entry(5))] == [5]
        assert len(books.do(reversals.reverse_posting, entry=books.entry(5))) == 1

    def test_a_withdrawal_over_two_lines_is_undone_whole(self, books: Books) -> None:
        fund = books.fund("1,000")
        capital = books.line(fund, "1,000", year=2020, spend_type=SpendType.CAPITAL)
        shares = (Share(line=fund.lines[0], amount=pence("60")), Share(line=capital, amount=pence("40")))
        award = books.award_shares(*shares)
        books.do(variations.withdraw_award, award=award, keep_paid=False)

        books.do(reversals.reverse_posting, entry=books.entry(-1))

        assert award.status is AwardStatus.AWARDED
        assert [line.awarded for line in award.lines] == [pence("60"), pence("40")]

    def test_the_legs_of_a_transfer_are_reversed_once(self, books: Books) -> None:
        source, target = books.fund("100"), books.fund("5", name="Covid-19 response fund")
        books.do(allocations.transfer, source=source.lines[0], target=target.lines[0], amount="40")

        assert len(books.do(reversals.reverse_posting, entry=books.entry(-1))) == 2
        assert target.lines[0].allocated == pence("5")


class TestWhyNot:
    def test_nothing_is_in_the_way_of_the_last_entry(self, books: Books) -> None:
        books.award(books.fund("100"), "60")

        assert undoing.why_not(books.session, books.entry(2)) is None
        assert undoing.why_not_correct(books.session, books.entry(2)) is None

    def test_an_award_names_the_variation_that_lowered_it(self, books: Books) -> None:
        award = books.award(books.fund("100"), "60")
        books.pay(award, "10")
        books.do(variations.vary_award, line=award.lines[0], by="-20")

        assert isinstance(undoing.why_not(books.session, books.entry(2)), BelowZeroError)
        assert numbers(books, 2) == [4]
        books.reverse(4)
        assert undoing.why_not(books.session, books.entry(2)) is None

    def test_a_payment_names_its_refund(self, books: Books) -> None:
        award = books.award(books.fund("100"), "60")
        books.pay(award, "60")
        books.do(payments.refund, line=award.lines[0], amount="15", lowers_award=False)

        assert isinstance(undoing.why_not(books.session, books.entry(3)), MoreThanPaidError)
        assert numbers(books, 3) == [4]

    def test_an_allocation_names_what_was_awarded_and_moved_from_it(self, books: Books) -> None:
        fund = books.fund("100")
        books.award(fund, "60")
        books.do(allocations.reduce, line=fund.lines[0], amount="10")
        books.pay(books.award(fund, "5"), "5")

        assert isinstance(undoing.why_not(books.session, books.entry(1)), AlreadyAwardedError)
        assert numbers(books, 1) == [4, 3, 2]

    def test_either_leg_of_a_transfer_names_what_the_money_went_to(self, books: Books) -> None:
        source, target = books.fund("100"), books.fund("5", name="Covid-19 response fund")
        books.do(allocations.transfer, source=source.lines[0], target=target.lines[0], amount="40")
        books.award(target, "45")

        for leg in (3, 4):
            assert isinstance(undoing.why_not(books.session, books.entry(leg)), AlreadyAwardedError)
            assert numbers(books, leg) == [5]

    def test_a_receipt_names_what_went_back(self, books: Books) -> None:
        line = books.fund("100").lines[0]
        books.do(funders.record_receipt, line=line, amount="50")
        books.do(funders.return_to_funder, line=line, amount="30")

        assert undoing.why_not(books.session, books.entry(2)) is not None
        assert numbers(books, 2) == [3]

    def test_a_reversal_and_what_is_reversed_say_so(self, books: Books) -> None:
        books.fund("100")
        books.reverse(1)

        for number, said in ((1, "is reversed already, by entry #2"), (2, "is itself a reversal")):
            for why in (undoing.why_not, undoing.why_not_correct):
                refusal = why(books.session, books.entry(number))
                assert refusal is not None
                assert said in refusal.sentence

    def test_a_leg_is_undone_but_not_corrected(self, books: Books) -> None:
        books.do(allocations.carry_forward, line=books.fund("100").lines[0], amount="10")

        assert undoing.why_not(books.session, books.entry(2)) is None
        refusal = undoing.why_not_correct(books.session, books.entry(2))
        assert refusal is not None
        assert "two legs" in refusal.sentence


def test_an_entry_too_large_to_be_a_number_is_not_found(books: Books) -> None:
    for number in (0, 7, 10**30):
        with pytest.raises(NotFoundRefusal, match=f"no entry #{number}"):
            reversals.find_entry(books.session, number)
