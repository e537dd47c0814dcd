"""Monitoring returns: planned by hand or by rule, each step of one, and the payments that wait for it."""

from datetime import date, timedelta
from typing import Any

import pytest

from fundtracker.domain.kinds import EventKind
from fundtracker.domain.refusals import (
    DateRefusedError,
    NothingToDoError,
    ReasonMissingError,
    WrongStateError,
)
from fundtracker.domain.terms import ReturnStatus, Rhythm, due_days
from fundtracker.domain.years import today
from fundtracker.services.dues import RunRefusedError
from fundtracker.services.events import events_of
from fundtracker.services.exceptions.listing import list_exceptions
from fundtracker.services.exceptions.rules import Rule
from fundtracker.services.figures import as_at
from fundtracker.services.listings.filters import Filters
from fundtracker.services.listings.payments_due import HELD, READY
from fundtracker.services.listings.returns import OVERDUE, WAITING, list_returns
from fundtracker.services.moves import moves_of, take_step, terms_of
from fundtracker.services.papers.provider_passport import provider_passport_paper
from fundtracker.services.returns import ReturnPlan, plan_returns
from fundtracker.store.awards import Award
from fundtracker.store.returns import MonitoringReturn
from tests.books.builder import LATER, Books, particulars
from tests.services.paying import Officers, draw_up, due, states, two_officers

OCTOBER = date(2020, 10, 31)
TO_COME = today() + timedelta(days=30)


@pytest.fixture
def award(books: Books) -> Award:
    """Award £900.00 without a schedule."""
    return books.award(books.fund("5,000", reference="SRF20"), "900", to=books.organisation("Riders"))


@pytest.fixture
def officers(books: Books) -> Officers:
    """Know two people of finance."""
    return two_officers(books)


def plan(books: Books, award: Award, first: date = OCTOBER, **more: Any) -> list[MonitoringReturn]:
    return books.do(plan_returns, award=award, plan=ReturnPlan(about="Half-year report", first=first, **more))


def step(books: Books, one: MonitoringReturn, name: str, on: date = LATER, why: str = "") -> None:
    books.change(take_step, term=one, step=name, particulars=particulars(on, narrative=why))


class TestDays:
    @pytest.mark.parametrize(
        ("first", "rhythm", "days"),
        [
            (date(2020, 10, 31), Rhythm.HALF_YEARLY, ["2020-10-31", "2021-04-30", "2021-10-31"]),
            (date(2021, 2, 28), Rhythm.QUARTERLY, ["2021-02-28", "2021-05-31", "2021-08-31"]),
            (date(2020, 1, 30), Rhythm.MONTHLY, ["2020-01-30", "2020-02-29", "2020-03-30"]),
            (date(2020, 5, 21), Rhythm.YEARLY, ["2020-05-21", "2021-05-21", "2022-05-21"]),
            (date(2020, 5, 21), Rhythm.ONCE, ["2020-05-21"]),
        ],
    )
    def test_they_follow_the_first(self, first: date, rhythm: Rhythm, days: list[str]) -> None:
        assert [day.isoformat() for day in due_days(first, rhythm, 3)] == days


class TestPlanning:
    def test_what_is_planned_stays_and_is_not_planned_twice(self, books: Books, award: Award) -> None:
        plan(books, award)
        again = plan(books, award, rhythm=Rhythm.HALF_YEARLY, count=3)
        assert [one.due_on.isoformat() for one in again] == ["2021-04-30", "2021-10-31"]
        assert len(terms_of(books.session, MonitoringReturn, award.id)) == 3
        assert events_of(books.session, award)[-1].narrative == (
            "Half-year report planned 2 times, from 30 April 2021 to 31 October 2021."
        )
        with pytest.raises(NothingToDoError, match="on the schedule for that already"):
            plan(books, award)

    def test_what_cannot_be_planned(self, books: Books, award: Award) -> None:
        with pytest.raises(DateRefusedError, match="awarded on 30 June 2020"):
            plan(books, award, first=date(2020, 6, 29))
        with pytest.raises(NothingToDoError, match="from 1 to 40"):
            plan(books, award, rhythm=Rhythm.MONTHLY, count=41)
        with pytest.raises(NothingToDoError, match="what is to be returned"):
            books.do(plan_returns, award=award, plan=ReturnPlan(about=" ", first=OCTOBER))


