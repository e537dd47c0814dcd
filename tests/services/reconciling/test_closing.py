"""Closing a period: by two people, only when nothing is left, against every door, and reopened with a reason."""

from datetime import UTC, date, datetime, timedelta

import pytest
from sqlalchemy import select, update

from fundtracker.domain.refusals import ClosedPeriodError, DateRefusedError, ReasonMissingError, WrongStateError
from fundtracker.domain.roles import Actor, Role
from fundtracker.domain.statuses import BatchKind, Explanation, PeriodStep
from fundtracker.domain.years import today
from fundtracker.services import payments, people
from fundtracker.services.bringing.choices import Choices
from fundtracker.services.bringing.undoing import BatchInUseError, undo_batch
from fundtracker.services.reconciling import closing
from fundtracker.services.reconciling.explaining import explain, undo_explanation
from fundtracker.services.reconciling.items import Side
from fundtracker.services.reconciling.matching import undo_match
from fundtracker.services.reconciling.refusals import NotReconciledError, PeriodClosedError, SamePersonError
from fundtracker.services.reconciling.scope import open_scope
from fundtracker.services.reconciling.standing import stand
from fundtracker.sheets.batches.bringing import read_rows, record
from fundtracker.store.awards import Award
from fundtracker.store.books import Book
from fundtracker.store.imports import Batch
from fundtracker.store.reconciling import FinanceLine
from fundtracker.store.transactions import transaction
from tests.books.builder import Books
from tests.services.reconciling.builder import QUARTER, finance_lines, matched
from tests.store.raw import refused_entry

MAY = date(2020, 5, 7)


@pytest.fixture
def two(books: Books) -> tuple[Actor, Actor]:
    """Give two finance officers."""

    def officer(name: str) -> Actor:
        person = books.change(people.add_person, email=f"{name}@example.org", name=name, role=Role.FINANCE)
        return Actor(name, person.id)

    return officer("Ann"), officer("Ben")


@pytest.fixture
def award(books: Books) -> Award:
    """Award £9,000.00, of which £810.00 is paid in May: entry 3."""
    award = books.award(books.fund("10,000"), "9,000", on=MAY)
    books.pay(award, "810", MAY)
    return award


@pytest.fixture
def number(books: Books, award: Award) -> int:
    """Reconcile the quarter with one line, and give its match."""
    (line,) = finance_lines(books.session, {"amount": "810", "on": MAY})
    return matched(books.session, [line], [3]).id


def test_two_people_close_a_period(books: Books, number: int, two: tuple[Actor, Actor]) -> None:
    ann, ben = two
    with books.refused(WrongStateError, "No period waits"):
        books.change(closing.close_period, by=ben)
    books.change(closing.ask_to_close, until=QUARTER, by=ann)
    with books.refused(SamePersonError, "Another person closes it"):
        books.change(closing.close_period, by=ann)
    with books.refused(WrongStateError, "waits to be closed already"):
        books.change(closing.ask_to_close, until=QUARTER, by=ben)
    step = books.change(closing.close_period, by=ben)
    assert (step.step, step.closed_to, step.finance_total, step.tracker_total) == (
        PeriodStep.CLOSED, QUARTER, 81_000, 81_000)  # fmt: skip
    assert books.session.scalar(select(Book.closed_to)) == QUARTER


def test_the_command_line_is_one_person(books: Books, number: int) -> None:
    books.change(closing.ask_to_close, until=QUARTER, by=Actor("one shell"))
    with books.refused(SamePersonError):
        books.change(closing.close_period, by=Actor("another shell"))


def test_equal_amounts_that_have_nothing_to_do_with_each_other_do_not_close_it(
    books: Books, award: Award, two: tuple[Actor, Actor]
) -> None:
    finance_lines(books.session, {"amount": "810", "on": MAY, "payee": "Bank"})
    assert stand(books.session, open_scope(books.session, until=QUARTER)).difference == 0
    with books.refused(NotReconciledError, "2 lines or payments are not dealt with"):
        books.change(closing.ask_to_close, until=QUARTER, by=two[0])


def test_what_comes_between_is_met_when_it_is_closed(books: Books, number: int, award: Award, two: tuple[Actor, Actor]
                                                     ) -> None:  # fmt: skip
    books.change(closing.ask_to_close, until=QUARTER, by=two[0])
    books.pay(award, "1", QUARTER)
    with books.refused(NotReconciledError, "−£1.00 is left to explain and 1 line or payment is not dealt with"):
        books.change(closing.close_period, by=two[1])
    with books.refused(ReasonMissingError):
        books.change(closing.turn_down, by=two[1], why=" ")
    books.change(closing.turn_down, by=two[1], why="One more payment")
    assert closing.asked(books.session) is None


def test_a_period_is_closed_when_it_is_over(books: Books, number: int, two: tuple[Actor, Actor]) -> None:
    with books.refused(DateRefusedError):
        books.change(closing.ask_to_close, until=today(), by=two[0])


