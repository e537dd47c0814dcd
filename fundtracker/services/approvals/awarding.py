"""Proposing an award, and what an award is given: kept as plain values, and made into the award on approval."""

from collections.abc import Mapping
from dataclasses import fields
from datetime import date
from typing import Any

from sqlalchemy.orm import Session

from fundtracker.domain.approvals import ApprovalKind
from fundtracker.domain.kinds import Kind
from fundtracker.domain.money import Pence
from fundtracker.domain.statuses import AwardType, Basis
from fundtracker.services.approvals.proposals import Proposal, Told
from fundtracker.services.awards import AwardDetails, Share
from fundtracker.services.drafts import Draft
from fundtracker.services.posting import Particulars
from fundtracker.store.applications import Application
from fundtracker.store.awards import Award
from fundtracker.store.funds import BudgetLine
from fundtracker.store.office import Area, Objective
from fundtracker.store.organisations import Organisation

_WORDS = tuple(field.name for field in fields(AwardDetails) if field.type is str or field.type == "str")
_DAYS = ("starts_on", "ends_on")
_ROWS: dict[str, type[Any]] = {"application": Application, "objective": Objective, "area": Area, "follows": Award}


def propose_award(session: Session, *, details: AwardDetails, particulars: Particulars, told: Told = ()) -> Proposal:
    """Propose an award as its form says it; a recipient that was added just now gets its number."""
    session.flush()
    shares = details.shares
    whole = Pence(sum(share.amount or 0 for share in shares))
    drafts = [Draft(kind=Kind.AWARD, line=share.line, amount=share.amount) for share in shares
              if share.amount and share.basis is Basis.FIRM]  # fmt: skip
    application = details.application
    return Proposal(
        kind=ApprovalKind.AWARD, verb="award", title=f"Award to {details.recipient.name}", amount=whole, worth=whole,
        fund=application.fund if application else shares[0].line.fund, particulars=particulars,
        details=_kept(details), drafts=drafts, application=application, recipient=details.recipient,
        reason=details.reasons, told=told,
    )  # fmt: skip


def details_of(session: Session, kept: Mapping[str, Any]) -> AwardDetails:
    """Give the details of an award back from its plain values."""
    shares = tuple(
        Share(line=session.get_one(BudgetLine, line), amount=amount, subject_to_funding=waits)
        for line, amount, waits in kept["shares"]
    )
    more: dict[str, Any] = {name: kept[name] for name in _WORDS}
    more |= {name: session.get_one(kind, kept[name]) if kept[name] else None for name, kind in _ROWS.items()}
    more |= {name: date.fromisoformat(kept[name]) if kept[name] else None for name in _DAYS}
    return AwardDetails(
        recipient=session.get_one(Organisation, kept["recipient"]), shares=shares, type=AwardType(kept["type"]),
        asked_for=kept["asked_for"], **more,
    )  # fmt: skip


def _kept(details: AwardDetails) -> dict[str, Any]:
    rows = {name: getattr(details, name) for name in _ROWS}
    days = {name: getattr(details, name) for name in _DAYS}
    return {
        "recipient": details.recipient.id,
        "shares": [[share.line.id, share.amount, share.subject_to_funding] for share in details.shares],
        "type": details.type.value,
        "asked_for": details.asked_for,
        **{name: getattr(details, name) for name in _WORDS},
        **{name: row.id if row else None for name, row in rows.items()},
        **{name: day.isoformat() if day else None for name, day in days.items()},
    }
