"""The verbs that wait for an approval: each carries out what was proposed, by the office's own verb and its guards."""

from collections.abc import Callable, Mapping
from typing import Any

from sqlalchemy.orm import Session

from fundtracker.domain.money import Pence
from fundtracker.domain.refusals import Refusal
from fundtracker.services import allocations
from fundtracker.services.approvals.awarding import details_of
from fundtracker.services.approvals.proposals import Proposal
from fundtracker.services.awards import record_award, settle
from fundtracker.services.dues import Due
from fundtracker.services.payment_runs import pay_due, pay_together
from fundtracker.services.posting import Particulars
from fundtracker.services.reversals import find_entry, replace_entry, reverse_entry, reverse_posting
from fundtracker.services.variations import vary_award, write_off
from fundtracker.store.awards import Award, AwardLine
from fundtracker.store.funds import BudgetLine, Fund
from fundtracker.store.schedules import Instalment

Verb = Callable[[Session, Mapping[str, Any], Particulars], Award | None]


def carry_out(session: Session, proposal: Proposal) -> Award | None:
    """
    Post what was proposed, by the verb's own guards as the books stand now, and give the award that it made, if any.

    Raises the refusal of the first guard; the caller's transaction then records nothing.
    """
    return VERBS[proposal.verb](session, proposal.details, proposal.particulars)


def _award(session: Session, kept: Mapping[str, Any], particulars: Particulars) -> Award:
    return record_award(session, details=details_of(session, kept), particulars=particulars)


def _vary(session: Session, kept: Mapping[str, Any], particulars: Particulars) -> None:
    """Post the falls before the rises, so that what one line gives up another may have."""
    for number, by in sorted(kept["changes"], key=lambda change: int(change[1])):
        line = session.get_one(AwardLine, number)
        try:
            vary_award(session, line=line, by=by, particulars=particulars)
        except Refusal as refusal:
            if refusal.field == "amount":
                refusal.field = f"values-{line.award.lines.index(line)}"
            raise


def _settle(session: Session, kept: Mapping[str, Any], particulars: Particulars) -> None:
    settle(session, line=session.get_one(AwardLine, kept["line"]), amount=kept["amount"], particulars=particulars)


def _write_off(session: Session, kept: Mapping[str, Any], particulars: Particulars) -> None:
    write_off(session, line=session.get_one(AwardLine, kept["line"]), amount=kept["amount"], particulars=particulars)


def _allow(session: Session, kept: Mapping[str, Any], particulars: Particulars) -> None:
    line = session.get_one(BudgetLine, kept["line"])
    allocations.set_allowance(session, line=line, allowance=kept["allowance"], particulars=particulars)


def _transfer(session: Session, kept: Mapping[str, Any], particulars: Particulars) -> None:
    source, target = (session.get_one(BudgetLine, kept[name]) for name in ("source", "target"))
    allocations.transfer(
        session, source=source, target=target, amount=kept["amount"], particulars=particulars,
        switch_decision=kept["switch_decision"],
    )  # fmt: skip


def _carry_forward(session: Session, kept: Mapping[str, Any], particulars: Particulars) -> None:
    into = session.get_one(Fund, kept["into"]) if kept["into"] else None
    allocations.carry_forward(
        session, line=session.get_one(BudgetLine, kept["line"]), amount=kept["amount"], particulars=particulars,
        into=into, year=kept["year"], letter=kept["letter"],
    )  # fmt: skip


def _reverse(session: Session, kept: Mapping[str, Any], particulars: Particulars) -> None:
    verb = reverse_posting if kept["together"] else reverse_entry
    verb(session, entry=find_entry(session, kept["entry"]), particulars=particulars)


def _correct(session: Session, kept: Mapping[str, Any], particulars: Particulars) -> None:
    entry = find_entry(session, kept["entry"])
    replace_entry(session, entry=entry, amount=kept["amount"], particulars=particulars)


def _pay(session: Session, kept: Mapping[str, Any], particulars: Particulars) -> None:
    run = [_due(session, *each) for each in kept["dues"]]
    said = {"particulars": particulars, "voucher": kept["voucher"], "sure": kept["sure"]}
    if len(run) == 1:
        pay_due(session, due=run[0], **said)
    else:
        pay_together(session, run=run, **said)


def _due(session: Session, line: int, amount: int, invoice_number: str, instalment: int | None) -> Due:
    return Due(
        line=session.get_one(AwardLine, line), amount=Pence(amount), invoice_number=invoice_number,
        instalment=session.get_one(Instalment, instalment) if instalment else None,
    )  # fmt: skip


VERBS: dict[str, Verb] = {
    "award": _award,
    "vary": _vary,
    "settle": _settle,
    "write off": _write_off,
    "allow": _allow,
    "transfer": _transfer,
    "carry forward": _carry_forward,
    "reverse": _reverse,
    "correct": _correct,
    "pay": _pay,
}
