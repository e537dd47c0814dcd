"""Letting an award stand again, and adding nothing to one that has been reversed."""

from datetime import date

from fundtracker.domain.kinds import EventKind
from fundtracker.domain.refusals import DateRefusedError, WrongStateError
from fundtracker.domain.statuses import AwardStatus
from fundtracker.services import awards, reversals, variations
from fundtracker.services.events import events_of
from tests.books.builder import Books, pence

MAY, JULY = date(2020, 5, 1), date(2020, 7, 1)


class TestReopening:
    def test_a_completed_award_stands_again_and_says_so(self, books: Books) -> None:
        award = books.award(books.fund("100"), "10")
        books.pay(award, "10")
        books.do(awards.complete_award, award=award)

        books.do(variations.reopen_award, award=award)

        assert award.status is AwardStatus.AWARDED
        assert [event.kind for event in events_of(books.session, award)] == [
            EventKind.AWARD_COMPLETED,
            EventKind.AWARD_REOPENED,
        ]
        with books.refused(WrongStateError, "SRF20-001 stands as awarded already"):
            books.do(variations.reopen_award, award=award)

    def test_a_withdrawal_that_posted_nothing_is_undone(self, books: Books) -> None:
        award = books.award(books.fund("100"), None)
        books.do(variations.withdraw_award, award=award, keep_paid=True)

        books.do(variations.reopen_award, award=award)

        assert (award.status, award.withdrawn_on) == (AwardStatus.AWARDED, None)
        books.do(awards.settle, line=award.lines[0], amount="10")
        assert award.lines[0].awarded == pence("10")

    def test_a_withdrawal_that_posted_is_reversed_instead(self, books: Books) -> None:
        award = books.award(books.fund("100"), "10")
        books.do(variations.withdraw_award, award=award, keep_paid=False)

        with books.refused(WrongStateError, "was withdrawn by entry #3", "Reverse that entry"):
            books.do(variations.reopen_award, award=award)
        books.reverse(3)
        books.pay(award, "10")
        books.do(variations.withdraw_award, award=award, keep_paid=True)
        books.do(variations.reopen_award, award=award)

        assert award.status is AwardStatus.AWARDED

    def test_is_not_dated_before_what_it_undoes(self, books: Books) -> None:
        award = books.award(books.fund("100"), None, on=MAY)
        books.do(variations.withdraw_award, JULY, award=award, keep_paid=True)

        with books.refused(DateRefusedError, "was withdrawn on 1 July 2020", "cannot stand again before then"):
            books.do(variations.reopen_award, date(2020, 6, 30), award=award)
        with books.refused(DateRefusedError, "was awarded on 1 May 2020"):
            books.do(variations.reopen_award, date(2020, 4, 30), award=award)


class TestReversedAward:
    def test_takes_no_rise(self, books: Books) -> None:
        award = books.award(books.fund("100"), "10")
        books.reverse(books.entry(-1).number)

        with books.refused(WrongStateError, "What SRF20-001 awarded has been reversed", "Record a new award"):
            books.do(variations.vary_award, line=award.lines[0], by="1")
        with books.refused(WrongStateError, "What SRF20-001 awarded has been reversed"):
            books.do(awards.settle, line=award.lines[0], amount="1")

    def test_still_gives_up_what_a_variation_left_on_it(self, books: Books) -> None:
        award = books.award(books.fund("100"), "10")
        books.do(variations.vary_award, line=award.lines[0], by="5")
        books.reverse(2)

        with books.refused(WrongStateError, "has been reversed"):
            books.do(variations.vary_award, line=award.lines[0], by="1")
        books.do(variations.vary_award, line=award.lines[0], by="-5")

        assert award.lines[0].awarded == 0

    def test_of_another_amount_put_in_its_place_is_not_undone(self, books: Books) -> None:
        award = books.award(books.fund("100"), "10")
        books.do(reversals.replace_entry, entry=books.entry(2), amount="8")

        books.do(variations.vary_award, line=award.lines[0], by="1")

        assert award.lines[0].awarded == pence("9")
