"""Proposals: a movement of money as one person proposes it, and how it is kept until another approves it."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from sqlalchemy.orm import Session

from fundtracker.domain.approvals import ApprovalKind
from fundtracker.domain.kinds import Kind
from fundtracker.domain.money import ZERO, Pence
from fundtracker.domain.roles import Actor
from fundtracker.services.drafts import Draft
from fundtracker.services.posting import Particulars
from fundtracker.store.applications import Application
from fundtracker.store.approvals import ApprovalRequest
from fundtracker.store.awards import Award, AwardLine
from fundtracker.store.funds import BudgetLine, Fund
from fundtracker.store.organisations import Organisation

Told = Sequence[tuple[str, str]]
"""The answers as the person who asked checked them: each question with its words."""


@dataclass(frozen=True, kw_only=True)
class Proposal:
    """
    One operation that waits for an approval: its verb with what the verb needs, and the entries it would post.

    `amount` is what it comes to in pence, `worth` by how many pence it changes what an award is worth in all.
    """

    kind: ApprovalKind
    verb: str
    title: str
    amount: Pence
    fund: Fund
    particulars: Particulars
    details: Mapping[str, Any]
    drafts: Sequence[Draft] = ()
    worth: int = 0
    award: Award | None = None
    application: Application | None = None
    recipient: Organisation | None = None
    reason: str = ""
    told: Told = field(default=(), repr=False)

    @property
    def payee(self) -> Organisation | None:
        """Give whom the money is for, where it is for an organisation."""
        return self.award.organisation if self.award else self.recipient

    @property
    def funds(self) -> list[Fund]:
        """Give the funds that it moves money in, its own first."""
        return list(dict.fromkeys([self.fund, *(draft.line.fund for draft in self.drafts)]))


def packed(proposal: Proposal) -> str:
    """Write what a proposal needs to be carried out later, as JSON."""
    facts = proposal.particulars
    kept = {
        "on": facts.on.isoformat(),
        "original_date": facts.original_date.isoformat() if facts.original_date else None,
        "narrative": facts.narrative,
        "decision": facts.decision,
        "details": dict(proposal.details),
        "drafts": [
            [draft.kind.value, draft.line.id, draft.amount, draft.award_line.id if draft.award_line else None]
            for draft in proposal.drafts
        ],
        "worth": proposal.worth,
        "recipient": proposal.recipient.id if proposal.recipient else None,
    }
    return json.dumps(kept)


def proposal_of(session: Session, request: ApprovalRequest) -> Proposal:
    """Give what a request asks for, in the name of the person who asked."""
    kept = json.loads(request.details)
    particulars = Particulars(
        on=date.fromisoformat(kept["on"]), by=Actor(request.made_by, request.made_by_id), narrative=kept["narrative"],
        decision=kept["decision"],
        original_date=date.fromisoformat(kept["original_date"]) if kept["original_date"] else None,
    )  # fmt: skip
    return Proposal(
        kind=request.kind, verb=request.verb, title=request.title, amount=request.amount, fund=request.fund,
        particulars=particulars, details=kept["details"], drafts=[_draft(session, *each) for each in kept["drafts"]],
        worth=kept["worth"], award=request.award,
        application=session.get(Application, request.application_id) if request.application_id else None,
        recipient=session.get(Organisation, kept["recipient"]) if kept["recipient"] else None,
        reason=request.reason, told=[(question, words) for question, words in json.loads(request.told)],
    )  # fmt: skip


def _draft(session: Session, kind: str, line: int, amount: int, award_line: int | None) -> Draft:
    return Draft(
        kind=Kind(kind), line=session.get_one(BudgetLine, line), amount=amount,
        award_line=session.get_one(AwardLine, award_line) if award_line else None,
    )  # fmt: skip


def total_of(drafts: Sequence[Draft]) -> Pence:
    """Add up what entries to come move, in pence, whichever way."""
    return Pence(abs(sum(draft.amount for draft in drafts))) if drafts else ZERO
