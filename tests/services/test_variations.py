"""Variations, withdrawals and write-offs."""

from datetime import date

from fundtracker.domain.kinds import Kind
from fundtracker.domain.refusals import (
    BelowZeroError,
    DateRefusedError,
    DecisionMissingError,
    FundNotOpenError,
    MoreThanAwardedError,
    NotEnoughLeftError,
    NothingToDoError,
    WrongStateError,
)
from fundtracker.domain.statuses import AwardStatus
from fundtracker.services import allocations, funds, payments, variations
from fundtracker.services.awards import Share
from tests.books.builder import Books, pence

JUNE = date(2020, 6, 1)


class TestVariation:
    def test_up_is_refused_beyond_what_is_left(self, books: Books) -> None:
        award = books.award(books.fund("100"), "60")

        with books.refused(NotEnoughLeftError, "There is £40.00 left", "needs £40.01, £0.01 more"):
            books.do(variations.vary_award, line=award.lines[0], by="40.01")
        books.do(variations.vary_award, line=award.lines[0], by="40")

        assert award.lines[0].awarded == pence("100")

    def test_down_below_what_was_paid_is_owed(self, books: Books) -> None:
        award = books.award(books.fund("100"), "60")
        books.pay(award, "60")

        books.do(variations.vary_award, line=award.lines[0], by="-20")

        assert award.lines[0].to_recover == pence("20")
        with books.refused(MoreThanAwardedError, "£0.00 still to pay of £40.00", "£1.00 is £1.00 too much"):
            books.pay(award, "1")

    def test_below_nothing_or_of_nothing_is_refused(self, books: Books) -> None:
        award = books.award(books.fund("100"), "60")

        with books.refused(BelowZeroError, "has £60.00 awarded", "by £60.01"):
            books.do(variations.vary_award, line=award.lines[0], by="-60.01")
        with books.refused(NothingToDoError, "other than £0.00"):
            books.do(variations.vary_award, line=award.lines[0], by=0)

    def test_is_not_dated_before_the_award(self, books: Books) -> None:
        award = books.award(books.fund("100"), "60", on=JUNE)

        for by in ("1", "-1"):
            with books.refused(DateRefusedError, "was awarded on 1 June 2020", "cannot be dated earlier"):
                books.do(variations.vary_award, date(2020, 5, 31), line=award.lines[0], by=by)

    def test_up_in_a_closed_fund_is_refused_and_down_is_not(self, books: Books) -> None:
        fund = books.fund("100")
        award = books.award(fund, "60")
        books.do(funds.close_fund, fund=fund)

        with books.refused(FundNotOpenError, "is closed"):
            books.do(variations.vary_award, line=award.lines[0], by="1")
        books.do(variations.vary_award, line=award.lines[0], by="-1")

        assert award.lines[0].awarded == pence("59")


class TestWithdrawal:
    def test_gives_every_line_back(self, books: Books) -> None:
        fund, other = books.fund("100"), books.fund("100", name="Covid-19 response fund")
        award = books.award_shares(*(Share(line=f.lines[0], amount=pence("60")) for f in (fund, other)))
        books.pay(award, "10")

        books.do(variations.withdraw_award, award=award, keep_paid=True)

        assert [line.awarded for line in award.lines] == [pence("10"), 0]
        assert (award.status, award.withdrawn_on) == (AwardStatus.WITHDRAWN, date(2020, 6, 30))
        for verb in (
            lambda: books.do(variations.withdraw_award, award=award, keep_paid=True),
            lambda: books.do(variations.vary_award, line=award.lines[0], by="-1"),
        ):
            with books.refused(WrongStateError, "is withdrawn already"):
                verb()

    def test_of_an_award_with_no_money_posts_nothing(self, books: Books) -> None:
        award = books.award(books.fund("100"), None)

        assert books.do(variations.withdraw_award, award=award, keep_paid=True) == []
        assert award.status is AwardStatus.WITHDRAWN

    def test_is_not_dated_before_the_award(self, books: Books) -> None:
        fund = books.fund("100")
        firm, unstated = books.award(fund, "1", on=JUNE), books.award(fund, None, on=JUNE)

        for award in (firm, unstated):
            with books.refused(DateRefusedError, "was awarded on 1 June 2020", "cannot be dated earlier"):
                books.do(variations.withdraw_award, date(2020, 5, 31), award=award, keep_paid=False)

    def test_reversed_lets_the_award_stand_again(self, books: Books) -> None:
        fund = books.fund("100")
        award = books.award(fund, "60")
        books.do(variations.withdraw_award, award=award, keep_paid=False)

        books.reverse(books.entry(-1).number)

        assert (award.status, award.withdrawn_on) == (AwardStatus.AWARDED, None)
        assert award.lines[0].awarded == pence("60")

    def test_reversed_after_the_money_went_elsewhere_is_refused(self, books: Books) -> None:
        fund = books.fund("100")
        award = books.award(fund, "60")
        books.do(variations.withdraw_award, award=award, keep_paid=False)
        number = books.entry(-1).number
        books.award(fund, "50")

        with books.refused(NotEnoughLeftError, "£50.00 left", "£10.00 more"):
            books.reverse(number)


