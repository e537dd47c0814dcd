"""Schedules: instalments that always add up to the award, whatever happens to it."""

from datetime import date

import pytest
from sqlalchemy import select

from fundtracker.domain.kinds import EventKind
from fundtracker.domain.money import Pence
from fundtracker.domain.plans import Rule, by_rule
from fundtracker.domain.refusals import NothingToDoError, WrongStateError
from fundtracker.services import holds, payments, reversals, schedules, variations
from fundtracker.services.awards import Share
from fundtracker.services.figures import as_at
from fundtracker.services.instalments import Slot, slots_of
from fundtracker.services.instalments import slots as placing
from fundtracker.services.replanning import instalments_of
from fundtracker.services.schedules import Planned, ScheduleRefusedError
from fundtracker.store.awards import Award, AwardLine
from fundtracker.store.events import Event
from tests.books.builder import LATER, Books, particulars, pence

FIRST = date(2020, 7, 1)


def plan(books: Books, award: Award, *amounts: str, **words: str) -> None:
    """Plan so many instalments, a month apart, on the first line of an award."""
    planned = [Planned(due_on=date(2020, 7 + place, 1), amount=pence(amount), **words)
               for place, amount in enumerate(amounts)]  # fmt: skip
    books.do(schedules.set_schedule, line=award.lines[0], planned=planned)


def slots(books: Books, award: Award) -> list[Slot]:
    books.session.rollback()
    return slots_of(books.session, award.lines)


def amounts(books: Books, award: Award) -> list[int]:
    return [slot.amount for slot in slots(books, award)]


def left(books: Books, award: Award) -> list[int]:
    return [slot.left for slot in slots(books, award)]


def pay_slot(books: Books, award: Award, place: int, amount: str) -> None:
    rows = instalments_of(books.session, award.lines[0])
    books.do(payments.pay, line=award.lines[0], amount=amount, instalment=rows[place])


def says(books: Books) -> str:
    changed = select(Event).where(Event.kind == EventKind.SCHEDULE_CHANGED).order_by(Event.id.desc())
    event = books.session.scalars(changed).first()
    return event.narrative if event else ""


@pytest.fixture
def award(books: Books) -> Award:
    return books.award(books.fund("5,000.00"), "900.00")


def test_an_award_without_a_schedule_is_one_instalment_due_from_its_start(books: Books) -> None:
    fund = books.fund("900")
    (slot,) = slots(books, books.award(fund, "100"))
    assert (slot.due_on, slot.amount, slot.left, slot.instalment_id) == (LATER, 10_000, 10_000, None)
    (slot,) = slots(books, books.award(fund, "100", starts_on=FIRST))
    assert slot.due_on == FIRST


def test_by_hand_it_adds_up_or_is_refused_with_what_is_missing(books: Books, award: Award) -> None:
    with books.refused(ScheduleRefusedError, "£300.00 of £900.00 is still to place"):
        plan(books, award, "600.00")
    with books.refused(ScheduleRefusedError, "£900.01, £0.01 too much"):
        plan(books, award, "600.00", "300.01")
    plan(books, award, "600.00", "300.00")
    assert amounts(books, award) == [60_000, 30_000]


def test_each_line_of_an_award_has_its_own(books: Books) -> None:
    fund, other = books.fund("100", reference="ONE20"), books.fund("100", reference="TWO20")
    award = books.award_shares(Share(line=fund.lines[0], amount=pence("60")),
                               Share(line=other.lines[0], amount=pence("40")))  # fmt: skip
    planned = [Planned(due_on=day, amount=amount) for day, amount in by_rule(Pence(4_000), Rule.THIRDS, FIRST, 3)]
    books.do(schedules.set_schedule, line=award.lines[1], planned=planned)
    assert amounts(books, award) == [6_000, 1_334, 1_333, 1_333]


class TestPaid:
    def test_a_payment_counts_for_its_instalment_and_others_for_the_earliest(self, books: Books, award: Award) -> None:
        plan(books, award, "300.00", "300.00", "300.00")
        pay_slot(books, award, 1, "300.00")
        assert left(books, award) == [30_000, 0, 30_000]
        books.pay(award, "100.00")
        assert left(books, award) == [20_000, 0, 30_000]

    def test_what_comes_back_opens_the_latest_that_was_paid(self, books: Books, award: Award) -> None:
        plan(books, award, "300.00", "300.00", "300.00")
        pay_slot(books, award, 0, "300.00")
        pay_slot(books, award, 1, "300.00")
        books.do(payments.refund, line=award.lines[0], amount="400.00", lowers_award=False)
        assert left(books, award) == [10_000, 30_000, 30_000]

    def test_a_reversed_payment_opens_its_own(self, books: Books, award: Award) -> None:
        plan(books, award, "450.00", "450.00")
        pay_slot(books, award, 1, "450.00")
        books.reverse(-1)
        assert left(books, award) == [45_000, 45_000]

    def test_what_was_paid_before_is_the_first_instalment_of_a_schedule(self, books: Books, award: Award) -> None:
        books.pay(award, "250.00")
        plan(books, award, "300.00", "350.00")
        assert amounts(books, award) == [25_000, 30_000, 35_000]
        assert left(books, award) == [0, 30_000, 35_000]

    def test_a_new_plan_leaves_what_is_paid(self, books: Books, award: Award) -> None:
        plan(books, award, "450.00", "450.00")
        pay_slot(books, award, 0, "100.00")
        with books.refused(ScheduleRefusedError, "£100.00 too much"):
            plan(books, award, "900.00")
        plan(books, award, "800.00")
        assert amounts(books, award) == [10_000, 80_000]


