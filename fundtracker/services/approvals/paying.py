"""Proposing payments that were made already: another person of finance looks at them before they are in the books."""

from collections.abc import Sequence

from fundtracker.domain.approvals import ApprovalKind
from fundtracker.domain.kinds import Kind
from fundtracker.domain.money import Pence, pounds
from fundtracker.services.approvals.proposals import Proposal, Told
from fundtracker.services.drafts import Draft
from fundtracker.services.dues import Due
from fundtracker.services.posting import Particulars


def propose_payments(
    *, dues: Sequence[Due], particulars: Particulars, voucher: str, sure: bool, told: Told = ()
) -> Proposal:
    """Propose payments of one day under one voucher, at least one."""
    first, several = dues[0].line.award, len(dues) > 1
    drafts = [Draft(kind=Kind.PAYMENT, line=d.line.budget_line, amount=d.amount, award_line=d.line) for d in dues]
    kept = {
        "dues": [[d.line.id, d.amount, d.invoice_number, d.instalment.id if d.instalment else None] for d in dues],
        "voucher": voucher,
        "sure": sure,
    }
    return Proposal(
        kind=ApprovalKind.PAYMENT, verb="pay",
        title=f"{len(dues)} payments" if several else f"Payment to {first.organisation.name}",
        amount=Pence(sum(due.amount for due in dues)), fund=dues[0].line.budget_line.fund, particulars=particulars,
        details=kept, drafts=drafts, award=None if several else first, reason=particulars.narrative,
        told=[*told, *((d.line.award.organisation.name, f"{d.line.award.reference}: {_said(d)}") for d in dues)],
    )  # fmt: skip


def _said(due: Due) -> str:
    invoice = f", invoice {due.invoice_number}" if due.invoice_number else ""
    return f"{pounds(due.amount)}{invoice}"
