"""Sums: one line that pays several payments, several lines that pay one, found by reference or by payee."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from datetime import date
from itertools import islice

from fundtracker.domain.money import figure
from fundtracker.services.reconciling.items import Item, Side, Suggestion, beginnings, total
from fundtracker.services.reconciling.likeness import LONG_AFTER, NAMED_ALIKE, Likeness, compare, names

_MOST_TOGETHER = 6
_MOST_TRIED = 14  # items of one payee, those nearest in date
_MOST_STEPS = 4_000
_LARGEST_RUN = 200
_UNSURE = 80
_SHOWN = 4

_WORDS = {2: "two", 3: "three", 4: "four", 5: "five", 6: "six"}


def by_reference(lines: Sequence[Item], ours: Sequence[Item], used: set[Item]) -> Iterator[Suggestion]:
    """Group the payments and lines that share a reference, where together they are the same sum and singly not."""
    mine, theirs = _by_key(ours, used), _by_key(lines, used)
    for key in sorted(mine.keys() & theirs.keys()):
        some = [item for item in mine[key] if item not in used]
        them = [item for item in theirs[key] if item not in used]
        if not some or not them or max(len(some), len(them)) == 1 or len(some) + len(them) > _LARGEST_RUN:
            continue
        if total(some) != total(them) or sorted(i.amount for i in some) == sorted(i.amount for i in them):
            continue
        used |= {*some, *them}
        yield _together(them, some, f"all with the reference {key.upper()}")


def _by_key(items: Iterable[Item], used: set[Item]) -> dict[str, list[Item]]:
    of: dict[str, list[Item]] = defaultdict(list)
    for item in items:
        for key in item.refers if item not in used else ():
            of[key].append(item)
    return of


def by_payee(lines: Sequence[Item], ours: Sequence[Item], used: set[Item]) -> Iterator[Suggestion]:
    """Find the few items of one payee, near in date, that add up to one of the other side."""
    alike = _Alike([item for item in lines if item not in used], [item for item in ours if item not in used])
    for one in sorted((*lines, *ours), key=lambda item: (-abs(item.amount), item.side, item.id)):
        if one not in used and (found := _adding_up(one, alike.others(one, used))):
            yield _of_one(one, found[0], others=len(found) - 1)
            used |= {one, *found[0]}


class _Alike:
    """Which items of the other side have a payee of the same name."""

    def __init__(self, lines: Sequence[Item], ours: Sequence[Item]) -> None:
        self.begun = {Side.LINE: _by_beginning(lines), Side.OURS: _by_beginning(ours)}

    def others(self, one: Item, used: set[Item]) -> list[Item]:
        """Give what could be parts of one item: the nearest in date of the other side's, of the same sign."""
        begun = self.begun[_other(one.side)]
        found = dict.fromkeys(item for key in sorted(beginnings(one)) for item in begun.get(key, ()))
        parts = [item for item in found if item not in used and _part_of(one, item)]
        return sorted(parts, key=lambda item: (_days(one, item), item.id))[:_MOST_TRIED]


def _by_beginning(items: Iterable[Item]) -> dict[str, list[Item]]:
    of: dict[str, list[Item]] = defaultdict(list)
    for item in items:
        for key in beginnings(item):
            of[key].append(item)
    return of


def _part_of(one: Item, item: Item) -> bool:
    smaller = (one.amount < item.amount < 0) or (0 < item.amount < one.amount)
    return smaller and _days(one, item) <= LONG_AFTER and _named_alike(one, item)


def _other(side: Side) -> Side:
    return Side.OURS if side is Side.LINE else Side.LINE


def _named_alike(one: Item, item: Item) -> bool:
    line, ours = (one, item) if one.side is Side.LINE else (item, one)
    return names(line.names, ours.names).named >= NAMED_ALIKE


def _days(one: Item, other: Item) -> int:
    return abs((one.on - other.on).days) if one.on and other.on else 0


def _adding_up(one: Item, parts: Sequence[Item]) -> list[tuple[Item, ...]]:
    """Give up to two ways in which some parts add up to one item, the fewest parts first."""
    if len(parts) < 2 or abs(total(parts)) < abs(one.amount):  # noqa: PLR2004 - a pair
        return []
    ordered = sorted(parts, key=lambda item: -abs(item.amount))
    ways = (way for count in range(2, _MOST_TOGETHER + 1) for way in _ways(one.amount, ordered, count, [_MOST_STEPS]))
    return list(islice(ways, 2))


def _ways(amount: int, parts: Sequence[Item], count: int, steps: list[int]) -> Iterator[tuple[Item, ...]]:
    steps[0] -= 1
    if steps[0] < 0:
        return
    for place, part in enumerate(parts):
        if count == 1:
            if part.amount == amount:
                yield (part,)
        elif abs(part.amount) < abs(amount):
            rest = _ways(amount - part.amount, parts[place + 1 :], count - 1, steps)
            yield from ((part, *others) for others in rest)


def _of_one(one: Item, parts: tuple[Item, ...], *, others: int) -> Suggestion:
    ordered = sorted(parts, key=lambda item: (item.on or date.min, item.id))
    lines, ours = ([one], ordered) if one.side is Side.LINE else (ordered, [one])
    made = _together(lines, ours, "")
    if others:
        return replace(made, score=min(made.score, _UNSURE), doubts=(*made.doubts, "others add up to it as well"))
    return made


def _together(lines: Sequence[Item], ours: Sequence[Item], why: str) -> Suggestion:
    likes = [compare(line, item) for line in lines for item in ours]
    weakest = min(likes, key=lambda like: like.points)
    doubts = tuple(dict.fromkeys(doubt for like in likes for doubt in like.doubts))
    # compare() gave a near amount's points to each part: the whole is the same amount.
    points = min(weakest.points + 15, 95)
    shared = tuple(reason for reason in weakest.reasons if not reason.startswith("our reference"))
    reasons = (_adds_up(lines, ours), *((why,) if why else shared))
    return Suggestion(lines=tuple(lines), ours=tuple(ours), score=Likeness(points, strange=weakest.strange).score,
                      reasons=reasons, doubts=doubts)  # fmt: skip


def _adds_up(lines: Sequence[Item], ours: Sequence[Item]) -> str:
    if len(lines) > 1 and len(ours) > 1:
        return f"{_count(len(lines))} of theirs add up to {_count(len(ours))} of ours"
    parts, some, whole = (ours, "ours", "theirs") if len(ours) > 1 else (lines, "theirs", "ours")
    sum_of = f" ({' + '.join(figure(item.amount) for item in parts)})" if len(parts) <= _SHOWN else ""
    return f"{_count(len(parts))} of {some} add up to one of {whole}{sum_of}"


def _count(number: int) -> str:
    return _WORDS.get(number, str(number))
