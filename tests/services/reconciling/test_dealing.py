"""Dealing with lines and payments: what adds up, what is refused, and what comes over from before; on both engines."""

from datetime import date

import pytest
from sqlalchemy.orm import Session

from fundtracker.domain.money import Pence
from fundtracker.domain.refusals import NotFoundRefusal
from fundtracker.domain.statuses import Explanation
from fundtracker.domain.years import now
from fundtracker.services import payments
from fundtracker.services.reconciling import matching
from fundtracker.services.reconciling.explaining import explain, undo_explanation
from fundtracker.services.reconciling.items import Side
from fundtracker.services.reconciling.matching import undo_match
from fundtracker.services.reconciling.proposals import propose
from fundtracker.services.reconciling.refusals import (
    DealtWithError,
    NoteMissingError,
    NotTogetherError,
    SumsDifferError,
)
from fundtracker.services.reconciling.rows import State
from fundtracker.services.reconciling.scope import open_scope
from fundtracker.services.reconciling.standing import Standing, stand
from fundtracker.store.awards import Award
from fundtracker.store.reconciling import Matching, MatchingEntry, MatchingLine
from tests.books.builder import Books
from tests.services.reconciling.builder import ANN, QUARTER, finance_lines, matched

MAY, JULY = date(2020, 5, 7), date(2020, 7, 2)


@pytest.fixture
def award(books: Books) -> Award:
    """Award £9,000.00, of which two payments are made in May: entries 3 and 4."""
    award = books.award(books.fund("10,000"), "9,000", on=MAY)
    books.pay(award, "1,680", MAY)
    books.pay(award, "810", MAY)
    return award


def standing(books: Books, until: date = QUARTER) -> Standing:
    return stand(books.session, open_scope(books.session, until=until))


def test_the_difference_goes_to_nought_as_lines_are_dealt_with(books: Books, award: Award) -> None:
    one, fee = finance_lines(
        books.session, {"amount": "2,490", "on": MAY}, {"amount": "25", "on": MAY, "payee": "Bank"}
    )
    before = standing(books)
    assert (before.everything.ours, before.everything.theirs, before.difference) == (249_000, 251_500, 2_500)
    matched(books.session, [one], [3, 4])
    books.change(explain, side=Side.LINE, number=fee, reason=Explanation.NOT_OURS, note="Charge", owner="Ann", by=ANN)
    after = standing(books)
    assert (after.difference, after.left, after.reconciled) == (0, 0, True)
    assert after.because(Explanation.NOT_OURS).difference == 2_500
    assert after.everything.theirs == after.of(State.MATCHED).theirs + after.of(State.EXPLAINED).theirs


def test_a_match_that_does_not_add_up_needs_a_note_and_an_owner(books: Books, award: Award) -> None:
    (line,) = finance_lines(books.session, {"amount": "810.01", "on": MAY})
    with books.refused(SumsDifferError, "£0.01 more than the payments"):
        matched(books.session, [line], [4])
    matched(books.session, [line], [4], note="Typed a penny short", owner="Finance officer")
    assert standing(books).stated == 1
    assert standing(books).difference == -168_000


def test_a_line_or_a_payment_is_never_used_twice(books: Books, award: Award) -> None:
    lines = finance_lines(books.session, {"amount": "810"}, {"amount": "810"}, {"amount": "1,680"})
    made = matched(books.session, [lines[0]], [4])
    with books.refused(DealtWithError, "matched already"):
        matched(books.session, [lines[1]], [4])
    with books.refused(DealtWithError, "matched already"):
        books.change(explain, side=Side.LINE, number=lines[0], reason=Explanation.QUERY, note="x", owner="y", by=ANN)
    books.change(undo_match, number=made.id, by=ANN)
    with books.refused(DealtWithError, "undone by Ann"):
        books.change(undo_match, number=made.id, by=ANN)
    matched(books.session, [lines[1]], [4])
    with books.refused(NotFoundRefusal):
        matched(books.session, [999], [3])
    with books.refused(NotFoundRefusal):
        matched(books.session, [lines[2]], [1])  # an allocation


def test_lines_alone_are_matched_only_where_they_cancel(books: Books, award: Award) -> None:
    debit, credit, other = finance_lines(books.session, {"amount": "50"}, {"amount": "-50"}, {"amount": "20"})
    with books.refused(NotTogetherError, "cancel each other"):
        matched(books.session, [debit, other], [])
    with books.refused(NotTogetherError):
        matched(books.session, [other], [])
    matched(books.session, [debit, credit], [])