class TestSteps:
    def test_it_is_received_queried_accepted_and_taken_back_step_by_step(self, books: Books, award: Award) -> None:
        (one,) = plan(books, award)
        assert set(moves_of(one)) == {"receive", "waive", "take-off"}
        step(books, one, "receive")
        step(books, one, "query", why="No figures")
        with pytest.raises(DateRefusedError, match="The step before it is dated 30 June 2020"):
            step(books, one, "accept", on=date(2020, 6, 1))
        step(books, one, "accept")
        assert (one.status, one.received_on, one.settled_by) == (ReturnStatus.ACCEPTED, LATER, "tests")
        step(books, one, "take-back", why="The wrong one")
        assert one.status is ReturnStatus.RECEIVED
        step(books, one, "take-back", why="It never came")
        assert (one.status, one.received_on) == (ReturnStatus.SCHEDULED, None)
        said = [
            event.narrative for event in events_of(books.session, award) if event.kind is EventKind.MONITORING_RETURN
        ]
        assert said[2] == "Half-year report due on 31 October 2020: queried. No figures"

    def test_reasons_and_states_are_asked_for(self, books: Books, award: Award) -> None:
        (one,) = plan(books, award)
        with pytest.raises(ReasonMissingError, match="why it is waived"):
            step(books, one, "waive")
        with pytest.raises(WrongStateError, match="is scheduled, so that cannot be done"):
            step(books, one, "accept")
        step(books, one, "take-off", why="Planned twice")
        assert moves_of(one) == {}
        assert terms_of(books.session, MonitoringReturn, award.id) == []


class TestHolding:
    def test_an_overdue_return_holds_the_payment_until_it_comes_or_is_waived(
        self, books: Books, award: Award, officers: Officers
    ) -> None:
        (one,) = plan(books, award)
        says = "The return due on 31 October 2020 is overdue"
        assert states(books) == [("30 June 2020", 90_000, says)]
        assert [held for *_, held in states(books, HELD)] == [says]
        assert states(books, READY) == []
        with pytest.raises(RunRefusedError, match="The return due on 31 October 2020 is overdue"):
            draw_up(books, officers[0], due(books, award, "900.00"))
        step(books, one, "waive", why="The group is two people")
        assert states(books, READY) == [("30 June 2020", 90_000, "")]
        step(books, one, "take-back", why="They are ten")
        step(books, one, "receive")
        assert states(books, READY) == [("30 June 2020", 90_000, "")]
        draw_up(books, officers[0], due(books, award, "900.00"))

    def test_one_to_come_holds_nothing(self, books: Books, award: Award) -> None:
        plan(books, award, first=TO_COME, accepted_first=True)
        assert states(books, READY) == [("30 June 2020", 90_000, "")]

    def test_what_is_due_after_one_waits_until_it_is_accepted_where_that_is_asked(
        self, books: Books, award: Award
    ) -> None:
        (one,) = plan(books, award, first=date(2020, 6, 30), accepted_first=True)
        step(books, one, "receive")
        assert [held for *_, held in states(books)] == ["The return due on 30 June 2020 is not accepted yet"]
        step(books, one, "accept")
        assert [held for *_, held in states(books)] == [""]


class TestReading:
    def test_the_list_puts_the_overdue_first_and_counts(self, books: Books, award: Award) -> None:
        plan(books, award, first=TO_COME)
        received, *_ = plan(books, award, first=date(2020, 7, 31))
        plan(books, award)
        step(books, received, "receive")
        books.session.rollback()
        listed = list_returns(books.session, Filters())
        assert [(row.state, row.due_on) for row in listed.rows] == [
            (OVERDUE, OCTOBER), ("received", date(2020, 7, 31)), ("scheduled", TO_COME),
        ]  # fmt: skip
        totals = listed.totals
        assert (totals.overdue, totals.to_look_at, totals.to_come, totals.settled) == (1, 1, 1, 0)
        assert listed.rows[0].late == (today() - OCTOBER).days
        for status, count in ((OVERDUE, 1), (WAITING, 1), ("scheduled", 1), ("received", 1), ("waived", 0)):
            assert list_returns(books.session, Filters(status=status)).count == count
        assert list_returns(books.session, Filters(text="riders half", fund="SRF20")).count == 3
        assert list_returns(books.session, Filters(text="nobody")).count == 0

    def test_the_exception_report_and_the_passport_say_it(self, books: Books, award: Award) -> None:
        plan(books, award)
        books.session.rollback()
        rows = list_exceptions(books.session, as_at(books.session), {Rule.RETURN})
        assert [(row.found.reference, row.found.detail) for row in rows] == [
            ("SRF20-001", "a return is overdue, since 31 October 2020")
        ]
        (held,) = list_exceptions(books.session, as_at(books.session), {Rule.HELD})
        assert "the return due on 31 October 2020 is overdue" in held.found.detail
        paper = provider_passport_paper(books.session, organisation=award.organisation_id)
        (row,) = paper.tables["returns"].rows
        assert str(row.cells[-1].value).endswith("days overdue")
        assert paper.tables["returns"].note == "1 of 1 late."
