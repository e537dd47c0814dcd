"""Conditions and agreements: set, offered, met and accepted, and the payments that wait for a condition."""

from datetime import date

import pytest

from fundtracker.domain.refusals import DateRefusedError, NothingToDoError, ReasonMissingError, WrongStateError
from fundtracker.domain.statuses import AwardStatus
from fundtracker.domain.terms import AgreementStatus
from fundtracker.services.agreeing import accept_agreement, offer_agreement, set_condition
from fundtracker.services.exceptions.listing import list_exceptions
from fundtracker.services.exceptions.rules import Rule
from fundtracker.services.figures import as_at
from fundtracker.services.hanging import hanging_on
from fundtracker.services.listings.awards import OFFERED, list_awards
from fundtracker.services.listings.filters import Filters
from fundtracker.services.moves import take_step
from fundtracker.services.variations import withdraw_award
from fundtracker.store.awards import Award
from fundtracker.store.terms import Agreement
from tests.books.builder import LATER, Books, particulars
from tests.services.paying import states

JULY = date(2020, 7, 31)


@pytest.fixture
def award(books: Books) -> Award:
    """Award £900.00 without a schedule."""
    return books.award(books.fund("5,000", reference="SRF20"), "900", to=books.organisation("Riders"))


def offered(books: Books) -> int:
    books.session.rollback()
    return list_awards(books.session, as_at(books.session), Filters(status=OFFERED)).count


class TestConditions:
    def test_one_before_payment_holds_until_it_is_met_or_waived(self, books: Books, award: Award) -> None:
        books.do(set_condition, award=award, says="A budget")
        checks = books.do(set_condition, award=award, says="DBS checks seen", before_payment=True)
        assert [held for *_, held in states(books)] == ["Not met yet: DBS checks seen"]
        with pytest.raises(ReasonMissingError, match="what shows that it is met"):
            books.change(take_step, term=checks, step="meet", particulars=particulars())
        books.change(take_step, term=checks, step="meet", particulars=particulars(narrative="Two certificates"))
        assert (checks.note, checks.settled_on) == ("Two certificates", LATER)
        assert [held for *_, held in states(books)] == [""]
        books.change(take_step, term=checks, step="take-back", particulars=particulars(narrative="One was forged"))
        assert [held for *_, held in states(books)] == ["Not met yet: DBS checks seen"]
        books.change(take_step, term=checks, step="take-off", particulars=particulars(narrative="Not ours to ask"))
        assert [held for *_, held in states(books)] == [""]

    def test_it_is_set_once_and_in_words(self, books: Books, award: Award) -> None:
        books.do(set_condition, award=award, says="A budget")
        for says, why in (("a Budget", "set already"), ("  ", "must do or show")):
            with pytest.raises(NothingToDoError, match=why):
                books.do(set_condition, award=award, says=says)

    def test_an_award_that_is_withdrawn_asks_for_nothing_more(self, books: Books, award: Award) -> None:
        books.do(withdraw_award, award=award, keep_paid=False)
        assert award.status is AwardStatus.WITHDRAWN
        with pytest.raises(WrongStateError, match="nothing more is asked"):
            books.do(set_condition, award=award, says="A budget")


class TestAgreements:
    def test_it_is_offered_late_accepted_and_taken_back(self, books: Books, award: Award) -> None:
        offer = books.do(offer_agreement, award=award, accept_by=JULY)
        hangs = hanging_on(books.session, award)
        assert (hangs.agreement, hangs.accept_by, hangs.is_late) == (AgreementStatus.OFFERED, JULY, True)
        assert offered(books) == 1
        (late,) = list_exceptions(books.session, as_at(books.session), {Rule.NOT_ACCEPTED})
        assert late.found.detail == "its agreement was to be accepted by 31 July 2020"
        with pytest.raises(WrongStateError, match="is offered already"):
            books.do(offer_agreement, award=award)
        with pytest.raises(NothingToDoError, match="who signed it"):
            books.do(accept_agreement, agreement=offer, signed_by=" ")
        books.do(accept_agreement, agreement=offer, signed_by="A. Rider")
        assert offered(books) == 0
        books.change(take_step, term=offer, step="take-back", particulars=particulars(narrative="Wrong award"))
        assert (offer.status, offer.signed_by, offered(books)) == (AgreementStatus.OFFERED, "", 1)

    def test_it_lapses_after_its_day_and_may_be_offered_again(self, books: Books, award: Award) -> None:
        offer = books.do(offer_agreement, award=award, accept_by=JULY)
        with pytest.raises(DateRefusedError, match="can be accepted until 31 July 2020"):
            books.do(take_step, on=JULY, term=offer, step="lapse")
        books.do(take_step, on=date(2020, 8, 1), term=offer, step="lapse")
        again: Agreement = books.do(offer_agreement, on=date(2020, 8, 2), award=award)
        assert again.id != offer.id
        books.do(take_step, on=date(2020, 8, 3), term=again, step="decline")
        assert hanging_on(books.session, award).agreement is AgreementStatus.DECLINED

    def test_days_that_cannot_be(self, books: Books, award: Award) -> None:
        with pytest.raises(DateRefusedError, match="before it is offered"):
            books.do(offer_agreement, award=award, accept_by=date(2020, 6, 1))
        with pytest.raises(DateRefusedError, match="was awarded on 30 June 2020"):
            books.do(offer_agreement, on=date(2020, 6, 1), award=award)
