"""What the forms about a fund's money propose: an allowance, a transfer, a carry forward."""

from typing import Any

from fundtracker.domain.approvals import ApprovalKind
from fundtracker.domain.kinds import Kind
from fundtracker.domain.money import ZERO, Pence
from fundtracker.domain.years import year_label
from fundtracker.services.approvals.proposals import Proposal
from fundtracker.services.drafts import Draft
from fundtracker.services.posting import Particulars
from fundtracker.store.funds import BudgetLine, Fund
from fundtracker.web.funds.move_forms import MoveForm

_VERBS = {
    ApprovalKind.ALLOWANCE: "allow",
    ApprovalKind.TRANSFER: "transfer",
    ApprovalKind.CARRY_FORWARD: "carry forward",
}


def propose_allowance(line: BudgetLine, form: MoveForm, particulars: Particulars) -> Proposal:
    """Propose by how much awards may go over an allocation."""
    allowance = form.sum_of(line)
    change = Draft(kind=Kind.ALLOWANCE, line=line, amount=allowance - line.over_allowed)
    return _proposal(
        ApprovalKind.ALLOWANCE, f"Allowance of {line.fund.name}", allowance, form,
        particulars=particulars, details={"line": line.id, "allowance": allowance}, drafts=[change],
    )  # fmt: skip


def propose_transfer(source: BudgetLine, target: BudgetLine, form: Any, particulars: Particulars) -> Proposal:
    """Propose to move what one budget line has left to another."""
    amount = form.amount.data or ZERO
    kept = {"source": source.id, "target": target.id, "amount": amount, "switch_decision": form.switch_decision.data}
    drafts = [Draft(kind=Kind.TRANSFER_OUT, line=source, amount=-amount),
              Draft(kind=Kind.TRANSFER_IN, line=target, amount=amount)]  # fmt: skip
    title = f"Transfer from {source.fund.name} to {target.fund.name}"
    return _proposal(
        ApprovalKind.TRANSFER, title, amount, form, particulars=particulars, details=kept, drafts=drafts
    )  # fmt: skip


def propose_carry(
    line: BudgetLine, amount: Pence, form: Any, particulars: Particulars, *, into: Fund | None = None,
    year: int | None = None, letter: str = "",
) -> Proposal:  # fmt: skip
    """Propose to carry what a budget line has left into the year after, of its own fund or the one that follows."""
    kept = {"line": line.id, "amount": amount, "into": into.id if into else None, "year": year, "letter": letter}
    drafts = [Draft(kind=Kind.CARRY_FORWARD_OUT, line=line, amount=-amount)]
    if into is not None:
        drafts.append(Draft(kind=Kind.CARRY_FORWARD_IN, line=into.lines[0], amount=amount))
    title = f"Carry forward from {line.fund.name} into {into.name if into else year_label(line.year + 1)}"
    return _proposal(
        ApprovalKind.CARRY_FORWARD, title, amount, form, particulars=particulars, details=kept, drafts=drafts
    )  # fmt: skip


def _proposal(
    kind: ApprovalKind, title: str, amount: Pence, form: MoveForm, *, particulars: Particulars,
    details: dict[str, Any], drafts: list[Draft],
) -> Proposal:  # fmt: skip
    told = [(question, answer) for question, answer, _ in form.answers() if answer != "None"]
    return Proposal(
        kind=kind, verb=_VERBS[kind], title=title, amount=amount, fund=drafts[0].line.fund, particulars=particulars,
        details=details, drafts=drafts, reason=form.narrative.data, told=told,
    )  # fmt: skip
