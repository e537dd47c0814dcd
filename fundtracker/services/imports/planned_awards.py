"""The awards that a workbook states: each with its fund and budget lines, one award where rows share a reference."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from difflib import get_close_matches

from fundtracker.domain.money import Pence, pounds
from fundtracker.domain.statuses import AwardType, Doubt, Fate
from fundtracker.domain.text import match_key
from fundtracker.services.imports.known import Known, Print
from fundtracker.services.imports.outcome import At, Outcome, row_of, stated_rows
from fundtracker.services.imports.slots import FundSlot, LineSlot, Slots
from fundtracker.services.imports.understood import AwardStated, Understood


@dataclass
class AwardPart:
    """One row of an award: what it gives, and from which fund and budget line."""

    at: At
    stated: AwardStated
    fund: FundSlot | None
    line: LineSlot | None


@dataclass
class AwardPlan:
    """One award to record, from one row or from several that share its reference, and its day."""

    parts: list[AwardPart]
    on: date | None = None
    date_doubt: Doubt = Doubt.NONE

    @property
    def at(self) -> At:
        """Give where the award's first row stands."""
        return self.parts[0].at

    @property
    def stated(self) -> AwardStated:
        """Give what the award's first row states."""
        return self.parts[0].stated

    @property
    def amount(self) -> Pence | None:
        """Give the pence of every row together; None where no row states any."""
        amounts = [part.stated.amount for part in self.parts if part.stated.amount is not None]
        return Pence(sum(amounts)) if amounts else None

    @property
    def paid(self) -> int:
        """Give the pence that its rows say were paid; a row paid in full says its own amount."""
        return sum(part.stated.paid.amount or part.stated.amount or 0 for part in self.parts if part.stated.paid)


