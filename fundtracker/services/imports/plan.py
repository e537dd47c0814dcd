"""The plan: what would be recorded of a workbook, row by row, decided against the books before anything is."""

from dataclasses import dataclass, field

from sqlalchemy.orm import Session

from fundtracker.domain.money import pounds
from fundtracker.domain.statuses import Fate
from fundtracker.domain.text import match_key
from fundtracker.domain.years import long_date
from fundtracker.services.imports import dating
from fundtracker.services.imports.known import Known, read_known
from fundtracker.services.imports.outcome import At, Outcome, row_of, stated_rows
from fundtracker.services.imports.planned_awards import AwardPlan, AwardPlanner, by_line, differs
from fundtracker.services.imports.slots import FundSlot, Slots
from fundtracker.services.imports.understood import (
    BidStated,
    FundStated,
    OrganisationStated,
    OutcomeStated,
    Problem,
    Understood,
)

_ROWS_NAMED = 12


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
    _funds(plan)
    for at, organisation in stated_rows(understood, OrganisationStated):
        _organisation(plan, at, organisation)
    _outcomes(plan)
    plan.awards = AwardPlanner(known, outcome, plan.slots).plan(understood)
    _look_alikes(plan)
    _bids(plan)
    dating.date_rows(plan.slots, plan.awards, understood, outcome)
    _in_order(plan)
    _enough(plan)
    return plan


def _funds(plan: Plan) -> None:
    first = dating.first_dates(plan.understood)
    for at, stated in stated_rows(plan.understood, FundStated):
        plan.slots.add(at, stated, dating.year_of_fund(plan.understood, stated, first))
    if plan.slots.yearless:
        (sheet, row), name = plan.slots.yearless[0]
        others = f" and {len(plan.slots.yearless) - 1} more" if len(plan.slots.yearless) > 1 else ""
        plan.outcome.ask_for_a_year(
            f"Nothing says which financial year {name} ({sheet}, row {row}){others} belongs to: no title, no column, "
            "no name and no date of a row. Give the financial year of the workbook."
        )


def _organisation(plan: Plan, at: At, stated: OrganisationStated) -> None:
    key = match_key(stated.name)
    if plan.known.organisations.get(key):
        plan.outcome.fates[at] = Fate.ALREADY_THERE
    elif key in plan.organisations:
        plan.outcome.leave_out(at, f"{stated.name} is in {row_of(plan.organisations[key][0], at)} already")
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


def _look_alikes(plan: Plan) -> None:
    """Note each new organisation whose name differs from another's in its spaces or full stops alone."""
    names = {key.replace(" ", ""): (key, found[0].name) for key, found in plan.known.organisations.items() if found}
    new = [(at, stated.name) for at, stated in plan.organisations.values()]
    new += [(part.at, part.stated.organisation) for award in plan.awards for part in award.parts]
    told = set(plan.known.organisations)
    for at, name in new:
        key = match_key(name)
        like, there = names.setdefault(key.replace(" ", ""), (key, name))
        if like != key and key not in told:
            plan.outcome.note(at, f"{name} may be {there}. Merge the two afterwards if they are one.")
        told.add(key)


def _bids(plan: Plan) -> None:
    left = {key: list(bids) for key, bids in plan.known.bids.items()}
    for at, stated in stated_rows(plan.understood, BidStated):
        there = left.get((match_key(stated.title), match_key(stated.funder)))
        if not there:
            plan.outcome.fates[at] = Fate.TAKEN
            plan.bids.append((at, stated))
        elif (bid := there.pop(0)).sought != stated.sought:
            plan.outcome.leave_out(at, differs(bid.reference, bid.sought, stated.sought))
        else:
            plan.outcome.fates[at] = Fate.ALREADY_THERE
            if bid.status is not stated.status:
                plan.outcome.note(
                    at,
                    f"{bid.reference} is there already as {bid.status.value}, and the file says {stated.status.value}. "
                    "An import changes no bid that is there: record it on the bid.",
                )


def _in_order(plan: Plan) -> None:
    """Refuse each award that is dated before its line was allocated, every one at once."""
    for award in plan.awards:
        for part in award.parts:
            allocated = part.line.allocated_on if part.line else None
            if part.fund and part.stated.amount and allocated and award.on and award.on < allocated:
                plan.outcome.refuse(
                    part.at,
                    f"{part.fund.name} was allocated on {long_date(allocated)}, and this was awarded on "
                    f"{long_date(award.on)}. An award cannot be dated earlier than its allocation. Correct one of the "
                    "two dates.",
                )


def _enough(plan: Plan) -> None:
    """Refuse awards of more than a line has left, with the shortfall to the penny and the rows."""
    for line, fund, parts in by_line(plan.awards):
        needed = sum(part.stated.amount or 0 for part in parts)
        if needed > line.available:
            more = " and more" if parts[_ROWS_NAMED:] else ""
            rows = ", ".join(str(part.at[1]) for part in parts[:_ROWS_NAMED]) + more
            award = f"rows {rows} award" if len(parts) > 1 else f"row {rows} awards"
            plan.outcome.refuse(
                parts[-1].at,
                f"{fund.name} has {pounds(line.available)} left to award, and {award} {pounds(needed)}: "
                f"{pounds(needed - line.available)} more. Lower the awards, or add to the allocation first.",
            )
