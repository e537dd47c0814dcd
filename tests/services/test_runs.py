"""Payment runs: drawn up, authorised by somebody else, sent, confirmed; and what stops each on its way."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date

import pytest

from fundtracker.domain.refusals import (
    FundNotOpenError,
    MoreThanAwardedError,
    ReasonMissingError,
    Refusal,
    WrongStateError,
)
from fundtracker.domain.roles import Actor
from fundtracker.domain.statuses import RunStatus
from fundtracker.services import funds, holds, runs, schedules, variations
from fundtracker.services.doubts import DoubtfulPaymentError
from fundtracker.services.dues import RunRefusedError
from fundtracker.services.listings.filters import Filters
from fundtracker.services.listings.payments_due import HELD, LATE, READY, UNDER_WAY, list_due
from fundtracker.services.payment_runs import pay_together
from fundtracker.services.recount import recount
from fundtracker.services.replanning import instalments_of
from fundtracker.services.runs import HeldError, SamePersonError
from fundtracker.services.schedules import Planned
from fundtracker.store.awards import Award
from fundtracker.store.funds import Fund
from tests.books.builder import Books, particulars, pence
from tests.services.paying import Officers, draw_up, due, plan, states


@contextmanager
def refused_row(books: Books, kind: type[Refusal], said: str) -> Iterator[None]:
    before = books.rows()
    with pytest.raises(RunRefusedError) as caught:
        yield
    (why,) = caught.value.by_key.values()
    assert type(why) is kind
    assert said in why.sentence
    assert books.rows() == before


class TestOnItsWay:
    def test_it_is_in_the_books_from_when_it_is_sent(self, books: Books, planned: Award, officers: Officers) -> None:
        run = draw_up(books, officers[0], due(books, planned, invoice="INV 7"))
        assert run.reference == "RUN-001"
        assert planned.lines[0].paid == 0
        assert states(books)[0] == ("1 July 2020", 0, "In a payment run")
        books.change(runs.authorise, run=run, by=officers[1])
        (payment,) = books.change(runs.send, run=run, particulars=particulars())
        assert run.status is RunStatus.SENT
        assert (payment.invoice_number, payment.run_line_id, payment.confirmed_on) == ("INV 7", run.lines[0].id, None)
        assert payment.instalment_id == run.lines[0].instalment_id
        assert planned.lines[0].paid == 45_000
        assert states(books) == [("1 October 2020", 45_000, "")]
        assert recount(books.session).differences == []

    def test_neither_the_same_person_authorises_it_nor_nobody(
        self, books: Books, planned: Award, officers: Officers
    ) -> None:
        run = draw_up(books, officers[0], due(books, planned))
        with books.refused(SamePersonError, "You drew up RUN-001"):
            books.change(runs.authorise, run=run, by=Actor("Another name", officers[0].person_id))
        with books.refused(SamePersonError, "two people who sign in"):
            books.change(runs.authorise, run=run, by=Actor("command line"))
        with books.refused(WrongStateError, "drawn up, not authorised"):
            books.change(runs.send, run=run, particulars=particulars())

    def test_what_is_in_a_run_is_put_in_no_other(self, books: Books, planned: Award, officers: Officers) -> None:
        draw_up(books, officers[0], due(books, planned, "400.00"))
        with refused_row(books, MoreThanAwardedError, "£400.00 is in a payment run. Enter £50.00 or less"):
            draw_up(books, officers[0], due(books, planned))
        assert draw_up(books, officers[0], due(books, planned, "50.00")).reference == "RUN-002"

    def test_one_that_is_stopped_is_to_pay_again(self, books: Books, planned: Award, officers: Officers) -> None:
        run = draw_up(books, officers[0], due(books, planned))
        with books.refused(ReasonMissingError, "why it is stopped"):
            books.change(runs.stop, run=run, by=officers[0], why=" ")
        books.change(runs.stop, run=run, by=officers[0], why="Wrong day")
        assert states(books)[0] == ("1 July 2020", 45_000, "")
        with books.refused(WrongStateError, "stopped already"):
            books.change(runs.stop, run=run, by=officers[0], why="Again")

    def test_a_schedule_is_not_made_under_a_run(self, books: Books, fund: Fund, officers: Officers) -> None:
        award = books.award(fund, "900.00")
        draw_up(books, officers[0], due(books, award))
        with books.refused(WrongStateError, "is in a payment run"):
            plan(books, award)


class TestHeld:
    def test_a_condition_a_hand_and_a_suspended_fund_hold_it(
        self, books: Books, planned: Award, fund: Fund, officers: Officers
    ) -> None:
        plan(books, planned, condition="DBS checks seen")
        with refused_row(books, HeldError, "Not met yet: DBS checks seen"):
            draw_up(books, officers[0], due(books, planned))
        books.do(holds.meet_condition, instalment=instalments_of(books.session, planned.lines[0])[0])
        assert [day for day, _, _ in states(books, READY)] == ["1 July 2020"]
        assert states(books, HELD) == [("1 October 2020", 45_000, "Not met yet: DBS checks seen")]
        reason = particulars(narrative="Return is overdue")
        books.change(holds.hold, instalment=instalments_of(books.session, planned.lines[0])[0], particulars=reason)
        with refused_row(books, HeldError, "Return is overdue"):
            draw_up(books, officers[0], due(books, planned))
        books.do(funds.suspend_fund, fund=fund)
        with refused_row(books, FundNotOpenError, "is suspended"):
            draw_up(books, officers[0], due(books, planned))

    def test_a_run_is_checked_once_more_when_it_is_sent(self, books: Books, planned: Award, officers: Officers) -> None:
        run = draw_up(books, officers[0], due(books, planned))
        books.change(runs.authorise, run=run, by=officers[1])
        held = particulars(narrative="Bank details changed")
        books.change(holds.hold, instalment=instalments_of(books.session, planned.lines[0])[0], particulars=held)
        with refused_row(books, HeldError, "SRF20-001 is held: Bank details changed"):
            books.change(runs.send, run=run, particulars=particulars())
        books.do(holds.release, instalment=instalments_of(books.session, planned.lines[0])[0])
        books.do(variations.withdraw_award, award=planned, keep_paid=True)
        with refused_row(books, MoreThanAwardedError, "is withdrawn"):
            books.change(runs.send, run=run, particulars=particulars())

    def test_totals_tell_due_later_held_and_in_runs(self, books: Books, planned: Award, officers: Officers) -> None:
        later = Planned(due_on=date(2190, 1, 1), amount=pence("600.00"), condition="A report")
        now = Planned(due_on=date(2020, 7, 1), amount=pence("300.00"))
        books.do(schedules.set_schedule, line=planned.lines[0], planned=[now, later])
        draw_up(books, officers[0], due(books, planned, "100.00"))
        totals = list_due(books.session, Filters()).totals
        sums = (totals.to_pay, totals.due, totals.later, totals.held, totals.in_run)
        assert sums == (90_000, 30_000, 60_000, 60_000, 10_000)
        assert len(states(books, LATE)) == len(states(books, UNDER_WAY)) == 1


class TestDoubts:
    def test_the_same_invoice_and_the_same_amount_within_a_month_are_asked_about(
        self, books: Books, fund: Fund, officers: Officers
    ) -> None:
        award, other = books.award(fund, "900.00"), books.award(fund, "900.00")
        books.do(pay_together, run=[due(books, award, "100.00", invoice="INV 7")])
        with books.refused(DoubtfulPaymentError, "£100.00 for invoice INV 7 is in SRF20-001/1, dated 30 June 2020"):
            draw_up(books, officers[0], due(books, other, "150.00", invoice=" inv  7"))
        with books.refused(DoubtfulPaymentError, "£100.00 for invoice INV 7 is in SRF20-001/1"):
            books.do(pay_together, date(2020, 7, 30), run=[due(books, other, "100.00")])
        books.do(pay_together, date(2020, 7, 31), run=[due(books, other, "100.00")])
        books.do(pay_together, date(2020, 7, 31), run=[due(books, other, "100.00")], sure=True)

    def test_two_instalments_of_one_schedule_are_as_they_should_be(self, books: Books, planned: Award) -> None:
        both = [due(books, planned), due(books, planned, place=1)]
        assert len(books.do(pay_together, run=both)) == 2

    def test_the_same_ticked_twice_and_one_in_a_run_are_asked_about(
        self, books: Books, fund: Fund, officers: Officers
    ) -> None:
        award, other = books.award(fund, "900.00"), books.award(fund, "900.00")
        with books.refused(DoubtfulPaymentError, "ticked twice"):
            draw_up(books, officers[0], due(books, award), due(books, other))
        draw_up(books, officers[0], due(books, award))
        with books.refused(DoubtfulPaymentError, "is in RUN-001"):
            draw_up(books, officers[0], due(books, other))

    def test_the_last_day_of_a_year_is_asked_about(self, books: Books, planned: Award) -> None:
        with books.refused(DoubtfulPaymentError, "31 March 2021 is the last day of 2020/21"):
            books.do(pay_together, date(2021, 3, 31), run=[due(books, planned)])
