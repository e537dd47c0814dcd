"""Hints: what the matter may be with a line or a payment that nothing on the other side is like."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import timedelta

from sqlalchemy.orm import Session

from fundtracker.domain.statuses import Explanation
from fundtracker.domain.years import long_date
from fundtracker.services.reconciling.items import Item, Side
from fundtracker.services.reconciling.knowing import Names, line_items, our_items
from fundtracker.services.reconciling.likeness import LONG_AFTER, NAMED_ALIKE, compare
from fundtracker.services.reconciling.rows import entries_of, lines_of
from fundtracker.services.reconciling.scope import Scope

_LOOK_AHEAD = timedelta(days=62)


@dataclass(frozen=True)
class Hint:
    """What may explain an item, and the sentence that says why it may."""

    reason: Explanation
    says: str


def hint_at(
    session: Session, scope: Scope, left: Iterable[Item], *, named: dict[int, str], ours: Iterable[Item], names: Names
) -> dict[Item, Hint]:
    """Give a hint for each item that is left; `ours` are all payments of the scope, `named` their references."""
    later = _after(session, scope, names)
    twins: dict[int, list[Item]] = {}
    for item in ours:
        twins.setdefault(item.amount, []).append(item)
    return {item: _hint(item, later, twins.get(item.amount, []), named) for item in left}


def _after(session: Session, scope: Scope, names: Names) -> dict[tuple[Side, int], list[Item]]:
    """Give what is dated soon after the scope and is not matched, by side and pence."""
    after = replace(scope, since=scope.until + timedelta(days=1), until=scope.until + _LOOK_AHEAD, carries=False)
    lines = [row for row in lines_of(session, after) if row.matching is None]
    entries = [row for row in entries_of(session, after) if row.matching is None]
    found: dict[tuple[Side, int], list[Item]] = {}
    for item in (*line_items(lines), *our_items(session, entries, names)):
        found.setdefault((item.side, item.amount), []).append(item)
    return found


def _hint(item: Item, later: dict[tuple[Side, int], list[Item]], alike: list[Item], named: dict[int, str]) -> Hint:
    other = Side.OURS if item.side is Side.LINE else Side.LINE
    what = "payment of ours" if other is Side.OURS else "line"
    for one in later.get((other, item.amount), []):
        if _one_money(item, one) and one.on:
            return Hint(Explanation.TIMING, f"A {what} of this amount and payee is dated {long_date(one.on)}, after "
                                            "this period")  # fmt: skip
    twin = next((one for one in alike if item.side is Side.OURS and _twins(item, one)), None)
    if twin is not None:
        return Hint(Explanation.RECORDED_TWICE, f"{named.get(twin.id, 'Another payment')} has the same payee, amount "
                                                "and date: this may be recorded twice")  # fmt: skip
    if item.side is Side.LINE:
        return Hint(Explanation.NEVER_RECORDED, "No payment of ours is like it: it may never have been recorded")
    return Hint(Explanation.QUERY, "No line of the finance system is like it")


def _one_money(item: Item, one: Item) -> bool:
    line, ours = (item, one) if item.side is Side.LINE else (one, item)
    like = compare(line, ours)
    return like.referred or like.named >= NAMED_ALIKE


def _twins(item: Item, one: Item) -> bool:
    if one is item or one.names[:1] != item.names[:1]:
        return False
    near = bool(item.on and one.on) and abs((item.on - one.on).days) <= LONG_AFTER  # type: ignore[operator]  # both are set
    return bool(item.refers & one.refers) or (near and item.on == one.on)