class TestWriteOff:
    def test_raises_the_award_to_what_was_paid(self, books: Books) -> None:
        award = books.award(books.fund("100"), "60")
        books.pay(award, "60")
        books.do(variations.vary_award, line=award.lines[0], by="-20")

        books.do(variations.write_off, line=award.lines[0], amount="5")
        books.do(variations.write_off, line=award.lines[0])

        assert books.entries()[-2:] == [(Kind.WRITE_OFF, pence("5")), (Kind.WRITE_OFF, pence("15"))]
        assert (award.lines[0].awarded, award.lines[0].to_recover) == (pence("60"), 0)

    def test_is_never_refused_for_lack_of_money(self, books: Books) -> None:
        fund = books.fund("100")
        award = books.award(fund, "60")
        books.pay(award, "60")
        books.do(variations.withdraw_award, award=award, keep_paid=False)
        books.award(fund, "100")

        books.do(variations.write_off, line=award.lines[0])

        assert fund.lines[0].remaining == pence("-60")

    def test_needs_a_decision_and_something_owed(self, books: Books) -> None:
        award = books.award(books.fund("100"), "60")
        with books.refused(NothingToDoError, "nothing to recover"):
            books.do(variations.write_off, line=award.lines[0])
        books.pay(award, "60")
        books.do(variations.vary_award, line=award.lines[0], by="-20")

        with books.refused(DecisionMissingError, "a write-off needs"):
            books.do(variations.write_off, line=award.lines[0], decision="")
        with books.refused(BelowZeroError, "has £20.00 to recover"):
            books.do(variations.write_off, line=award.lines[0], amount="20.01")
        for amount in (0, -1):
            with books.refused(NothingToDoError, "more than £0.00"):
                books.do(variations.write_off, line=award.lines[0], amount=amount)

    def test_is_not_dated_before_it_was_owed(self, books: Books) -> None:
        award = books.award(books.fund("100"), "60", on=JUNE)
        books.pay(award, "60", on=JUNE)
        books.do(variations.vary_award, date(2020, 6, 10), line=award.lines[0], by="-20")

        with books.refused(BelowZeroError, "On 9 June 2020", "£0.00 was to recover", "Enter a later date"):
            books.do(variations.write_off, date(2020, 6, 9), line=award.lines[0])
        books.do(variations.write_off, date(2020, 6, 10), line=award.lines[0])

        assert award.lines[0].to_recover == 0

    def test_reversed_is_owed_again(self, books: Books) -> None:
        award = books.award(books.fund("100"), "60")
        books.pay(award, "60")
        books.do(variations.vary_award, line=award.lines[0], by="-20")
        books.do(variations.write_off, line=award.lines[0])

        books.reverse(books.entry(-1).number)

        assert award.lines[0].to_recover == pence("20")


def test_a_rise_in_a_fund_over_allocated_by_a_cut_is_refused(books: Books) -> None:
    fund = books.fund("100")
    award = books.award(fund, "90")
    books.do(allocations.record_cut, line=fund.lines[0], amount="20")

    with books.refused(NotEnoughLeftError, "−£10.00 left", "£11.00 more"):
        books.do(variations.vary_award, line=award.lines[0], by="1")
    books.do(payments.pay, line=award.lines[0], amount="90")

    assert award.lines[0].to_pay == 0
