"""One page for one step of a return, a condition or an agreement: its day, its words, and who takes it."""

from collections.abc import Callable, Mapping
from typing import Any

from flask import Blueprint, url_for
from flask.typing import ResponseReturnValue
from sqlalchemy.orm import Session

from fundtracker.domain.terms import Move
from fundtracker.domain.years import today
from fundtracker.services.moves import Term, find_term, named, take_step
from fundtracker.services.posting import Particulars
from fundtracker.store.terms import Agreement
from fundtracker.web.db import reading
from fundtracker.web.forms import DateField, Form, LongTextField, TextField
from fundtracker.web.once import Recorded
from fundtracker.web.particulars import particulars_of
from fundtracker.web.steps import record_form

Take = Callable[[Session, Any, Form, Particulars], Move]


class StepForm(Form):
    """The day of a step, who signed where that is asked, and what is said of it."""

    on = DateField("Date", required="Enter the date", past=True)
    signed_by = TextField("Signed for the recipient by", required="Enter who signed it for the recipient")
    narrative = LongTextField("Notes", longest=400)


def add_steps(pages: Blueprint, kind: type[Term], moves: Mapping[str, Move], special: Mapping[str, Take]) -> None:
    """Add a page for each step that a kind of term can take, at `/<blueprint>/<number>/<step>`."""
    for step, move in moves.items():
        view = _step_page(kind, step, move, special.get(step) or _plain(step))
        address = f"/{pages.name}/<int:number>/{step}"
        pages.add_url_rule(address, step.replace("-", "_"), view, methods=["GET", "POST"])


def place_of(term: Term) -> str:
    """Give the address of the page that shows a term."""
    return url_for("agreements.show", ref=term.award.reference, _anchor=term.__tablename__)


def _plain(step: str) -> Take:
    def take(session: Session, term: Any, _form: Form, particulars: Particulars) -> Move:
        return take_step(session, term=term, step=step, particulars=particulars)

    return take


def _step_page(kind: Any, step: str, move: Move, take: Take) -> Callable[[int], ResponseReturnValue]:
    def view(number: int) -> ResponseReturnValue:
        form = _form(kind, step, move)

        def record(session: Session) -> Recorded:
            term = find_term(session, kind, number)
            done = take(session, term, form, particulars_of(form)).done
            return Recorded(place_of(term), f"{named(term)}: {done}.")

        def context() -> dict[str, Any]:
            term = find_term(reading(), kind, number)
            return {"term": term, "move": move, "named": named(term), "back_to": place_of(term)}

        return record_form(form, page="terms/step.html", record=record, context=context)

    return view


def _form(kind: Any, step: str, move: Move) -> StepForm:
    """Give the form of a step: a signature is asked for where an agreement is accepted, words where the step asks."""
    form = StepForm(on=today())
    if not (kind is Agreement and step == "accept"):
        del form.signed_by
    if move.asks:
        form.narrative.required, form.narrative.flags.required = move.asks, True
        form.narrative.label.text = "Reason" if "why" in move.asks else "In words"
    return form
