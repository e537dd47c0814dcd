"""Telling which column is which field: by its heading first, and by what it holds where headings leave a choice."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import NamedTuple

from fundtracker.services.bringing.fields import FIELDS, Holds, Kind, field_named
from fundtracker.sheets.tables import any_of
from fundtracker.sheets.tabular.contents import Contents
from fundtracker.sheets.tabular.titles import RANKED
from fundtracker.sheets.tabular.wording import wordings

# A word that makes something else of a heading, however it begins or ends.
_SPOILS = any_of(
    "outstanding remaining balance left variance percent percentage unspent difference budget forecast previous prior "
    "irrecoverable unrecoverable non match other or by cumulative rate registration"
)
_SPOILS_END = _SPOILS | any_of("number id code type date reference category status description requested email vat")
# Words that name a field even where one more word stands beside them.
_STRONG = any_of("supplier payee vendor recipient organisation grantee amount purpose description narrative")

_LONGEST = 200  # characters of a heading: what is longer is a note

Titles = Mapping[int, tuple[str, ...]]
"""The headings of a column, by its place: the whole of it first, then the parts that may stand for it."""


class Likely(NamedTuple):
    """A field that a column may be: the lower the tier and the place, the likelier."""

    tier: int
    place: int
    order: int
    column: int
    field: str


@dataclass(frozen=True)
class Told:
    """The field that a column was told to be, and by what."""

    field: str
    why: str
    tier: int = 0
    place: int = 0


_WHY = ("its title", "its title without what stands in brackets", "how its title begins", "how its title ends")


def likely_fields(kind: Kind, titles: Titles) -> list[Likely]:
    """Give the fields that each column may be by its headings alone, the likeliest first."""
    orders = {field.name: order for order, field in enumerate(FIELDS[kind])}
    return sorted(
        Likely(tier, place, orders[field], column, field)
        for column, alternatives in titles.items()
        for later, title in enumerate(alternatives)
        for field, (tier, place) in _by_title(kind, title).items()
        if tier == 0 or later == 0
    )


def count_exact(kind: Kind, titles: Titles) -> int:
    """Count the fields that have a column headed as they usually are."""
    return len({likely.field for likely in likely_fields(kind, titles) if likely.tier <= 1})


def match_columns(
    kind: Kind, titles: Titles, contents: Mapping[int, Contents], given: Mapping[int, str]
) -> dict[int, Told]:
    """Give columns their fields: those a person gave, then the likeliest whose cells can be it, each once."""
    told = {column: Told(field, "as you said") for column, field in given.items() if field}
    for likely in likely_fields(kind, titles):
        taken = likely.column in told or likely.column in given or any(t.field == likely.field for t in told.values())
        if not taken and may_hold(likely.field, contents.get(likely.column, Contents())):
            told[likely.column] = Told(likely.field, _WHY[likely.tier], likely.tier, likely.place)
    return told


def may_hold(field: str, seen: Contents) -> bool:
    """Say whether a column with such contents can be a field."""
    match field_named(field).holds:
        case Holds.AMOUNT:
            return seen.mostly(seen.amounts)
        case Holds.DAY:
            return seen.mostly(seen.days + seen.numbered_days)
    match field:
        case "organisation" | "payee":
            return not seen.filled or seen.amounts + seen.days < seen.filled
        case "supplier_number":
            return seen.mostly(seen.coded)
        case "sign":
            return bool(seen.filled) and 10 * seen.signs >= 9 * seen.filled
    return True


@lru_cache(maxsize=16_384)
def _by_title(kind: Kind, title: str) -> Mapping[str, tuple[int, int]]:
    """Give the fields that a heading may stand for, with how it was told and the place in the order of preference."""
    ranked = RANKED[kind]
    found: dict[str, tuple[int, int]] = {}
    forms = wordings(title) if len(title) <= _LONGEST else ()
    for tier, form in enumerate(forms):
        for field, place in ranked.get(form, {}).items():
            found.setdefault(field, (tier, place))
    if not found and forms:
        for tier, part in _parts(forms[0].split()):
            for field, place in ranked.get(part, {}).items():
                found.setdefault(field, (tier, place))
    return found


def _parts(words: list[str]) -> list[tuple[int, str]]:
    """Give the beginnings, then the ends, of a heading that may stand for the whole of it, the longest first."""
    begins = [
        (2, " ".join(words[:at]))
        for at in range(len(words) - 1, 0, -1)
        if not _SPOILS_END & set(words[at:]) and (at > 1 or words[0] in _STRONG)
    ]
    ends = [
        (3, " ".join(words[at:]))
        for at in range(1, len(words))
        if not _SPOILS & set(words) and (at < len(words) - 1 or words[-1] in _STRONG)
    ]
    return begins + ends
