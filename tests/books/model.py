"""A plain model of the books: a list of entries, summed afresh for every question, with each rule said once more.

Written from the rules and not from the services, so that the two can be compared.
"""

import copy
import sys
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field

MEASURES = {
    "allocated": (
        "allocation", "uplift", "reduction", "funder cut", "transfer out", "transfer in", "carry forward out",
        "carry forward in",
    ),
    "over_allowed": ("allowance",),
    "awarded": ("award", "variation", "withdrawal", "write-off"),
    "paid": ("payment",),
    "recovered": ("refund",),
    "received": ("receipt",),
    "returned": ("return to funder",),
}  # fmt: skip
MEASURE = {kind: measure for measure, kinds in MEASURES.items() for kind in kinds}
AWARD_MEASURES = ("awarded", "paid", "recovered")


class No(Exception):  # noqa: N818 - an answer, not a fault
    """What the model refuses, by the name of the refusal."""


@dataclass
class Posted:
    """An entry: money on a line, perhaps on an award line and a payment, on a day counted from the first."""

    kind: str
    amount: int
    line: int
    on: int
    award_line: int | None = None
    payment: int | None = None
    reverses: int | None = None
    posting: int = 0
    spare: int = 0

    @property
    def measure(self) -> str:
        return MEASURE[self.kind]


@dataclass
class AwardState:
    """What stands of an award beside its money."""

    lines: list[int]
    on: int
    state: str = "awarded"
    in_error: bool = False
    withdrawn_on: int | None = None
    application: int | None = None


