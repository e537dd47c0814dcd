"""The plan: what would be recorded of a workbook, row by row, decided against the books before anything is."""

from collections import Counter
from dataclasses import dataclass, field
from datetime import date
from difflib import get_close_matches

from sqlalchemy.orm import Session

from fundtracker.domain.money import pounds
from fundtracker.domain.statuses import AwardType, Doubt
from fundtracker.domain.text import match_key
from fundtracker.domain.years import FinancialYear, year_of
from fundtracker.services.imports import dating
from fundtracker.services.imports.known import Known, Print, read_known
from fundtracker.services.imports.outcome import At, Fate, Outcome, stated_rows
from fundtracker.services.imports.slots import FundSlot, LineSlot, Slots
from fundtracker.services.imports.understood import (
    AwardStated,
    BidStated,
    FundStated,
    OrganisationStated,
    OutcomeStated,
    Problem,
    Understood,
)

_ROWS_NAMED = 12


@dataclass
class AwardPlan:
    """One award to record: from which fund and line, and on which day."""

    at: At
    stated: AwardStated
    fund: FundSlot | None
    line: LineSlot | None
    on: date | None = None
    date_doubt: Doubt = Doubt.NONE


@dataclass
class Plan:
    """What would be recorded, in order, and what became of each row."""

    understood: Understood
    known: Known
    outcome: Outcome
    slots: Slots
    organisations: dict[str, tuple[At, OrganisationStated]] = field(default_factory=dict)
    awards: list[AwardPlan] = field(default_factory=list)
    bids: list[tuple[At, BidStated]] = field(default_factory=list)


def make_plan(session: Session, understood: Understood) -> Plan:
    """Decide what each row would do; the outcome holds every problem that can be seen before recording."""
    known = read_known(session)
    outcome = Outcome(problems=list(understood.problems), undated=understood.undated)
    plan = Plan(understood, known, outcome, Slots(known, outcome))
    for at, fund in stated_rows(understood, FundStated):
        plan.slots.add(at, fund, _year(understood, fund))
    for at, organisation in stated_rows(understood, OrganisationStated):
        _organisation(plan, at, organisation)
    _outcomes(plan)
    _awards(plan)
    _bids(plan)
    dating.date_rows(plan.slots, plan.awards, understood, outcome)
    _enough(plan)
    return plan


def _year(understood: Understood, stated: FundStated) -> FinancialYear | None:
    if stated.line.year or understood.year:
        return stated.line.year or understood.year
    day = stated.allocated_on or understood.undated
    return year_of(day) if day else None


def _organisation(plan: Plan, at: At, stated: OrganisationStated) -> None:
    key = match_key(stated.name)
    if plan.known.organisations.get(key):
        plan.outcome.fates[at] = Fate.ALREADY_THERE
    elif key in plan.organisations:
        plan.outcome.leave_out(at, f"{stated.name} is in row {plan.organisations[key][0][1]} already")
    elif key:
        plan.organisations[key] = (at, stated)
        plan.outcome.fates[at] = Fate.TAKEN


def _outcomes(plan: Plan) -> None:
    unmatched: set[str] = set()
    for at, stated in stated_rows(plan.understood, OutcomeStated):
        slot = _fund_of_outcomes(plan.slots, stated.fund)
        if slot is None:
            plan.outcome.fates[at] = Fate.LEFT_OUT
            plan.outcome.left_out[at] = "it is not known which fund these outcomes are for"
            if at[0] not in unmatched:
                says = "The sheet’s name fits no fund, or more than one, so its outcomes are left out."
                plan.outcome.problems.append(Problem(at[0], None, "", says, refuses=False))
            unmatched.add(at[0])
            continue
        there = {match_key(outcome.words) for outcome in slot.fund.outcomes} if slot.fund else set()
        if match_key(stated.words) in there | {match_key(words) for words in slot.outcomes}:
            plan.outcome.fates[at] = Fate.ALREADY_THERE
        else:
            slot.outcomes.append(stated.words)
            plan.outcome.fates[at] = Fate.TAKEN


def _fund_of_outcomes(slots: Slots, words: str) -> FundSlot | None:
    """Find the one fund whose name begins with the words, or else the one that has all of them."""
    key = match_key(words)
    if not key:
        return None
    if (slot := slots.find(words)) is not None:
        return slot
    for name in {key for key in slots.known.funds if key.startswith(match_key(words))}:
        slots.find(name)
    begins = [slot for slot in slots.all() if match_key(slot.name).startswith(key)]
    contains = [slot for slot in slots.all() if set(key.split()) <= set(match_key(slot.name).split())]
    found = begins or contains
    return found[0] if len(found) == 1 else None


def _awards(plan: Plan) -> None:
    seen: dict[str, int] = {}
    left = Counter(plan.known.fingerprints)
    for at, stated in stated_rows(plan.understood, AwardStated):
        reference = stated.reference.casefold()
        if reference and reference in seen:
            plan.outcome.refuse(at, f"{stated.reference} is row {seen[reference]}’s reference too. Give each its own.")
            continue
        seen[reference] = at[1]
        award = _place(plan, at, stated)
        if award is not None:
            _decide(plan, award, left)


