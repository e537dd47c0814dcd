"""Telling which column is which field: by its heading first, and by what it holds where headings leave a choice."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import NamedTuple

from rapidfuzz import process
from rapidfuzz.distance import OSA

from fundtracker.domain.statuses import BatchKind
from fundtracker.services.bringing.fields import AMOUNT, FIELDS, Holds, field_named
from fundtracker.sheets.tables import any_of
from fundtracker.sheets.tabular.contents import Contents
from fundtracker.sheets.tabular.titles import RANKED
from fundtracker.sheets.tabular.wording import wordings

# A word that makes something else of a heading, however it begins or ends.
_SPOILS = any_of(
    "outstanding remaining balance left variance percent percentage unspent difference budget forecast previous prior "
    "irrecoverable unrecoverable non match other or by cumulative rate registration"
)
_SPOILS_END = _SPOILS | any_of(
    "number id code type date reference category status description requested email vat postcode address"
)
# Words that name a field even where one more word stands beside them.
_STRONG = any_of("supplier payee vendor recipient organisation grantee amount purpose description narrative")

_LEAST_MISSPELT, _MOST_MISSPELT = len("amount"), len("organisation registration number")
_CHOICES = 2
_LONGEST = 200  # characters of a heading: what is longer is a note

Titles = Mapping[int, tuple[str, ...]]
"""The headings of a column, by its place: the whole of it first, then the parts that may stand for it."""


KEY_DAY = {
    BatchKind.AWARDS: "awarded_on",
    BatchKind.APPLICATIONS: "received_on",
    BatchKind.PAYMENTS: "paid_on",
    BatchKind.FINANCE: "on_date",
}
"""The day that a row of each kind is recorded on."""


class Likely(NamedTuple):
    """
    A field that a column may be: the lower the numbers, the likelier.

    The tier says how the heading told: whole or but for its brackets (0), how it begins, how it ends, but for a letter.
    """

    tier: int
    place: int
    order: int
    column: int
    field: str
    why: str


@dataclass(frozen=True)
class Told:
    """The field that a column was told to be, and by what."""

    field: str
    why: str


GIVEN = "as you said"
_WHOLE, _BUT_FOR = "its title", "its title, but for what stands in brackets or numbers"
_BEGINS, _ENDS, _MISSPELT = "how its title begins", "how its title ends", "its title, but for a letter"


def likely_fields(kind: BatchKind, titles: Titles) -> list[Likely]:
    """Give the fields that each column may be by its headings alone, the likeliest first."""
    orders = {field.name: order for order, field in enumerate(FIELDS[kind])}
    return sorted(
        Likely(tier, place, orders[field], column, field, why)
        for column, alternatives in titles.items()
        for later, title in enumerate(alternatives)
        for field, (tier, place, why) in _by_title(kind, title).items()
        if tier == 0 or later == 0
    )


def match_columns(
    kind: BatchKind, titles: Titles, contents: Mapping[int, Contents], given: Mapping[int, str]
) -> dict[int, Told]:
    """Give columns their fields: those a person gave, then the likeliest whose cells can be it, each once."""
    told = {column: Told(field, GIVEN) for column, field in given.items() if field}
    likely_ones = likely_fields(kind, titles)
    for filled in (True, False):  # an empty column gives way to any that is filled
        for likely in likely_ones:
            seen = contents.get(likely.column, Contents())
            taken = likely.column in told or likely.column in given or _is_told(told, likely.field)
            if not taken and bool(seen.filled) is filled and may_hold(likely.field, seen):
                told[likely.column] = Told(likely.field, likely.why)
    free = {column: contents.get(column, Contents()) for column in titles if column not in told and column not in given}
    for field, why, columns in _by_contents(kind, titles, free):
        if field and len(columns) == 1 and not _is_told(told, field):
            told[columns[0]] = Told(field, why)
    return told


def _is_told(told: Mapping[int, Told], field: str) -> bool:
    return any(one.field == field for one in told.values())


def _by_contents(kind: BatchKind, titles: Titles, free: Mapping[int, Contents]) -> Iterator[tuple[str, str, list[int]]]:
    """Give what may be the day and the amount by what they hold, where no heading told them."""
    days = [column for column, seen in free.items() if seen.filled and seen.days == seen.filled]
    yield KEY_DAY.get(kind, ""), "the only column of dates", days
    pounds = [column for column, seen in free.items() if "£" in titles[column][0] and seen.amounts == seen.filled > 0]
    yield AMOUNT[kind], "the only other column of pounds", pounds


def may_hold(field: str, seen: Contents) -> bool:
    """Say whether a column with such contents can be a field."""
    holds = field_named(field).holds
    if holds is Holds.AMOUNT:
        return seen.mostly(seen.amounts)
    if holds is Holds.DAY:
        return seen.mostly(seen.days + seen.numbered_days)
    return _SUITS[field](seen) if field in _SUITS else True


def _names_somebody(seen: Contents) -> bool:
    return not seen.filled or seen.amounts + seen.days < seen.filled


def _describes(seen: Contents) -> bool:
    return seen.different > _CHOICES or seen.filled <= 2 * _CHOICES  # `Revenue` or `Capital` describes nothing


_SUITS: Mapping[str, Callable[[Contents], bool]] = {
    "organisation": _names_somebody,
    "payee": _names_somebody,
    "supplier_number": lambda seen: seen.mostly(seen.coded),
    "description": _describes,
    "purpose": _describes,
    "sign": lambda seen: bool(seen.filled) and 10 * seen.signs >= 9 * seen.filled,
}


@lru_cache(maxsize=16_384)
def _by_title(kind: BatchKind, title: str) -> Mapping[str, tuple[int, int, str]]:
    """Give the fields that a heading may stand for, with the tier, the place in the order of preference, and why."""
    ranked = RANKED[kind]
    forms = wordings(title) if len(title) <= _LONGEST else ()
    for form in forms:
        if fields := ranked.get(form):
            why = _WHOLE if form == forms[0] else _BUT_FOR
            return {field: (0, place, why) for field, place in fields.items()}
    found: dict[str, tuple[int, int, str]] = {}
    for tier, part, why in _parts(forms[0].split()) if forms else ():
        for field, place in ranked.get(part, {}).items():
            found.setdefault(field, (tier, place, why))
    if not found and forms and (meant := _misspelt(kind, forms[0])):
        return {field: (3, place, _MISSPELT) for field, place in ranked[meant].items()}
    return found


def _misspelt(kind: BatchKind, form: str) -> str:
    """Give the one wording that a heading differs from by a letter: `Ammount`, `Expenditure Catergory`."""
    if not _LEAST_MISSPELT <= len(form) <= _MOST_MISSPELT:
        return ""
    near = process.extract(form, RANKED[kind].keys(), scorer=OSA.distance, score_cutoff=1)
    meant = [wording for wording, _, _ in near if wording[0] == form[0]]
    return meant[0] if len(meant) == 1 else ""


def _parts(words: list[str]) -> list[tuple[int, str, str]]:
    """Give the beginnings, then the ends, of a heading that may stand for the whole of it, the longest first."""
    begins = [
        (1, " ".join(words[:at]), _BEGINS)
        for at in range(len(words) - 1, 0, -1)
        if not _SPOILS_END & set(words[at:]) and (at > 1 or words[0] in _STRONG)
    ]
    ends = [
        (2, " ".join(words[at:]), _ENDS)
        for at in range(1, len(words))
        if not _SPOILS & set(words) and (at < len(words) - 1 or words[-1] in _STRONG)
    ]
    return begins + ends
