"""Likeness: what speaks for one line and one payment being the same money, in points and in words."""

from dataclasses import dataclass
from functools import lru_cache

from rapidfuzz import fuzz

from fundtracker.services.likely import own_words
from fundtracker.services.reconciling.items import Item

SAME_AMOUNT = 40
_NEAR_AMOUNT = 25
_REFERENCE, _INVOICE, _AWARD, _OTHER_NUMBER = 40, 30, 20, -20
SAME_NAME, NAMED_ALIKE, _PARTLY = 35, 28, 14
_CUT_SHORT = 33
_SHORTEST_CUT = 12  # characters of a name that a finance system cut short: Oracle keeps 35
_ALL_BUT_SAME, _CLOSE_ENOUGH = 90, 75  # as services/likely.py measures names
_DAYS = ((0, 20), (2, 18), (4, 17), (7, 15), (14, 10), (31, 5))
_HIDDEN = frozenset({"redacted", "redacted personal data", "withheld", "not given", "na", "n a", ""})
LONG_AFTER = 31


@dataclass(frozen=True, slots=True)
class Likeness:
    """Points with their reasons and doubts."""

    points: int
    reasons: tuple[str, ...] = ()
    doubts: tuple[str, ...] = ()
    referred: bool = False
    named: int = 0
    strange: bool = False  # the payees are both given and are not alike

    @property
    def score(self) -> int:
        """Give the points out of 100; a payee that differs is for a person to look at."""
        return min(self.points, 84 if self.strange else 100)


def compare(line: Item, ours: Item) -> Likeness:
    """Say what speaks for a line and a payment of ours being one."""
    gap = line.amount - ours.amount
    parts = [
        Likeness(_NEAR_AMOUNT) if gap else Likeness(SAME_AMOUNT, ("same amount",)),
        _references(line, ours),
        names(line.names, ours.names),
        _days(line, ours),
    ]
    referred, named = parts[1].referred, parts[2].named
    return Likeness(
        sum(part.points for part in parts),
        tuple(reason for part in parts for reason in part.reasons),
        tuple(doubt for part in parts for doubt in part.doubts if not (referred and doubt in _FORGIVEN)),
        referred,
        named,
        parts[2].strange,
    )


_NOT_GIVEN = "the line gives no payee"
_FORGIVEN = frozenset({_NOT_GIVEN, "name only partly the same", "no reference"})


def _references(line: Item, ours: Item) -> Likeness:
    if shared := line.refers & ours.refers:
        return Likeness(_REFERENCE, (f"our reference in the line ({min(shared).upper()})",), referred=True)
    if ours.invoice and ours.invoice == line.invoice:
        return Likeness(_INVOICE, ("same invoice number",), referred=len(ours.invoice) > 1)
    if ours.award and ours.award in line.refers:
        return Likeness(_AWARD, ("our award’s reference in the line",))
    if any(_of_one_kind(mine, theirs) for mine in ours.refers for theirs in line.refers):
        return Likeness(_OTHER_NUMBER, (), ("the voucher numbers differ",))
    return Likeness(0)


def _of_one_kind(mine: str, theirs: str) -> bool:
    return mine.isdigit() and theirs.isdigit() and len(mine) == len(theirs) > 5  # noqa: PLR2004 - digits of a voucher


@lru_cache(maxsize=131_072)
def names(theirs: tuple[str, ...], ours: tuple[str, ...]) -> Likeness:
    """Compare a line's payee with all the names of ours."""
    given = theirs[0] if theirs else ""
    if given in _HIDDEN:
        return Likeness(0, (), (_NOT_GIVEN,))
    if given in ours:
        words = "same payee" if given == ours[0] else "another name of the payee"
        return Likeness(SAME_NAME, (words,), named=SAME_NAME)
    if any(_cut_short(given, name) for name in ours):
        return Likeness(_CUT_SHORT, ("the payee’s name cut short",), named=_CUT_SHORT)
    whole = max((fuzz.token_sort_ratio(given, name) for name in ours), default=0)
    if whole >= _ALL_BUT_SAME:
        return Likeness(NAMED_ALIKE, ("a payee of almost the same name",), named=NAMED_ALIKE)
    own = own_words(given)
    if max((fuzz.token_set_ratio(own, own_words(name)) for name in ours), default=0) >= _CLOSE_ENOUGH:
        return Likeness(_PARTLY, (), ("name only partly the same",), named=_PARTLY)
    return Likeness(0, (), ("the payees differ",), strange=True)


def _cut_short(one: str, other: str) -> bool:
    shorter, longer = sorted((one, other), key=len)
    return len(shorter) >= _SHORTEST_CUT and longer.startswith(shorter)


def _days(line: Item, ours: Item) -> Likeness:
    if line.on is None or ours.on is None:
        return Likeness(0, (), ("the line has no date",))
    return _apart(abs((line.on - ours.on).days))


@lru_cache(maxsize=1024)
def _apart(days: int) -> Likeness:
    points = next((points for most, points in _DAYS if days <= most), 0)
    words = "same day" if not days else f"{days} day{'s' if days > 1 else ''} apart"
    late = days > _DAYS[3][0]
    return Likeness(points, () if late else (words,), (words,) if late else ())
