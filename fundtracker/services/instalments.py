"""Instalments: what is planned to be paid on award lines, and what of it is paid, on its way or left."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Select,
    SQLColumnExpression,
    Subquery,
    and_,
    case,
    exists,
    func,
    literal,
    null,
    select,
    type_coerce,
)
from sqlalchemy import cast as sql_cast
from sqlalchemy.orm import Session, aliased

from fundtracker.domain.kinds import Measure
from fundtracker.domain.money import Pence
from fundtracker.domain.statuses import RunStatus
from fundtracker.domain.terms import waits_for
from fundtracker.domain.years import today
from fundtracker.services.figures import AsAt, counted, measure_sum
from fundtracker.services.terms import late_returns, unmet_conditions
from fundtracker.store.awards import Award, AwardLine, Payment
from fundtracker.store.base import BigId, PenceColumn
from fundtracker.store.books import Entry
from fundtracker.store.runs import PaymentRun, RunLine
from fundtracker.store.schedules import Instalment

Amount = SQLColumnExpression[Any]
WorkedOut = ColumnElement[Any]
_Of = aliased(AwardLine)
UNDER_WAY = (RunStatus.DRAWN_UP, RunStatus.AUTHORISED)
_FACTS = ("position", "due_on", "condition", "condition_met_on", "held_why", "claim_id", "po_number", "cost_centre",
          "subjective", "project")  # fmt: skip


@dataclass(slots=True)
class Plan:
    """What is planned of one instalment besides its amount: when it is due, what holds it, and how it is coded."""

    line_id: int
    instalment_id: int | None
    due_on: date
    condition: str
    condition_met_on: date | None
    held_why: str
    claim_id: int | None
    po_number: str
    cost_centre: str
    subjective: str
    project: str
    unmet: str | None
    late_on: date | None
    unaccepted_on: date | None

    @property
    def waits_for(self) -> str:
        """Say what holds it, by hand, by its own condition or by its award's terms; nothing where nothing does."""
        if self.held_why:
            return self.held_why
        own = self.condition if self.condition_met_on is None else ""
        return waits_for(own or self.unmet, self.late_on, self.unaccepted_on)


@dataclass(slots=True, kw_only=True)
class Slot(Plan):
    """One instalment as it stands, in pence; `own` is what was paid for it by name, `placed` what counts as its."""

    position: int
    amount: Pence
    own: Pence
    placed: Pence
    left: Pence
    in_run: Pence

    @property
    def kept(self) -> Pence:
        """Give what of it is paid or on its way, or all of it where a claim was certified for it."""
        return self.amount if self.claim_id else Pence(self.placed + self.in_run)

    @property
    def ready(self) -> Pence:
        """Give what of it can be put in a run."""
        return Pence(self.left - self.in_run)


def slots_of(session: Session, lines: Sequence[AwardLine]) -> list[Slot]:
    """Give the instalments of award lines, in their order; a line without a schedule has one, due at its start."""
    rows = slots(AwardLine.id.in_([line.id for line in lines]))
    found = session.execute(select(rows).order_by(rows.c.line_id, rows.c.position)).mappings()
    return [Slot(**row) for row in found]


def slots(*wanted: ColumnElement[bool], when: AsAt | None = None) -> Subquery:
    """
    Give a row for each instalment of the award lines that are wanted, with what is paid of it, in pence.

    With a day, it is what was paid by then; what is planned, and what is in a run, is as it stands now.

    A payment counts for the instalment that it was made for. What is left of the line's net paid falls to the
    earliest instalments; what came back comes from the latest that were paid.
    """
    placed = _planned(when, *wanted).union_all(_without_schedule(when, *wanted)).subquery("placed")
    sent = _in_runs()
    same = and_(sent.c.award_line_id == placed.c.line_id,
                func.coalesce(sent.c.instalment_id, 0) == func.coalesce(placed.c.instalment_id, 0))  # fmt: skip
    left = _pence(_not_below_nought(placed.c.amount - placed.c.placed)).label("left")
    late, unmet = late_returns(today() if when is None else when.day), unmet_conditions()
    waits = case((late.c.accepted_first_on <= placed.c.due_on, late.c.accepted_first_on)).label("unaccepted_on")
    held = (unmet.c.unmet, late.c.late_on, waits)
    rows = select(*placed.c, left, _pence(func.coalesce(sent.c.amount, 0)).label("in_run"), *held)
    rows = rows.select_from(placed).join(_Of, _Of.id == placed.c.line_id).outerjoin(sent, same)
    rows = rows.outerjoin(late, late.c.award_id == _Of.award_id).outerjoin(unmet, unmet.c.award_id == _Of.award_id)
    return rows.subquery("slots")


