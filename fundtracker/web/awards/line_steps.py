"""A step with one line of an award: settling it or writing it off, by its amount, checked before it is posted."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from flask.typing import ResponseReturnValue
from sqlalchemy.orm import Session

from fundtracker.domain.kinds import Kind
from fundtracker.domain.money import ZERO
from fundtracker.services.award_steps import Step
from fundtracker.services.awards import find_award
from fundtracker.services.drafts import Draft
from fundtracker.store.awards import Award
from fundtracker.store.books import Entry
from fundtracker.web.awards.lines import line_named
from fundtracker.web.awards.step_forms import Amounts, SettleForm, WriteOffForm, of_one_line
from fundtracker.web.awards.steps import about, cannot, confirmed, found
from fundtracker.web.once import Recorded
from fundtracker.web.particulars import particulars_of
from fundtracker.web.seen import check_awards_stand
from fundtracker.web.steps import check_then_record


@dataclass(frozen=True)
class LineStep:
    """One such step: its form, what it posts, the lines that it can be about with their pence, and its pages."""

    step: Step
    form: type[SettleForm] | type[WriteOffForm]
    kind: Kind
    amounts: Callable[[Award], Amounts]
    post: Callable[..., Entry]
    page: str


def take(ref: str, how: LineStep) -> ResponseReturnValue:
    """Ask for the line and its amount, show what that does to the award and its fund, and post it."""
    award = found(ref)
    refused = cannot(award, how.step)
    if refused is not None:
        return refused
    form = of_one_line(how.form, award, how.amounts(award))

    def record(session: Session) -> Recorded:
        own = find_award(session, ref)
        check_awards_stand(session, [own])
        line = line_named(own, form, how.amounts(own))
        facts = particulars_of(form)
        return confirmed(how.post(session, line=line, amount=form.amount.data or ZERO, particulars=facts))

    def context() -> dict[str, Any]:
        own = found(ref)
        line = line_named(own, form, how.amounts(own))
        draft = Draft(kind=how.kind, line=line.budget_line, amount=form.amount.data or 0, award_line=line)
        return {**about(own, [draft] if form.amount.data else []), "line": line}

    check_page = f"awards/check_{how.page}.html"
    return check_then_record(
        form, page=f"awards/{how.page}.html", check_page=check_page, record=record, context=context
    )