def test_an_explanation_has_a_note_an_owner_and_a_reason_of_its_side(books: Books, award: Award) -> None:
    asked = {"side": Side.OURS, "number": 3, "reason": Explanation.QUERY, "note": "Why", "owner": "Ann", "by": ANN}
    for wrong in ({"note": " "}, {"owner": ""}, {"reason": Explanation.NEVER_RECORDED}):
        with books.refused(NoteMissingError):
            books.change(explain, **asked | wrong)
    made = books.change(explain, **asked)
    again = books.change(explain, **asked | {"reason": Explanation.TIMING})
    assert not made.live
    assert again.live
    books.change(undo_explanation, number=again.id, by=ANN)
    assert standing(books).of(State.EXPLAINED).payments == 0


def test_a_payment_undone_is_no_money_and_a_refund_is_a_line_of_its_own(books: Books, award: Award) -> None:
    books.reverse(4, QUARTER)
    books.do(payments.refund, QUARTER, line=award.lines[0], amount="80", lowers_award=False)
    here = standing(books)
    assert [(row.id, row.amount) for row in here.ours] == [(3, 168_000), (6, -8_000)]
    (line,) = finance_lines(books.session, {"amount": "-80", "on": QUARTER})
    matched(books.session, [line], [6])
    assert standing(books).difference == -168_000


def test_a_payment_that_is_matched_and_then_undone_leaves_its_reversal(books: Books, award: Award) -> None:
    lines = finance_lines(books.session, {"amount": "810", "on": MAY}, {"amount": "-810", "on": QUARTER})
    matched(books.session, [lines[0]], [4])
    books.reverse(4, QUARTER)
    assert [(row.id, row.state) for row in standing(books).ours[1:]] == [(4, State.MATCHED), (5, State.LEFT)]
    matched(books.session, [lines[1]], [5])
    assert standing(books).difference == -168_000


def test_what_waits_comes_over_into_the_next_period_and_is_matched_there(books: Books, award: Award) -> None:
    lines = finance_lines(books.session, {"amount": "1,680", "on": MAY}, {"amount": "810", "on": JULY})
    matched(books.session, [lines[0]], [3])
    hint = propose(books.session, standing(books)).ours[0][1]
    assert hint
    assert hint.reason is Explanation.TIMING
    assert "2 July 2020" in hint.says
    books.change(explain, side=Side.OURS, number=4, reason=Explanation.TIMING, note="July", owner="Ann", by=ANN)
    assert standing(books).reconciled
    books.close(QUARTER)
    here = standing(books, date(2020, 9, 30))
    assert [(row.id, row.before, row.state) for row in here.ours] == [(4, True, State.EXPLAINED)]
    (made,) = propose(books.session, here).suggested
    matched(books.session, [row.id for row in made.lines], [row.id for row in made.ours])
    assert standing(books, date(2020, 9, 30)).reconciled


def test_vat_on_a_line_that_fits_a_grant_is_asked_about(books: Books, award: Award) -> None:
    finance_lines(books.session, {"amount": "1,680", "on": MAY, "vat": Pence(28_000)}, {"amount": "810", "on": MAY})
    suggested = {one.lines[0].amount: one.made for one in propose(books.session, standing(books)).suggested}
    assert "VAT of £280.00 is charged" in suggested[Pence(168_000)].doubts[-1]
    assert not any("VAT" in doubt for doubt in suggested[Pence(81_000)].doubts)


def test_a_match_with_something_outside_the_days_is_left(books: Books, award: Award) -> None:
    (line,) = finance_lines(books.session, {"amount": "1,680", "on": JULY})
    matched(books.session, [line], [3])
    assert next((row.id, row.state, row.outside) for row in standing(books).ours) == (3, State.LEFT, True)
    assert standing(books, JULY).left == 1


def test_a_line_used_by_another_just_now_is_refused_in_words(books: Books, award: Award) -> None:
    one, other = finance_lines(books.session, {"amount": "810"}, {"amount": "810"})
    matched(books.session, [one], [4])
    made = Matching(score=0, reason="raced", made_at=now(), made_by="raw")
    made.lines = [MatchingLine(finance_line_id=other, live=True)]
    made.entries = [MatchingEntry(entry_number=4, live=True)]

    def race(session: Session) -> None:
        session.add(made)
        matching.flush_once(session)

    with books.refused(DealtWithError, "dealt with one of these just now"):
        books.change(race)