class TestReplanning:
    def test_a_fall_takes_from_the_last_and_its_undoing_gives_it_back(self, books: Books, award: Award) -> None:
        plan(books, award, "300.00", "300.00", "300.00")
        books.do(variations.vary_award, line=award.lines[0], by="-400.00")
        assert amounts(books, award) == [30_000, 20_000]
        assert says(books).startswith("£100.00 less on 1 August 2020, £300.00 less on 1 September 2020.")
        books.reverse(-1)
        assert amounts(books, award) == [30_000, 60_000]
        assert says(books).startswith("£400.00 more on 1 August 2020.")

    def test_a_rise_goes_to_the_last_or_to_a_new_one(self, books: Books, award: Award) -> None:
        plan(books, award, "450.00", "450.00")
        books.do(variations.vary_award, line=award.lines[0], by="50.00")
        assert amounts(books, award) == [45_000, 50_000]
        books.pay(award, "950.00")
        books.do(variations.vary_award, line=award.lines[0], by="10.00")
        assert amounts(books, award) == [45_000, 50_000, 1_000]

    def test_a_withdrawal_keeps_what_is_paid(self, books: Books, award: Award) -> None:
        plan(books, award, "450.00", "450.00")
        pay_slot(books, award, 0, "200.00")
        books.do(variations.withdraw_award, award=award, keep_paid=True)
        assert amounts(books, award) == [20_000]

    def test_what_is_to_recover_stays_planned_until_it_is_back(self, books: Books, award: Award) -> None:
        plan(books, award, "450.00", "450.00")
        pay_slot(books, award, 0, "450.00")
        books.do(variations.withdraw_award, award=award, keep_paid=False)
        assert amounts(books, award) == [45_000]
        books.do(payments.refund, line=award.lines[0], amount="450.00", lowers_award=True)
        assert [slot.instalment_id for slot in slots(books, award)] == [None]

    def test_a_refund_that_lowers_the_award_takes_from_what_came_back(self, books: Books, award: Award) -> None:
        plan(books, award, "600.00", "300.00")
        pay_slot(books, award, 0, "600.00")
        books.do(payments.refund, line=award.lines[0], amount="200.00", lowers_award=True)
        assert amounts(books, award) == [40_000, 30_000]
        assert left(books, award) == [0, 30_000]

    def test_a_reversed_award_has_no_schedule_left(self, books: Books, award: Award) -> None:
        plan(books, award, "450.00", "450.00")
        pay_slot(books, award, 0, "450.00")
        books.reverse(-1)
        books.do(reversals.reverse_entry, entry=books.entry(2))
        assert instalments_of(books.session, award.lines[0]) == []


class TestHolds:
    def test_a_condition_is_met_once(self, books: Books, award: Award) -> None:
        plan(books, award, "900.00", condition="DBS checks seen")
        (row,) = instalments_of(books.session, award.lines[0])
        books.do(holds.meet_condition, instalment=row)
        assert row.condition_met_on == LATER
        with books.refused(WrongStateError, "met on 30 June 2020 already"):
            books.do(holds.meet_condition, instalment=row)
        plan(books, award, "900.00", condition="Another")
        (row,) = instalments_of(books.session, award.lines[0])
        assert row.condition_met_on is None

    def test_one_is_held_with_a_reason_and_released(self, books: Books, award: Award) -> None:
        plan(books, award, "900.00")
        (row,) = instalments_of(books.session, award.lines[0])
        with books.refused(NothingToDoError, "why it is held"):
            books.do(holds.hold, instalment=row)
        books.change(holds.hold, instalment=row, particulars=particulars(narrative="Return is overdue"))
        assert slots(books, award)[0].held_why == "Return is overdue"
        books.do(holds.release, instalment=row)
        assert slots(books, award)[0].held_why == ""


def test_as_at_a_day_only_what_was_paid_by_then_counts(books: Books, award: Award) -> None:
    plan(books, award, "300", "600")
    plain = books.award(books.fund("500"), "200")
    rows = instalments_of(books.session, award.lines[0])
    for day, (place, amount) in enumerate([(1, "100"), (0, "50")]):
        on = date(2020, 8, 1 + day)
        books.do(payments.pay, line=award.lines[0], amount=amount, instalment=rows[place], on=on)
        books.pay(plain, "10", on=on)

    def placed(day: date | None) -> list[int]:
        slot = placing(AwardLine.id.in_([award.lines[0].id, plain.lines[0].id]), when=as_at(books.session, day))
        return list(books.session.scalars(select(slot.c.placed).order_by(slot.c.line_id, slot.c.position)))

    assert [placed(date(2020, 7, 31)), placed(date(2020, 8, 1))] == [[0, 0, 0], [0, 10_000, 1_000]]
    assert placed(date(2020, 8, 2)) == placed(None) == [5_000, 10_000, 2_000]
