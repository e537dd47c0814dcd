"""Terms in every state: agreements, conditions and returns of one fund's awards, with notes and files beside them."""

from datetime import date, timedelta

from sqlalchemy import select

from fundtracker.domain.files import FileKind
from fundtracker.domain.terms import ContactKind, Rhythm
from fundtracker.domain.years import today
from fundtracker.services import files, notes
from fundtracker.services.agreeing import accept_agreement, offer_agreement, set_condition
from fundtracker.services.moves import take_step
from fundtracker.services.returns import ReturnPlan, plan_returns
from fundtracker.store.applications import Application
from fundtracker.store.awards import Award
from fundtracker.store.schedules import Claim
from tests.books.builder import LATER, Books, particulars
from tests.services.reconciling.builder import ANN

LONG = "W" * 400


def keep_terms(books: Books) -> None:
    """Keep five awards to terms that are met, late, waived, queried and taken off."""
    fund = books.fund("9,000.00", name="Terms Fund", reference="TERM20")
    awards = [books.award(fund, "900.00", to=books.organisation(f"Keeper {n} Ltd")) for n in range(5)]
    _agree(books, awards)
    _ask(books, awards)
    _return(books, awards)
    _write(books, awards[0])


def _agree(books: Books, awards: list[Award]) -> None:
    late, accepted, lapsed, declined, off = (
        books.do(offer_agreement, award=award, accept_by=date(2020, 7, 31)) for award in awards
    )
    assert late.accept_by
    books.do(accept_agreement, date(2020, 7, 1), agreement=accepted, signed_by="A. Keeper")
    books.do(take_step, date(2020, 8, 1), term=lapsed, step="lapse")
    books.do(take_step, date(2020, 7, 1), term=declined, step="decline")
    books.change(take_step, term=off, step="take-off", particulars=particulars(narrative="Another award"))


def _ask(books: Books, awards: list[Award]) -> None:
    waits, met, waived, *_ = (
        books.do(set_condition, award=award, says=f"Checks seen {LONG}"[:400], before_payment=True, due_on=LATER)
        for award in awards[:3]
    )
    assert waits.before_payment
    books.change(take_step, term=met, step="meet", particulars=particulars(narrative="Two certificates"))
    books.change(take_step, term=waived, step="waive", particulars=particulars(narrative="Known well"))


def _return(books: Books, awards: list[Award]) -> None:
    for award in awards[:2]:
        plan = ReturnPlan(about="Half-year report", first=date(2020, 10, 31), rhythm=Rhythm.HALF_YEARLY, count=4)
        overdue, queried, accepted, waived = books.do(plan_returns, award=award, plan=plan)
        assert overdue.received_on is None
        for one, steps in ((queried, ("receive", "query")), (accepted, ("receive", "accept")), (waived, ("waive",))):
            for step in steps:
                books.change(take_step, term=one, step=step, particulars=particulars(narrative="Seen"))
    ahead = ReturnPlan(about="Year’s accounts", first=today() + timedelta(days=90), accepted_first=True)
    (off,) = books.do(plan_returns, award=awards[2], plan=ahead)
    books.change(take_step, term=off, step="take-off", particulars=particulars(narrative="Planned twice"))
    books.do(plan_returns, award=awards[2], plan=ahead)


def _write(books: Books, award: Award) -> None:
    """Write on every kind of record, and attach to each, and take one of each back."""
    application = books.session.scalars(select(Application).order_by(Application.id)).first()
    claim = books.session.scalars(select(Claim).order_by(Claim.id)).first()
    assert application
    assert claim
    for about in (award, application, award.organisation):
        for kind in ContactKind:
            said = particulars(narrative=f"{kind.value}\n{LONG}")
            note = books.change(notes.write_note, about=about, kind=kind, particulars=said)
        books.change(notes.take_back_note, note=note, why="Another one", by=ANN)
    for owner in (award, application, award.organisation, award.lines[0].budget_line.fund, claim):
        for name in ("rows.csv", f"{'w' * 140}.txt"):
            ends = FileKind(name[-3:])
            kept = books.change(files.attach, owner=owner, name=name, kind=ends, content=name.encode(), by=ANN)
        books.change(files.remove, attached=kept, why="Somebody else’s", by=ANN)


def keep_many_terms(books: Books, rows: int) -> None:
    """Keep the first award to so many conditions and returns, and write and attach as much; none holds a payment."""
    (award,) = books.session.scalars(select(Award).order_by(Award.id).limit(1))
    plan = ReturnPlan(about="Report", first=today(), rhythm=Rhythm.MONTHLY, count=rows)
    returns = books.do(plan_returns, award=award, plan=plan)
    books.do(offer_agreement, award=award)
    for number in range(rows):
        books.do(set_condition, award=award, says=f"Condition {number}")
        said = particulars(narrative=f"Note {number}")
        books.change(notes.write_note, about=award, kind=ContactKind.NOTE, particulars=said)
        for owner in (award, returns[0]):
            content = f"{number}".encode()
            books.change(files.attach, owner=owner, name="a.txt", kind=FileKind.TXT, content=content, by=ANN)
