"""Recording awards, with the allocations that they lack, and what their rows say was paid."""

from collections.abc import Mapping, Sequence
from datetime import date

from sqlalchemy import select

from fundtracker.domain.kinds import EventKind, Kind
from fundtracker.domain.money import Pence
from fundtracker.domain.text import LONGEST_NAME, one_line
from fundtracker.domain.years import year_label
from fundtracker.services.allocations import allocate
from fundtracker.services.awards import AwardDetails, Share, draft_award
from fundtracker.services.bringing.deciding import Decision
from fundtracker.services.bringing.work import Link, Work
from fundtracker.services.drafts import Draft
from fundtracker.services.events import note_event
from fundtracker.services.funds import open_line
from fundtracker.services.payments import pay
from fundtracker.services.posting import Operation, Particulars, post_each
from fundtracker.store.awards import Award
from fundtracker.store.funds import Fund
from fundtracker.store.organisations import Organisation


def allocate_what_lacks(work: Work) -> None:
    """Open the budget lines of the years that rows award in, and allocate what is missing where that was chosen."""
    lines, fund = work.plan.lines, work.plan.fund
    if lines is None or fund is None:
        return
    short = {one.year: one.short for one in lines.shorts()}
    for year, slot in sorted(lines.met.items()):
        if slot.line is None:
            slot.line = open_line(work.session, fund=fund, year=year, particulars=work.today())
        if short.get(year) and slot.first:
            says = f"What the awards of {year_label(year)} need, brought in with them from {work.batch.file_name}"
            allocate(work.session, line=slot.line, amount=short[year], particulars=work.particulars(slot.first, says))
            work.plan.answer.allocated.append((year, short[year]))


class AwardRecorder:
    """Records awards from one fund, some hundreds at a time."""

    def __init__(self, work: Work, fund: Fund) -> None:
        self._work = work
        self._fund = fund
        self._used = _used_references(work, fund)

    def record(self, decisions: Sequence[Decision]) -> list[Link]:
        """Record some awards, and say which each row became."""
        work = self._work
        to = work.load_organisations(decisions)
        made = [self._draft(decision, to[decision.to or 0]) for decision in decisions]
        work.session.add_all(award for award, _ in made)
        work.session.flush()
        self._post(decisions, made)
        return [
            self._pay(decision, award, particulars)
            for decision, (award, particulars) in zip(decisions, made, strict=True)
        ]

    def _draft(self, decision: Decision, recipient: Organisation) -> tuple[Award, Particulars]:
        work, values = self._work, decision.row.values
        with work.row(decision):
            says = _text(values, "title") or _text(values, "purpose")
            particulars = work.particulars(
                decision.on or date.min, says, _text(values, "decision_reference"), decision.original, decision.doubt
            )
            stated = _text(values, "identifier") or _text(values, "reference")
            award = draft_award(
                details=self._details(decision, recipient), particulars=particulars,
                reference=decision.reference or self._next(), identifier=one_line(stated)[:LONGEST_NAME],
            )  # fmt: skip
        return award, particulars

    def _details(self, decision: Decision, recipient: Organisation) -> AwardDetails:
        values, work = decision.row.values, self._work
        slot = work.plan.lines.met[decision.year or 0] if work.plan.lines else None
        line = slot.line if slot else None
        return AwardDetails(
            recipient=recipient, shares=(Share(line=line, amount=decision.row.amount),) if line else (),
            benefits=_text(values, "benefits"), purpose=_purpose(values), reasons=_text(values, "reasons"),
            conditions=_text(values, "conditions"), legal_power=_text(values, "legal_power"), notes=_notes(values),
            source_note=f"{work.batch.file_name}, {decision.row.sheet}, row {decision.row.row}",
            area=work.area(_text(values, "area")), starts_on=_day(values, "starts_on"),
            ends_on=_day(values, "ends_on"), asked_for=_pence(values, "asked_for"),
        )  # fmt: skip

    def _next(self) -> str:
        """Give the fund's next award reference; what is in use was read once, for rows may be very many."""
        lines = self._work.plan.references
        while True:
            self._fund.last_award += 1
            reference = f"{self._fund.reference}-{self._fund.last_award:03d}"
            if reference.casefold() not in self._used and hash(reference.casefold()) not in lines:
                return reference

    def _post(self, decisions: Sequence[Decision], made: Sequence[tuple[Award, Particulars]]) -> None:
        """Post what is awarded; an award whose value is not stated is noted."""
        session = self._work.session
        operations: list[Operation] = []
        for decision, (award, particulars) in zip(decisions, made, strict=True):
            line, amount = award.lines[0], decision.row.amount
            if amount is None:
                note_event(session, EventKind.AWARD_RECORDED, award, particulars)
                continue
            draft = Draft(kind=Kind.AWARD, line=line.budget_line, amount=amount, award_line=line)
            operations.append((particulars, (draft,)))
        with self._work.row(*decisions):
            post_each(session, operations)

    def _pay(self, decision: Decision, award: Award, particulars: Particulars) -> Link:
        if decision.paid is None:
            return {"award_id": award.id}
        with self._work.row(decision):
            payment = pay(self._work.session, line=award.lines[0], amount=decision.paid, particulars=particulars)
        return {"award_id": award.id, "payment_id": payment.id}


def _used_references(work: Work, fund: Fund) -> frozenset[str]:
    """Give the references in the books that the fund's next ones could be."""
    begins = select(Award.reference).where(Award.reference.istartswith(f"{fund.reference}-", autoescape=True))
    stem = len(fund.reference) + 1
    used = (reference.casefold() for reference in work.session.scalars(begins))
    return frozenset(one for one in used if not one[stem:].isdecimal() or int(one[stem:]) > fund.last_award)


def _text(values: Mapping[str, object], name: str) -> str:
    return str(values.get(name, "")).strip()


def _day(values: Mapping[str, object], name: str) -> date | None:
    day = values.get(name)
    return day if isinstance(day, date) else None


def _pence(values: Mapping[str, object], name: str) -> Pence | None:
    amount = values.get(name)
    return Pence(amount) if isinstance(amount, int) and amount >= 0 else None


def _purpose(values: Mapping[str, object]) -> str:
    return "\n".join(filter(None, (_text(values, "title"), _text(values, "purpose"))))


def _notes(values: Mapping[str, object]) -> str:
    programme = _text(values, "programme")
    return "\n".join(filter(None, (f"Programme: {programme}" if programme else "", _text(values, "notes"))))
