"""Pairs: one line and one payment, the likeliest first, saying where others fit as well."""

from bisect import bisect_left, bisect_right
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date

from fundtracker.domain.money import Pence, pounds
from fundtracker.services.reconciling.items import Item, Suggestion, beginnings
from fundtracker.services.reconciling.likeness import NAMED_ALIKE, SAME_AMOUNT, Likeness, compare

NEAR = 100  # pence: what two amounts may differ by and still be looked at as one that was mistyped
_AS_GOOD = 5  # points: closer than this, two answers are as likely as each other
_UNSURE = 80
_DAYS_ALONE = 7
_MOST_LOOKED_AT = 12  # of many payments of one amount, those nearest in date


@dataclass(frozen=True, slots=True)
class Edge:
    """One line and one payment that may be the same money, and what speaks for it."""

    line: Item
    ours: Item
    like: Likeness


def edges(lines: Sequence[Item], ours: Sequence[Item]) -> list[Edge]:
    """Give every line and payment of one amount that a reference, a payee or a date speaks for."""
    known = _Known(ours)
    alike = Counter(line.amount for line in lines)
    return [
        Edge(line, item, like)
        for line in lines
        for item in known.worth_looking_at(line)
        if _speaks(like := compare(line, item), alone=alike[line.amount] == len(known.of[line.amount]) == 1)
    ]


class _Known:
    """Payments by their amount, and by their amount with a reference or a payee: a grant of £5,000.00 is no rarity."""

    def __init__(self, ours: Sequence[Item]) -> None:
        self.of: dict[int, list[Item]] = defaultdict(list)
        self.also: dict[tuple[int, str], list[Item]] = defaultdict(list)
        for item in sorted(ours, key=_day):
            self.of[item.amount].append(item)
            for key in {*item.refers, *beginnings(item)}:
                self.also[item.amount, key].append(item)

    def worth_looking_at(self, line: Item) -> Iterable[Item]:
        """Give the payments of a line's amount; of many, those of its reference, of its payee and of its days."""
        found = self.of.get(line.amount, [])
        if len(found) <= _MOST_LOOKED_AT:
            return found
        keys = [*line.refers, *beginnings(line)]
        near = (item for key in keys for item in _nearest(line, self.also.get((line.amount, key), [])))
        return dict.fromkeys([*near, *_nearest(line, found)])


def _nearest(line: Item, found: Sequence[Item]) -> Sequence[Item]:
    at = bisect_left(found, _day(line), key=_day)
    first = max(0, min(at - _MOST_LOOKED_AT // 2, len(found) - _MOST_LOOKED_AT))
    return found[first : first + _MOST_LOOKED_AT]


def _day(item: Item) -> date:
    return item.on or date.min


def _speaks(like: Likeness, *, alone: bool) -> bool:
    """Say whether more than the amount speaks for a pair; a date does only where no other has the amount."""
    if like.strange:
        return like.referred
    near = like.points >= SAME_AMOUNT + 15 and not like.named
    return like.referred or like.named > 0 or (alone and near)


def choose(found: Iterable[Edge], used: set[Item], *, least: int = 0) -> Iterator[Suggestion]:
    """Take the likeliest pairs, each item once, and say of each how many others fit as well."""
    of: dict[Item, list[Edge]] = defaultdict(list)
    open_edges = [edge for edge in found if not {edge.line, edge.ours} & used]
    for edge in open_edges:
        of[edge.line].append(edge)
        of[edge.ours].append(edge)
    taken: dict[Item, int] = {}
    for edge in sorted(open_edges, key=_order):
        if edge.like.score < least or edge.line in taken or edge.ours in taken:
            continue
        rivals = {other.ours if other.line is edge.line else other.line
                  for item in (edge.line, edge.ours) for other in of[item]
                  if other is not edge and _as_good(other, edge, taken)}  # fmt: skip
        taken[edge.line] = taken[edge.ours] = edge.like.points
        used |= {edge.line, edge.ours}
        yield _suggestion(edge, rivals)


def _order(edge: Edge) -> tuple[int, int, int]:
    return -edge.like.points, edge.line.id, edge.ours.id


def _as_good(other: Edge, edge: Edge, taken: dict[Item, int]) -> bool:
    """Say whether another pair is as likely, unless its own end has gone to a clearly likelier one."""
    if other.like.points < edge.like.points - _AS_GOOD:
        return False
    gone = max(taken.get(other.line, 0), taken.get(other.ours, 0))
    return gone <= other.like.points + _AS_GOOD


def _suggestion(edge: Edge, rivals: set[Item]) -> Suggestion:
    like = edge.like
    doubts = like.doubts
    if rivals:
        like = replace(like, points=min(like.points, _UNSURE))
        doubts = (*doubts, _others_fit(edge, rivals))
    return Suggestion(lines=(edge.line,), ours=(edge.ours,), score=like.score, reasons=like.reasons, doubts=doubts)


def _others_fit(edge: Edge, rivals: set[Item]) -> str:
    lines = sum(item.side is edge.line.side for item in rivals)
    ours = len(rivals) - lines
    parts = [f"{count} other {word}{'s' if count > 1 else ''}" for count, word in ((ours, "payment"), (lines, "line"))
             if count]  # fmt: skip
    return f"{' and '.join(parts)} fit{'s' if len(rivals) == 1 else ''} as well"


def differing(lines: Sequence[Item], ours: Sequence[Item], used: set[Item], *, referred: bool) -> Iterator[Suggestion]:
    """Pair what differs in amount: by any sum where a reference says so, else by a pound at most to the same payee."""
    left = [item for item in ours if item not in used]
    near = _by_reference(left) if referred else _by_amount(left)
    found = [
        Edge(line, item, like)
        for line in lines
        if line not in used
        for item in near(line)
        if line.amount != item.amount and (line.amount > 0) == (item.amount > 0)
        if (like := compare(line, item)).referred or like.named >= NAMED_ALIKE
        if referred is like.referred or not referred
    ]
    for made in choose(found, used):
        yield replace(made, score=min(made.score, _UNSURE), doubts=(differs(made.difference), *made.doubts))


def differs(by: Pence) -> str:
    """Say by how much the lines differ from the payments."""
    return f"the finance system has {pounds(abs(by))} {'more' if by > 0 else 'less'}"


def _by_reference(ours: Sequence[Item]) -> Callable[[Item], Iterable[Item]]:
    of: dict[str, list[Item]] = defaultdict(list)
    for item in ours:
        for key in item.refers:
            of[key].append(item)
    return lambda line: dict.fromkeys(item for key in line.refers for item in of.get(key, ())[:_MOST_LOOKED_AT])


def _by_amount(ours: Sequence[Item]) -> Callable[[Item], Iterable[Item]]:
    ordered = sorted(ours, key=lambda item: item.amount)

    def near(line: Item) -> Iterable[Item]:
        first = bisect_left(ordered, line.amount - NEAR, key=lambda item: item.amount)
        last = bisect_right(ordered, line.amount + NEAR, key=lambda item: item.amount)
        return ordered[first : min(last, first + _MOST_LOOKED_AT)]

    return near