def _planned(when: AsAt | None, *wanted: ColumnElement[bool]) -> Select[Any]:
    """Place what was paid without naming an instalment on the earliest, and take what came back from the latest."""
    w = _weighed(when, *wanted).c
    more = _between_nought_and(w.rest - w.before, w.amount - w.own)
    less = _between_nought_and(-w.rest - w.after, w.own)
    placed = case((w.rest >= 0, w.own + more), else_=w.own - less)
    facts = [getattr(Instalment, name) for name in _FACTS]
    amounts = (_pence(w.amount).label("amount"), _pence(w.own).label("own"), _pence(placed).label("placed"))
    rows = select(w.line_id, w.instalment_id, *facts, *amounts)
    return rows.join(Instalment, Instalment.id == w.instalment_id)


def _weighed(when: AsAt | None, *wanted: ColumnElement[bool]) -> Subquery:
    """Give what each instalment of a schedule has before it and after it; ids and pence alone, for they are sorted."""
    c = _with_own(when, *wanted).subquery("planned").c
    one_line: dict[str, Any] = {"partition_by": c.line_id}
    earlier: dict[str, Any] = {"order_by": c.position, "rows": (None, -1), **one_line}
    later: dict[str, Any] = {"order_by": c.position.desc(), "rows": (None, -1), **one_line}
    rest = (c.net - func.sum(c.own).over(**one_line)).label("rest")
    before = func.coalesce(func.sum(c.amount - c.own).over(**earlier), 0).label("before")
    after = func.coalesce(func.sum(c.own).over(**later), 0).label("after")
    return select(c.line_id, c.instalment_id, c.amount, c.own, rest, before, after).subquery("weighed")


def _with_own(when: AsAt | None, *wanted: ColumnElement[bool]) -> Select[Any]:
    paid = select(Payment.instalment_id, func.sum(Entry.amount).label("paid"))
    paid = paid.join(Entry, Entry.payment_id == Payment.id).where(Payment.instalment_id.is_not(None))
    paid = paid if when is None else paid.where(*counted(when))
    own = paid.group_by(Payment.instalment_id).subquery("own")
    mine = sql_cast(func.coalesce(own.c.paid, 0), BigId)
    capped = case((mine > Instalment.amount, Instalment.amount), (mine < 0, 0), else_=mine)
    line, net = Instalment.award_line_id.label("line_id"), type_coerce(_net_paid(when), PenceColumn).label("net")
    rows = select(line, Instalment.id.label("instalment_id"), Instalment.position, Instalment.amount,
                  capped.label("own"), net)  # fmt: skip
    rows = rows.join(AwardLine, AwardLine.id == Instalment.award_line_id)
    rows = rows.join(Award, Award.id == AwardLine.award_id)
    return rows.outerjoin(own, own.c.instalment_id == Instalment.id).where(*wanted)


def _without_schedule(when: AsAt | None, *wanted: ColumnElement[bool]) -> Select[Any]:
    facts: dict[str, Any] = {"position": literal(1), "due_on": func.coalesce(Award.starts_on, Award.awarded_on),
             "condition_met_on": null(), "claim_id": sql_cast(null(), BigId)}  # fmt: skip
    given = [facts.get(name, literal("")).label(name) for name in _FACTS]
    placed = _pence(_between_nought_and(_net_paid(when), AwardLine.awarded)).label("placed")
    sums = (AwardLine.awarded.label("amount"), _pence(literal(0)).label("own"), placed)
    rows = select(AwardLine.id.label("line_id"), sql_cast(null(), BigId).label("instalment_id"), *given, *sums)
    planned = exists().where(Instalment.award_line_id == AwardLine.id)
    return rows.join(Award, Award.id == AwardLine.award_id).where(~planned, *wanted)


def _net_paid(when: AsAt | None) -> WorkedOut:
    if when is None or when.kept:
        return AwardLine.paid - AwardLine.recovered
    paid = select(measure_sum(Measure.PAID) - measure_sum(Measure.RECOVERED))
    return paid.where(Entry.award_line_id == AwardLine.id, *counted(when)).correlate(AwardLine).scalar_subquery()


def _in_runs() -> Subquery:
    rows = select(RunLine.award_line_id, RunLine.instalment_id, func.sum(RunLine.amount).label("amount"))
    rows = rows.join(PaymentRun, PaymentRun.id == RunLine.run_id).where(PaymentRun.status.in_(UNDER_WAY))
    return rows.group_by(RunLine.award_line_id, RunLine.instalment_id).subquery("in_runs")


def _between_nought_and(amount: Amount, most: Amount) -> WorkedOut:
    return case((amount <= 0, 0), (amount > most, most), else_=amount)


def _not_below_nought(amount: Amount) -> WorkedOut:
    return case((amount > 0, amount), else_=0)


def _pence(amount: Amount) -> WorkedOut:
    return sql_cast(amount, PenceColumn)