@dataclass
class AwardPlanner:
    """Goes through the Awards rows: finds what each names, joins those of one award, and leaves out what is there."""

    known: Known
    outcome: Outcome
    slots: Slots
    _by_reference: dict[str, AwardPlan] = field(default_factory=dict)
    _rows: dict[str, At] = field(default_factory=dict)

    def plan(self, understood: Understood) -> list[AwardPlan]:
        """Give the awards to record, in the order of their first rows."""
        found = [self._join(at, stated) for at, stated in stated_rows(understood, AwardStated)]
        left = Counter(self.known.fingerprints)
        return [award for award in found if award is not None and self._is_new(award, left)]

    def _join(self, at: At, stated: AwardStated) -> AwardPlan | None:
        """Give the award that a row begins; None where it joins one, or cannot be placed."""
        part, reference = self._place(at, stated), stated.reference.casefold()
        first = self._by_reference.get(reference)
        if first is not None and part is not None:
            if differs := self._why_not_one(first, part):
                self.outcome.refuse(at, f"{stated.reference} is {row_of(first.at, at)}’s reference too, {differs}")
            else:
                first.parts.append(part)
            return None
        if reference in self._rows:
            self.outcome.refuse(at, f"{stated.reference} is {row_of(self._rows[reference], at)}’s reference too.")
            return None
        award = AwardPlan([part]) if part is not None else None
        if reference:
            self._rows[reference] = at
        if reference and award is not None:
            self._by_reference[reference] = award
        return award

    def _why_not_one(self, first: AwardPlan, part: AwardPart) -> str:
        """Say why a row is not one award with the row that has its reference, or nothing where it is."""
        there, here = first.stated, part.stated
        one = "Rows of one award have the same organisation, type and date. Give other awards a reference of their own."
        if match_key(there.organisation) != match_key(here.organisation):
            return f"and that row is to {there.organisation}, not {here.organisation}. {one}"
        if there.type is not here.type:
            return f"and that row is of another type. {one}"
        if there.awarded_on != here.awarded_on:
            return f"and that row has another date. {one}"
        if here.type is AwardType.IN_KIND:
            return "and both are gifts in kind. Give each its own."
        twin = next((one for one in first.parts if one.line is part.line), None)
        return f"for the same fund ({row_of(twin.at, part.at)}). Give each award its own reference." if twin else ""

    def _place(self, at: At, stated: AwardStated) -> AwardPart | None:
        """Find the fund, the line and the organisation that a row names; None after saying what was not found."""
        if not stated.organisation or (not stated.fund and stated.type is not AwardType.IN_KIND):
            return None  # the row's own problem says so already
        if len(self.known.organisations.get(match_key(stated.organisation), [])) > 1:
            says = f"The books have more than one organisation called {stated.organisation}. Merge them first."
            self.outcome.refuse(at, says)
            return None
        if not stated.fund:
            return AwardPart(at, stated, None, None)
        slot = self.slots.find(stated.fund)
        if slot is None:
            self.outcome.refuse(at, self._no_fund(stated.fund))
        return self._place_in(slot, at, stated) if slot is not None and not slot.yearless else None

    def _place_in(self, slot: FundSlot, at: At, stated: AwardStated) -> AwardPart | None:
        lines = slot.pick(stated.line, stated.awarded_on)
        if len(lines) == 1 or stated.type is AwardType.IN_KIND:
            return AwardPart(at, stated, slot, lines[0] if lines else None)
        which = "no budget line" if not lines else f"{len(lines)} budget lines"
        self.outcome.refuse(
            at, f"{slot.name} has {which} of this year, lot and type (revenue or capital). Say which it is."
        )
        return None

    def _no_fund(self, words: str) -> str:
        names = {match_key(slot.name): slot.name for slot in self.slots.all()}
        like = get_close_matches(match_key(words), names, 1)
        meant = f" Is it {names[like[0]]}?" if like else ""
        return f"There is no fund called “{words}”, in the Funds sheet or in the books.{meant}"

    def _is_new(self, award: AwardPlan, left: Counter[Print]) -> bool:
        prints = [self._fingerprint(award, part) for part in award.parts]
        reference = award.stated.reference.casefold()
        known = self.known.awards.get(reference) if reference else None
        if known is not None:
            left[known.fingerprint] -= 1
            if not any(known.fingerprint[:3] == one[:3] for one in prints if one is not None):
                self.outcome.refuse(
                    award.at, f"{known.reference} is another award in the books. Give this one its own."
                )
            elif known.amount != award.amount:
                self._leave_out(award, differs(known.reference, known.amount, award.amount))
            else:
                self._is_there(award, known.reference, known.paid)
        elif prints[0] is not None and not reference and left[prints[0]] > 0:
            left[prints[0]] -= 1
            # Awards that are alike share what was paid on them: the first takes what it says, the next what is left.
            paid = min(award.paid, self.known.paid[prints[0]])
            self.known.paid[prints[0]] -= paid
            self._is_there(award, "This award", paid)
        else:
            self._fate(award, Fate.TAKEN)
            return True
        return False

    def _is_there(self, award: AwardPlan, name: str, paid: int) -> None:
        """Count an award as there already; a payment that its rows have gained since is said, and not recorded."""
        self._fate(award, Fate.ALREADY_THERE)
        if award.paid > paid:
            self.outcome.note(
                award.at,
                f"{name} is there already with {pounds(paid)} paid, and the file says {pounds(award.paid)}. "
                "An import adds no payment to an award that is there: record it on the award.",
            )

    def _fate(self, award: AwardPlan, fate: Fate) -> None:
        self.outcome.fates.update({part.at: fate for part in award.parts})

    def _leave_out(self, award: AwardPlan, why: str) -> None:
        for part in award.parts:
            self.outcome.leave_out(part.at, why)

    def _fingerprint(self, award: AwardPlan, part: AwardPart) -> Print | None:
        """Give what tells an award apart, or None where the fund or organisation of a row is not in the books."""
        stated, found = part.stated, self.known.organisations.get(match_key(part.stated.organisation))
        if not found or (part.fund is not None and part.fund.fund is None):
            return None
        fund_id = part.fund.fund.id if part.fund and part.fund.fund else None
        about = (match_key(stated.purpose), match_key(stated.benefits))
        return (fund_id, found[0].id, stated.type, award.amount, stated.awarded_on, *about)


def differs(name: str, there: int | None, says: int | None) -> str:
    """Say that what is in the books has another amount, in pence, than the file."""

    def written(amount: int | None) -> str:
        return "no amount stated" if amount is None else pounds(amount)

    return f"{name} is there already with {written(there)}, and the file says {written(says)}"


def by_line(awards: Iterable[AwardPlan]) -> Iterable[tuple[LineSlot, FundSlot, list[AwardPart]]]:
    """Give each budget line that rows award from, with those of its rows that state an amount."""
    found: dict[int, tuple[LineSlot, FundSlot, list[AwardPart]]] = {}
    for part in (part for award in awards for part in award.parts):
        if part.line is not None and part.fund is not None and part.stated.amount:
            found.setdefault(id(part.line), (part.line, part.fund, []))[2].append(part)
    return found.values()