@dataclass
class Model:
    """All of the books; every number of a line, award or payment is its place in a list."""

    entries: list[Posted] = field(default_factory=list)
    funds: list[str] = field(default_factory=list)  # open, suspended, closed
    lines: list[tuple[int, int]] = field(default_factory=list)  # fund and year
    awards: list[AwardState] = field(default_factory=list)
    award_lines: list[tuple[int, int]] = field(default_factory=list)  # award and budget line
    payments: list[int] = field(default_factory=list)  # award lines
    applications: list[str] = field(default_factory=list)
    merged: dict[int, int] = field(default_factory=dict)

    def copy(self) -> "Model":
        return copy.deepcopy(self)

    def sum(self, measure: str, where: Callable[[Posted], bool]) -> int:
        return sum(e.amount for e in self.entries if e.measure == measure and where(e))

    def of_line(self, measure: str, line: int) -> int:
        return self.sum(measure, lambda e: e.line == line)

    def of_award(self, measure: str, line: int) -> int:
        return self.sum(measure, lambda e: e.award_line == line)

    def of_fund(self, measure: str, fund: int) -> int:
        return self.sum(measure, lambda e: self.lines[e.line][0] == fund)

    def remaining(self, line: int) -> int:
        return self.of_line("allocated", line) - self.of_line("awarded", line)

    def owed(self, line: int, by: int = sys.maxsize) -> int:
        """Give what is to recover on an award line, or was by a day."""
        sums = [self.sum(m, lambda e: e.award_line == line and e.on <= by) for m in ("paid", "recovered", "awarded")]
        return max(0, sums[0] - sums[1] - sums[2])

    def settled(self, line: int) -> bool:
        net_paid = self.of_award("paid", line) - self.of_award("recovered", line)
        return self.of_award("awarded", line) == net_paid

    def has_entry(self, award_line: int) -> bool:
        return any(e.award_line == award_line for e in self.entries)

    def reversal(self, number: int) -> int | None:
        return next((n for n, e in enumerate(self.entries) if e.reverses == number), None)

    def post(self, *drafts: Posted) -> None:
        posting = len(self.entries)
        for own in {draft.award_line for draft in drafts if draft.award_line is not None}:
            self._owes_nobody(own, drafts)
        for draft in drafts:
            self.check(draft)
            draft.posting = posting
            self.entries.append(draft)
        for own in {draft.award_line for draft in drafts if draft.award_line is not None}:
            award = self.awards[self.award_lines[own][0]]
            if award.state == "completed" and not self.settled(own):
                award.state = "awarded"

    def _owes_nobody(self, own: int, drafts: tuple[Posted, ...]) -> None:
        """Raise No for what would leave money paid in error, and written off, to be paid."""
        kept = {m: self.of_award(m, own) for m in ("awarded", "paid", "recovered")}
        after = {
            m: k + sum(d.amount for d in drafts if d.award_line == own and d.measure == m) for m, k in kept.items()
        }
        now, then = (max(0, s["awarded"] - s["paid"] + s["recovered"]) for s in (kept, after))
        if self.awards[self.award_lines[own][0]].in_error and after["awarded"] > 0 and then > now:
            raise No("WrongStateError")

    def check(self, e: Posted) -> None:
        """Raise No for the first rule that an entry breaks."""
        getattr(self, f"_{e.measure}")(e)
        if e.reverses is not None and e.on < self.entries[e.reverses].on:
            raise No("DateRefusedError")
        if e.award_line is not None and e.measure == "awarded":
            self._never_below(e, [(1, "awarded")], lambda o: o.award_line == e.award_line, "BelowZeroError")
        if e.award_line is not None and e.kind == "write-off" and e.amount > self.owed(e.award_line, e.on):
            raise No("BelowZeroError")
        if e.measure in ("paid", "recovered"):
            net = [(1, "paid"), (-1, "recovered")]
            self._never_below(e, net, lambda o: o.award_line == e.award_line, "MoreThanPaidError")
            self._never_below(e, [(1, e.measure)], lambda o: o.award_line == e.award_line, "BelowZeroError")
        if e.measure == "allocated":
            self._never_below(e, [(1, "allocated")], lambda o: o.line == e.line, "BelowZeroError")
        if e.measure in ("received", "returned"):
            fund, net = self.lines[e.line][0], [(1, "received"), (-1, "returned")]
            self._never_below(e, net, lambda o: self.lines[o.line][0] == fund, "MoreThanReceivedError")

    def _awarded(self, e: Posted) -> None:
        left = self.remaining(e.line) + self.of_line("over_allowed", e.line)
        if e.kind != "write-off" and e.amount > 0 and e.amount > e.spare and e.amount > left:
            raise No("NotEnoughLeftError")
        if e.award_line is not None and e.kind == "write-off" and e.amount > self.owed(e.award_line):
            raise No("BelowZeroError")
        if e.kind == "award" and e.amount > 0:
            self._not_before(e, lambda o: o.line == e.line and o.measure == "allocated")
        if e.kind != "award" and e.reverses is None:
            self._not_before(e, lambda o: o.award_line == e.award_line and o.measure == "awarded")

    def _allocated(self, e: Posted) -> None:
        after = self.of_line("allocated", e.line) + e.amount
        free = e.kind == "funder cut" or -e.amount <= e.spare
        if e.amount < 0 and after < self.of_line("awarded", e.line) and not free:
            raise No("AlreadyAwardedError")
        if after < 0:
            raise No("BelowZeroError")

    def _over_allowed(self, e: Posted) -> None:
        if self.of_line("over_allowed", e.line) + e.amount < 0:
            raise No("BelowZeroError")

    def _paid(self, e: Posted) -> None:
        assert e.award_line is not None
        if e.amount <= e.spare or self.awards[self.award_lines[e.award_line][0]].in_error:
            return
        net = self.of_award("paid", e.award_line) - self.of_award("recovered", e.award_line)
        if net + e.amount > self.of_award("awarded", e.award_line):
            raise No("MoreThanAwardedError")
        self._not_before(e, lambda o: o.award_line == e.award_line and o.measure == "awarded")

    def _recovered(self, e: Posted) -> None:
        pass

    def _received(self, e: Posted) -> None:
        fund, change = self.lines[e.line][0], e.amount if e.kind == "receipt" else -e.amount
        if self.of_fund("received", fund) - self.of_fund("returned", fund) + change < 0 and change < 0:
            raise No("MoreThanReceivedError")

    _returned = _received

    def _not_before(self, e: Posted, what: Callable[[Posted], bool]) -> None:
        days = [o.on for o in self.entries if what(o)]
        if days and e.on < min(days):
            raise No("DateRefusedError")

    def _never_below(
        self, e: Posted, signs: Iterable[tuple[int, str]], where: Callable[[Posted], bool], refusal: str
    ) -> None:
        """Refuse where, on any day from the entry's own, the sum with it would be below zero."""
        rows = [(o.on, sign * o.amount) for sign, m in signs for o in (*self.entries, e) if o.measure == m and where(o)]
        if any(sum(a for on, a in rows if on <= day) < 0 for day in {e.on, *(on for on, _ in rows)} if day >= e.on):
            raise No(refusal)

    def need(self, fact: object, refusal: str) -> None:
        if not fact:
            raise No(refusal)
