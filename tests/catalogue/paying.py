"""Payments in every state: planned, held, claimed, and in a run that is drawn up, authorised, sent or stopped."""

from datetime import date

from sqlalchemy import select

from fundtracker.domain.roles import Actor, Role
from fundtracker.domain.years import today
from fundtracker.services import claims, holds, runs
from fundtracker.services.claims import ClaimDetails, Cost, Decision
from fundtracker.services.confirming import confirm_payment, fail_payment
from fundtracker.services.dues import Due
from fundtracker.services.replanning import instalments_of
from fundtracker.services.schedules import Planned, set_schedule
from fundtracker.store.awards import Award
from fundtracker.store.people import Person
from fundtracker.store.runs import PaymentRun
from tests.books.builder import LATER, Books, particulars, pence

HALF = pence("450.00")


def keep_paying(books: Books) -> None:
    """Keep awards of one fund that are planned, held and claimed, and runs of their payments."""
    fund = books.fund("20,000.00", name="Paying Fund", reference="PAY20", cost_centre="C100", subjective="4200")
    awards = [books.award(fund, "900.00", to=books.organisation(f"Payee {n} Ltd")) for n in range(6)]
    for award in awards:
        halves = [Planned(due_on=date(2020, month, 1), amount=HALF, condition="A report" if month > 7 else "")
                  for month in (7, 10)]  # fmt: skip
        books.do(set_schedule, line=award.lines[0], planned=halves)
    _hold(books, awards[0])
    _claim(books, awards[1])
    one, other = _two(books)
    drawn_up, authorised, sent, stopped = (_draw_up(books, award, one) for award in awards[2:])
    assert drawn_up.reference == "RUN-001"
    for run in (authorised, sent):
        books.change(runs.authorise, run=run, by=other)
    books.change(runs.stop, run=stopped, by=one, why="Wrong day")
    paid, failed, _ = books.change(runs.send, run=sent, particulars=particulars(LATER))
    books.change(confirm_payment, payment=paid, voucher="BACS 9", on=date(2020, 7, 2), by=one)
    books.change(fail_payment, payment=failed, particulars=particulars(LATER, narrative="Account closed"))


def _two(books: Books) -> tuple[Actor, Actor]:
    people = books.session.scalars(select(Person).where(Person.role == Role.FINANCE).order_by(Person.id)).all()
    one, other, *_ = (Actor(person.name, person.id) for person in people)
    return one, other


def _hold(books: Books, award: Award) -> None:
    first, second = instalments_of(books.session, award.lines[0])
    books.change(holds.hold, instalment=first, particulars=particulars(narrative="The return is overdue"))
    books.do(holds.meet_condition, instalment=second)


def _claim(books: Books, award: Award) -> None:
    for certified in ("40.00", "0", None):
        costs = [Cost(description="Hall", amount=pence("50.00")), Cost(description="Ink", amount=pence("5.00"))]
        claim = books.do(claims.log_claim, details=ClaimDetails(line=award.lines[0], costs=costs))
        if certified is not None:
            decisions = [Decision(pence(certified), "Not eligible"), Decision(pence("0"), "Not ours")]
            books.do(claims.decide_claim, claim=claim, decisions=decisions)


def _draw_up(books: Books, award: Award, by: Actor) -> PaymentRun:
    (first, _) = instalments_of(books.session, award.lines[0])
    parts = [Due(line=award.lines[0], instalment=first, amount=pence("100.00"), invoice_number=f"INV {award.id}-1")]
    others = [books.award(award.lines[0].budget_line, amount, to=award.organisation) for amount in ("70.00", "80.00")]
    parts += [Due(line=each.lines[0], amount=each.lines[0].awarded) for each in others]
    return books.change(runs.draw_up, run=parts, pay_on=today(), by=by, sure=True)