def test_a_closed_period_takes_no_entry_by_any_door(
    books: Books, number: int, award: Award, two: tuple[Actor, Actor]
) -> None:
    books.change(closing.ask_to_close, until=QUARTER, by=two[0])
    books.change(closing.close_period, by=two[1])
    with books.refused(ClosedPeriodError, "closed to 30 June 2020"):
        books.pay(award, "1", QUARTER)
    with books.refused(ClosedPeriodError):
        books.reverse(3, QUARTER)
    with books.refused(PeriodClosedError, "Reopen the period first"):
        books.change(undo_match, number=number, by=two[0])
    engine = books.session.get_bind().engine
    books.session.rollback()
    assert "the period is closed" in refused_entry(engine, on_date=QUARTER)
    late = books.do(payments.pay, QUARTER + timedelta(days=1), line=award.lines[0], amount="5", original_date=MAY)
    assert late.reference
    assert books.entry(-1).original_date == MAY


def test_reopening_needs_a_reason_and_leaves_a_trace(books: Books, number: int, two: tuple[Actor, Actor]) -> None:
    books.change(closing.ask_to_close, until=QUARTER, by=two[0])
    books.change(closing.close_period, by=two[1])
    with books.refused(ReasonMissingError):
        books.change(closing.reopen, by=two[0], why="")
    books.change(closing.reopen, by=two[0], why="A line was missed")
    assert books.session.scalar(select(Book.closed_to)) is None
    assert [step.step for step in closing.history(books.session)] == [
        PeriodStep.REOPENED, PeriodStep.CLOSED, PeriodStep.ASKED]  # fmt: skip
    books.change(undo_match, number=number, by=two[0])
    with books.refused(WrongStateError, "No period is closed"):
        books.change(closing.reopen, by=two[0], why="Again")


def test_an_explanation_that_a_closed_period_counted_stays(
    books: Books, award: Award, two: tuple[Actor, Actor]
) -> None:
    made = books.change(
        explain, side=Side.OURS, number=3, reason=Explanation.TIMING, note="July", owner="Ann", by=two[0]
    )
    (line,) = finance_lines(books.session, {"amount": "810", "on": date(2020, 7, 2)})
    books.change(closing.ask_to_close, until=QUARTER, by=two[0])
    books.change(closing.close_period, by=two[1])
    with books.refused(PeriodClosedError):
        books.change(undo_explanation, number=made.id, by=two[0])
    matched(books.session, [line], [3])
    assert stand(books.session, open_scope(books.session, until=date(2020, 9, 30))).reconciled


def test_the_lines_that_a_closed_period_counted_stay(books: Books, two: tuple[Actor, Actor]) -> None:
    award = books.award(books.fund("10,000"), "9,000", on=MAY)
    (line,) = finance_lines(books.session, {"amount": "810", "on": MAY})
    late = {"reason": Explanation.TIMING, "note": "July", "owner": "Ann"}
    books.change(explain, side=Side.LINE, number=line, **late, by=two[0])
    books.change(closing.ask_to_close, until=QUARTER, by=two[0])
    books.change(closing.close_period, by=two[1])
    books.pay(award, "810", date(2020, 7, 2))
    made = matched(books.session, [line], [books.entry(-1).number])
    books.change(undo_match, number=made.id, by=two[0])
    extract = books.session.scalars(select(Batch)).one()
    with books.refused(BatchInUseError, "closed to 30 June 2020 with lines of this file. Reopen the period first"):
        books.do(undo_batch, batch=extract)
    (other,) = finance_lines(books.session, {"amount": "5", "on": MAY})
    came_late = books.session.get_one(FinanceLine, other).batch
    books.do(undo_batch, batch=came_late)
    assert came_late.undone_at is not None


def test_a_line_without_a_day_comes_over_until_it_is_dealt_with(
    books: Books, number: int, two: tuple[Actor, Actor]
) -> None:
    (line,) = finance_lines(books.session, {"amount": "5", "on": None})
    with transaction(books.session):
        came = datetime(2020, 6, 5, tzinfo=UTC)
        books.session.execute(update(Batch).where(Batch.id == 2).values(brought_in_at=came))
    query = {"reason": Explanation.QUERY, "note": "What is it", "owner": "Ann"}
    books.change(explain, side=Side.LINE, number=line, **query, by=two[0])
    books.change(closing.ask_to_close, until=QUARTER, by=two[0])
    books.change(closing.close_period, by=two[1])
    after = stand(books.session, open_scope(books.session, until=date(2020, 9, 30)))
    assert [(row.id, row.reason) for row in after.lines] == [(line, Explanation.QUERY)]
    books.change(explain, side=Side.LINE, number=line, **{**query, "reason": Explanation.NOT_OURS}, by=two[0])
    assert stand(books.session, open_scope(books.session, until=date(2020, 9, 30))).lines == []


PAID = "Award reference,Amount,Date paid\n{},1.00,30 June 2020\n"


def test_an_import_puts_what_comes_late_into_the_open_period(books: Books, number: int, award: Award) -> None:
    books.close(QUARTER)
    choices = Choices(kind=BatchKind.PAYMENTS, fund=award.lines[0].budget_line.fund.reference)
    content = PAID.format(award.reference).encode()
    books.session.rollback()
    with read_rows(content, "paid.csv", choices) as source, transaction(books.session):
        answer = record(books.session, source, choices, Actor("Ann"), lambda _done, _of: None)
    assert "30 June 2020 is in a closed period" in answer.problems[0].says
    entry = books.entry(-1)
    assert (entry.on_date, entry.original_date) == (QUARTER + timedelta(days=1), QUARTER)
