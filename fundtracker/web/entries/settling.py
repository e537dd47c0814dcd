"""Undoing and correcting: at once where it takes money back, with another person's approval where it gives any."""

from collections.abc import Sequence
from typing import Any

from flask import url_for
from flask.typing import ResponseReturnValue
from sqlalchemy import select
from sqlalchemy.orm import Session

from fundtracker.domain.approvals import ApprovalKind
from fundtracker.domain.kinds import Kind, Measure
from fundtracker.domain.money import Pence, pounds
from fundtracker.services import reversals
from fundtracker.services.approvals.alone import needs_another
from fundtracker.services.approvals.proposals import Proposal
from fundtracker.services.approvals.verbs import carry_out
from fundtracker.services.drafts import Draft
from fundtracker.services.posting import Particulars
from fundtracker.store.awards import AwardLine
from fundtracker.store.books import Entry
from fundtracker.web.approvals.asking import Propose, check_then_ask
from fundtracker.web.forms import Form
from fundtracker.web.once import Recorded
from fundtracker.web.steps import Context, check_then_record

_KINDS = {
    Kind.WRITE_OFF: ApprovalKind.WRITE_OFF,
    Kind.ALLOWANCE: ApprovalKind.ALLOWANCE,
    Kind.PAYMENT: ApprovalKind.PAYMENT,
    **dict.fromkeys((Kind.TRANSFER_IN, Kind.TRANSFER_OUT), ApprovalKind.TRANSFER),
    **dict.fromkeys((Kind.CARRY_FORWARD_IN, Kind.CARRY_FORWARD_OUT), ApprovalKind.CARRY_FORWARD),
}
_TITLES = {"reverse": "Reversal", "correct": "Correction"}


def check_then_settle(
    form: Form, number: int, drafts: Sequence[Draft], *, page: str, propose: Propose, context: Context
) -> ResponseReturnValue:
    """Check what undoes or replaces an entry, then record it; or send it for approval where its drafts give money."""
    own, check = f"entries/{page}.html", f"entries/check_{page}.html"

    def record(session: Session) -> Recorded:
        proposal = propose(session)
        carry_out(session, proposal)
        mine = select(Entry.number).where((Entry.reverses == number) | (Entry.replaces == number))
        last = session.scalars(mine.order_by(Entry.number.desc())).first()
        return Recorded(url_for("entries.recorded", number=last))

    if needs_another(drafts):
        return check_then_ask(form, page=own, check_page=check, propose=propose, context=context)
    return check_then_record(form, page=own, check_page=check, record=record, context=context)


def propose_reversal(
    session: Session, entry: Entry, undone: list[Entry], *, together: bool, particulars: Particulars
) -> Proposal:
    """Propose to undo an entry, with what was recorded with it."""
    kept = {"entry": entry.number, "together": together}
    drafts = reversals.opposites(session, undone)
    return _proposal(session, entry, "reverse", drafts, kept=kept, particulars=particulars)


def propose_correction(session: Session, entry: Entry, amount: Pence, particulars: Particulars) -> Proposal:
    """Propose another amount of pence in an entry's place."""
    kept = {"entry": entry.number, "amount": amount}
    drafts = list(reversals.replacement(session, entry, amount))
    return _proposal(session, entry, "correct", drafts, kept=kept, particulars=particulars)


def _proposal(
    session: Session, entry: Entry, verb: str, drafts: list[Draft], *, kept: dict[str, Any], particulars: Particulars
) -> Proposal:  # fmt: skip
    line = session.get_one(AwardLine, entry.award_line_id) if entry.award_line_id else None
    worth = sum(draft.amount for draft in drafts if draft.kind.measure is Measure.AWARDED)
    change = sum(draft.amount for draft in drafts if draft.kind is entry.kind)
    told = [("Entry", f"#{entry.number}, {entry.kind.value}, {pounds(entry.amount)}")]
    if verb == "correct":
        told.append(("Right amount", pounds(kept["amount"])))
    return Proposal(
        kind=_KINDS.get(entry.kind, ApprovalKind.VARIATION), verb=verb,
        title=f"{_TITLES[verb]} of entry #{entry.number}", amount=Pence(abs(change)),
        fund=drafts[0].line.fund, particulars=particulars, details=kept, drafts=drafts, worth=worth,
        award=line.award if line else None, reason=particulars.narrative, told=told,
    )  # fmt: skip
