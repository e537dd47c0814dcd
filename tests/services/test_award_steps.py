"""What can be done to an award from where it stands: never offered where the verb refuses."""

from collections.abc import Callable
from typing import Any

import pytest

from fundtracker.services import awards, gifts, payments, variations
from fundtracker.services.award_steps import Step, barred, is_undone
from fundtracker.services.awards import AwardDetails
from fundtracker.store.awards import Award
from tests.books.builder import Books

Make = Callable[[Books], Award]


def paid(books: Books) -> Award:
    award = books.award(books.fund("100"), "10")
    books.pay(award, "10")
    return award


def lowered(books: Books) -> Award:
    award = paid(books)
    books.do(variations.vary_award, line=award.lines[0], by="-4")
    return award


def done(verb: Callable[..., Any], make: Make, **given: Any) -> Make:
    def made(books: Books) -> Award:
        award = make(books)
        books.do(verb, award=award, **given)
        return award

    return made


def firm(books: Books) -> Award:
    return books.award(books.fund("100"), "10")


def unstated(books: Books) -> Award:
    return books.award(books.fund("100"), None)


def undone(books: Books) -> Award:
    award = firm(books)
    books.reverse(books.entry(-1).number)
    return award


def gift(books: Books) -> Award:
    details = AwardDetails(recipient=books.organisation(), shares=(), purpose="Eight bicycles")
    return books.do(gifts.record_gift, details=details)


def in_error(books: Books) -> Award:
    payment = books.pay(firm(books), "10")
    holder = books.organisation("Wythall Parish Council")
    return books.do(payments.move_payment, payment=payment, holder=holder)


WITHDRAWN = done(variations.withdraw_award, firm, keep_paid=False)
TAKEN_BACK = done(variations.withdraw_award, unstated, keep_paid=False)
COMPLETED = done(awards.complete_award, paid)
CASES: list[tuple[Make, set[Step]]] = [
    (firm, {Step.VARY, Step.WITHDRAW}),
    (paid, {Step.VARY, Step.WITHDRAW, Step.COMPLETE}),
    (lowered, {Step.VARY, Step.WITHDRAW, Step.WRITE_OFF}),
    (unstated, {Step.SETTLE, Step.WITHDRAW}),
    (undone, set()),
    (gift, {Step.WITHDRAW}),
    (in_error, {Step.WRITE_OFF}),
    (WITHDRAWN, set()),
    (TAKEN_BACK, {Step.REOPEN}),
    (COMPLETED, {Step.VARY, Step.WITHDRAW, Step.REOPEN}),
]


@pytest.mark.parametrize(("make", "may"), CASES)
def test_each_step_is_offered_where_it_can_be_taken(books: Books, make: Make, may: set[Step]) -> None:
    award = make(books)
    why = barred(books.session, award)
    assert set(Step) - why.keys() == may
    assert all(reason.startswith((award.reference, "What ")) and reason.endswith(".") for reason in why.values())


@pytest.mark.parametrize(("make", "step"), [(make, step) for make, may in CASES for step in sorted(may)])
def test_the_verb_takes_each_step_that_is_offered(books: Books, make: Make, step: Step) -> None:
    award = make(books)
    take(books, award, step)
    assert not is_undone(books.session, award)


def take(books: Books, award: Award, step: Step) -> None:
    match step:
        case Step.VARY:
            books.do(variations.vary_award, line=award.lines[0], by="-1")
        case Step.SETTLE:
            books.do(awards.settle, line=award.lines[0], amount="1")
        case Step.WITHDRAW:
            books.do(variations.withdraw_award, award=award, keep_paid=True)
        case Step.WRITE_OFF:
            books.do(variations.write_off, line=award.lines[0])
        case Step.COMPLETE:
            books.do(awards.complete_award, award=award)
        case Step.REOPEN:
            books.do(variations.reopen_award, award=award)
