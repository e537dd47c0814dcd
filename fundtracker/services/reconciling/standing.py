"""Where it stands: what each side adds up to, what is matched and explained, and the difference that is left."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property

from sqlalchemy import select
from sqlalchemy.orm import Session

from fundtracker.domain.money import Pence
from fundtracker.domain.statuses import Explanation
from fundtracker.services.reconciling import rows
from fundtracker.services.reconciling.rows import LineRow, OurRow, Row, State
from fundtracker.services.reconciling.scope import Scope
from fundtracker.store.reconciling import Matching, MatchingEntry, MatchingLine


@dataclass(frozen=True)
class Sums:
    """Some lines and payments: how many of each, and their pence."""

    lines: int
    payments: int
    theirs: Pence
    ours: Pence

    @property
    def difference(self) -> Pence:
        """Give theirs less ours, in pence."""
        return Pence(self.theirs - self.ours)


@dataclass(frozen=True)
class Standing:
    """The lines and payments of a scope, and the matches whose every part is in it."""

    scope: Scope
    lines: list[LineRow]
    ours: list[OurRow]
    matchings: dict[int, Matching]

    @cached_property
    def everything(self) -> Sums:
        """Add up all lines, and all payments."""
        return _sums(self.lines, self.ours)

    def of(self, state: State) -> Sums:
        """Add up what is matched, explained or left."""
        return _sums([r for r in self.lines if r.state is state], [r for r in self.ours if r.state is state])

    def because(self, reason: Explanation) -> Sums:
        """Add up what is explained by one reason."""

        def so(row: Row) -> bool:
            return row.state is State.EXPLAINED and row.reason is reason

        return _sums(filter(so, self.lines), filter(so, self.ours))

    @property
    def stated(self) -> Pence:
        """Give the differences that matches were accepted with, in pence."""
        return Pence(sum(matching.difference for matching in self.matchings.values()))

    @property
    def explained(self) -> Pence:
        """Give what the reasons account for, those of the matches with it, in pence."""
        return Pence(self.of(State.EXPLAINED).difference + self.stated)

    @property
    def difference(self) -> Pence:
        """Give finance total less tracker total less what is explained, in pence."""
        return Pence(self.everything.difference - self.explained)

    @property
    def left(self) -> int:
        """Count the lines and payments that nobody has dealt with."""
        return sum(row.state is State.LEFT for side in (self.lines, self.ours) for row in side)

    @property
    def reconciled(self) -> bool:
        """Say whether nothing is left: no difference, and no line or payment undealt with."""
        return self.difference == 0 and self.left == 0


def stand(session: Session, scope: Scope) -> Standing:
    """Read where a scope stands: its lines, its payments, and how each is dealt with."""
    lines, ours = rows.lines_of(session, scope), rows.entries_of(session, scope)
    numbers = {row.matching for side in (lines, ours) for row in side if row.matching}
    whole: dict[int, Matching] = {}
    if numbers:
        _add_from_before(session, scope, numbers, lines, ours)
        whole = _whole(session, numbers, Counter(row.matching for side in (lines, ours) for row in side))
    ours = _without_undone(ours)
    for row in (*lines, *ours):
        _say_state(row, whole)
        row.before = bool(scope.since and row.on and row.on < scope.since)
    return Standing(scope, lines, ours, whole)


def _add_from_before(
    session: Session, scope: Scope, numbers: set[int], lines: list[LineRow], ours: list[OurRow]
) -> None:
    """Add what was left over from before and is matched by now with something of the scope."""
    more_lines, more_ours = rows.matched_in(session, min(numbers), max(numbers))
    known = {(row.side, row.id) for row in (*lines, *ours)}

    def missing(row: Row) -> bool:
        early = scope.since is not None and row.on is not None and row.on < scope.since
        return early and row.matching in numbers and (row.side, row.id) not in known

    lines += [row for row in more_lines if missing(row)]
    ours += [row for row in more_ours if missing(row)]


def _whole(session: Session, numbers: set[int], here: Counter[int | None]) -> dict[int, Matching]:
    """Give the matches of which every part is in the scope."""
    parts: Counter[int] = Counter()
    for kind in (MatchingLine, MatchingEntry):
        asked = select(kind.matching_id).where(kind.live, kind.matching_id.between(min(numbers), max(numbers)))
        parts.update(session.scalars(asked))
    found = session.scalars(select(Matching).where(Matching.id.between(min(numbers), max(numbers))))
    return {each.id: each for each in found if each.id in numbers and here[each.id] == parts[each.id]}


def _without_undone(ours: list[OurRow]) -> list[OurRow]:
    """Leave out a payment and its reversal where both are here and neither is matched: they are no money at all."""
    free = {row.id: row for row in ours if row.matching is None}
    gone = {number for row in free.values() if row.reverses in free for number in (row.id, row.reverses)}
    return [row for row in ours if row.id not in gone]


def _say_state(row: Row, whole: dict[int, Matching]) -> None:
    if row.matching is not None:
        row.outside = row.matching not in whole
        row.state = State.LEFT if row.outside else State.MATCHED
    elif row.explained is not None:
        row.state = State.EXPLAINED


def _sums(lines: Iterable[LineRow], ours: Iterable[OurRow]) -> Sums:
    lines, ours = list(lines), list(ours)
    theirs, mine = Pence(sum(row.amount for row in lines)), Pence(sum(row.amount for row in ours))
    return Sums(len(lines), len(ours), theirs, mine)