def _place(plan: Plan, at: At, stated: AwardStated) -> AwardPlan | None:
    """Find the fund, the line and the organisation that an award names; None after saying what was not found."""
    if not stated.organisation or (not stated.fund and stated.type is not AwardType.IN_KIND):
        return None  # the row's own problem says so already
    if len(plan.known.organisations.get(match_key(stated.organisation), [])) > 1:
        plan.outcome.refuse(
            at, f"The books have more than one organisation called {stated.organisation}. Merge them first."
        )
        return None
    if not stated.fund:
        return AwardPlan(at, stated, None, None)
    slot = plan.slots.find(stated.fund)
    if slot is None:
        like = get_close_matches(match_key(stated.fund), [match_key(one.name) for one in plan.slots.all()], 1)
        names = [one.name for one in plan.slots.all() if match_key(one.name) in like]
        meant = f" Is it {names[0]}?" if names else ""
        plan.outcome.refuse(at, f"There is no fund called “{stated.fund}”, in the Funds sheet or in the books.{meant}")
        return None
    lines = slot.pick(stated.line, stated.awarded_on)
    if len(lines) == 1 or stated.type is AwardType.IN_KIND:
        return AwardPlan(at, stated, slot, lines[0] if lines else None)
    which = "no budget line" if not lines else f"{len(lines)} budget lines"
    plan.outcome.refuse(
        at, f"{slot.name} has {which} of this year, lot and type (revenue or capital). Say which it is."
    )
    return None


def _decide(plan: Plan, award: AwardPlan, left: Counter[Print]) -> None:
    fingerprint = _fingerprint(plan, award)
    known = plan.known.awards.get(award.stated.reference.casefold()) if award.stated.reference else None
    if known is not None:
        left[known.fingerprint] -= 1
        if fingerprint is None or known.fingerprint[:3] != fingerprint[:3]:
            plan.outcome.refuse(award.at, f"{known.reference} is another award in the books. Give this one its own.")
        elif known.amount != award.stated.amount:
            plan.outcome.leave_out(award.at, _differs(known.reference, known.amount, award.stated.amount))
        else:
            plan.outcome.fates[award.at] = Fate.ALREADY_THERE
    elif fingerprint is not None and not award.stated.reference and left[fingerprint] > 0:
        left[fingerprint] -= 1
        plan.outcome.fates[award.at] = Fate.ALREADY_THERE
    else:
        plan.outcome.fates[award.at] = Fate.TAKEN
        plan.awards.append(award)


def _fingerprint(plan: Plan, award: AwardPlan) -> Print | None:
    """Give what tells an award apart, or None where its fund or organisation is not in the books."""
    stated, found = award.stated, plan.known.organisations.get(match_key(award.stated.organisation))
    if not found or (award.fund is not None and award.fund.fund is None):
        return None
    fund_id = award.fund.fund.id if award.fund and award.fund.fund else None
    about = (match_key(stated.purpose), match_key(stated.benefits))
    return (fund_id, found[0].id, stated.type, stated.amount, stated.awarded_on, *about)


def _differs(name: str, there: int | None, says: int | None) -> str:
    def written(amount: int | None) -> str:
        return "no amount stated" if amount is None else pounds(amount)

    return f"{name} is there already with {written(there)}, and the file says {written(says)}"


def _bids(plan: Plan) -> None:
    left = {key: list(bids) for key, bids in plan.known.bids.items()}
    for at, stated in stated_rows(plan.understood, BidStated):
        there = left.get((match_key(stated.title), match_key(stated.funder)))
        if not there:
            plan.outcome.fates[at] = Fate.TAKEN
            plan.bids.append((at, stated))
        elif (bid := there.pop(0)).sought != stated.sought:
            plan.outcome.leave_out(at, _differs(bid.reference, bid.sought, stated.sought))
        else:
            plan.outcome.fates[at] = Fate.ALREADY_THERE


def _enough(plan: Plan) -> None:
    """Refuse awards of more than a line has left, with the shortfall to the penny and the rows."""
    by_line: dict[int, tuple[LineSlot, FundSlot, list[AwardPlan]]] = {}
    for award in plan.awards:
        if award.line is not None and award.fund is not None and award.stated.amount:
            by_line.setdefault(id(award.line), (award.line, award.fund, []))[2].append(award)
    for line, fund, awards in by_line.values():
        needed = sum(award.stated.amount or 0 for award in awards)
        if needed > line.available:
            rows = ", ".join(str(award.at[1]) for award in awards[:_ROWS_NAMED]) + (
                " and more" if awards[_ROWS_NAMED:] else ""
            )
            plan.outcome.refuse(
                awards[-1].at,
                f"{fund.name} has {pounds(line.available)} left to award, and rows {rows} award {pounds(needed)}: "
                f"{pounds(needed - line.available)} more. Lower the awards, or add to the allocation first.",
            )
