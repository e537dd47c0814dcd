"""Payments of a run that a match tells of: paid, found by the bank's reference, and sent again once it is undone."""

from datetime import date

import pytest

from fundtracker.domain.refusals import WrongStateError
from fundtracker.services.confirming import PaymentState, confirm_payment, fail_payment, state_of
from fundtracker.services.figures import as_at
from fundtracker.services.listings.filters import Filters
from fundtracker.services.listings.payments import list_payments
from fundtracker.services.reconciling.matching import undo_match
from fundtracker.services.reconciling.proposals import propose
from fundtracker.services.reconciling.scope import open_scope
from fundtracker.services.reconciling.standing import stand
from fundtracker.store.awards import Award, Payment
from tests.books.builder import Books, particulars
from tests.services.conftest import fund, officers, planned
from tests.services.paying import Officers, due, send
from tests.services.reconciling.builder import ANN, finance_lines, matched

__all__ = ["fund", "officers", "planned"]
SENT, PAID, AUGUST = date(2020, 7, 1), date(2020, 7, 3), date(2020, 8, 31)


@pytest.fixture
def sent(books: Books, planned: Award, officers: Officers) -> Payment:
    """Send the first half of an award in a run: entry 3."""
    return send(books, officers, due(books, planned), on=SENT)[0]


def test_a_match_tells_that_a_sent_payment_is_paid(books: Books, sent: Payment) -> None:
    (line,) = finance_lines(books.session, {"amount": "450", "on": PAID, "reference": "BACS 7"})
    matched(books.session, [line], [3])
    assert (sent.voucher, sent.confirmed_on) == ("BACS 7", PAID)
    assert state_of(books.session, sent) is PaymentState.RECONCILED
    listed = list_payments(books.session, as_at(books.session), Filters(text="bacs 7")).rows
    assert [(row.number, row.voucher) for row in listed] == [(3, "BACS 7")]


@pytest.mark.parametrize("day", [date(2020, 6, 30), None], ids=["before it was sent", "no day"])
def test_a_line_that_cannot_say_when_confirms_nothing(books: Books, sent: Payment, day: date | None) -> None:
    (line,) = finance_lines(books.session, {"amount": "450", "on": day, "reference": "BACS 7"})
    matched(books.session, [line], [3])
    assert (sent.voucher, sent.confirmed_on) == ("", None)


def test_undoing_the_match_undoes_what_it_told(books: Books, sent: Payment) -> None:
    (line,) = finance_lines(books.session, {"amount": "450", "on": PAID, "reference": "BACS 7"})
    made = matched(books.session, [line], [3])
    books.change(undo_match, number=made.id, by=ANN)
    assert state_of(books.session, sent) is PaymentState.SENT
    assert (sent.voucher, sent.confirmed_on) == ("", None)
    matched(books.session, [line], [3])
    assert sent.confirmed_on == PAID


def test_what_a_person_confirmed_stays_when_a_match_is_undone(books: Books, sent: Payment) -> None:
    books.change(confirm_payment, payment=sent, voucher="BACS 7", on=PAID, by=ANN)
    (line,) = finance_lines(books.session, {"amount": "450", "on": PAID, "reference": "BACS 7"})
    made = matched(books.session, [line], [3])
    books.change(undo_match, number=made.id, by=ANN)
    assert (state_of(books.session, sent), sent.voucher) == (PaymentState.PAID, "BACS 7")


def test_the_banks_reference_finds_the_payment_whatever_the_payee_is_called(books: Books, sent: Payment) -> None:
    books.change(confirm_payment, payment=sent, voucher="BACS00071", on=PAID, by=ANN)
    finance_lines(books.session, {"amount": "450", "on": PAID, "reference": "BACS00071", "payee": "REDACTED"},
                  {"amount": "450", "on": PAID, "reference": "BACS00072", "payee": "REDACTED"})  # fmt: skip
    (found, *_) = propose(books.session, stand(books.session, open_scope(books.session, until=AUGUST))).suggested
    assert [(row.reference) for row in found.lines] == ["BACS00071"]
    assert found.ours[0].voucher == "BACS00071"


def test_a_matched_payment_that_fails_leaves_its_reversal_to_deal_with(books: Books, sent: Payment) -> None:
    lines = finance_lines(books.session, {"amount": "450", "on": PAID, "reference": "BACS 7"},
                          {"amount": "-450", "on": date(2020, 7, 9), "reference": "RTN 1"})  # fmt: skip
    matched(books.session, lines[:1], [3])
    books.change(fail_payment, payment=sent, particulars=particulars(date(2020, 7, 9), narrative="Account closed"))
    after = stand(books.session, open_scope(books.session, until=AUGUST))
    assert (after.everything.theirs, after.everything.ours, after.left) == (0, 0, 2)
    matched(books.session, lines[1:], [books.entry(-1).number])
    assert stand(books.session, open_scope(books.session, until=AUGUST)).reconciled
    with books.refused(WrongStateError, "reversed already"):
        books.change(confirm_payment, payment=sent, voucher="BACS 8", on=PAID, by=ANN)
