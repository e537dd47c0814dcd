"""A step with one line of an award: settling it or writing it off, by its amount, checked before it is asked for."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from flask.typing import ResponseReturnValue
from sqlalchemy.orm import Session

from fundtracker.domain.approvals import ApprovalKind
from fundtracker.domain.kinds import Kind
from fundtracker.domain.money import ZERO
from fundtracker.services.approvals.proposals import Proposal
from fundtracker.services.award_steps import Step
from fundtracker.services.awards import find_award
from fundtracker.services.drafts import Draft
from fundtracker.store.awards import Award, AwardLine
from fundtracker.web.approvals.asking import check_then_ask
from fundtracker.web.approvals.told import told_by
from fundtracker.web.awards.lines import line_named
from fundtracker.web.awards.step_forms import Amounts, SettleForm, WriteOffForm, of_one_line
from fundtracker.web.awards.steps import about, cannot, found
from fundtracker.web.particulars import particulars_of
from fundtracker.web.seen import check_awards_stand

_TITLES = {Step.SETTLE: "Value of", Step.WRITE_OFF: "Write-off on"}


@dataclass(frozen=True)
class LineStep:
    """One such step: its form, what it posts and waits for, the lines it can be about with their pence, its pages."""

    step: Step
    form: type[SettleForm] | type[WriteOffForm]
    kind: Kind
    waits: ApprovalKind
    amounts: Callable[[Award], Amounts]
    page: str


def take(ref: str, how: LineStep) -> ResponseReturnValue:
    """Ask for the line and its amount, show what that does to the award and its fund, and ask for it."""
    award = found(ref)
    refused = cannot(award, how.step)
    if refused is not None:
        return refused
    form = of_one_line(how.form, award, how.amounts(award))

    def propose(session: Session) -> Proposal:
        own = find_award(session, ref)
        check_awards_stand(session, [own])
        return _propose(how, form, line_named(own, form, how.amounts(own)))

    def context() -> dict[str, Any]:
        own = found(ref)
        line = line_named(own, form, how.amounts(own))
        drafts = [_draft(how, form, line)] if form.amount.data else []
        return {**about(own, drafts), "line": line}

    check_page = f"awards/check_{how.page}.html"
    return check_then_ask(form, page=f"awards/{how.page}.html", check_page=check_page, propose=propose, context=context)


def _draft(how: LineStep, form: SettleForm | WriteOffForm, line: AwardLine) -> Draft:
    return Draft(kind=how.kind, line=line.budget_line, amount=form.amount.data or ZERO, award_line=line)


def _propose(how: LineStep, form: SettleForm | WriteOffForm, line: AwardLine) -> Proposal:
    amount, award = form.amount.data or ZERO, line.award
    worth = amount - (line.proposed or 0) if how.step is Step.SETTLE else 0
    return Proposal(
        kind=how.waits, verb=how.step.value, title=f"{_TITLES[how.step]} {award.reference}", amount=amount,
        fund=line.budget_line.fund, particulars=particulars_of(form), details={"line": line.id, "amount": amount},
        drafts=[_draft(how, form, line)], worth=worth, award=award, reason=form.narrative.data,
        told=[("Budget line", line.budget_line.long_label), *told_by(form, "amount", "on", "decision")],
    )  # fmt: skip
