"""The names that a question may hold: of organisations, funds, areas, objectives, funders, programmes and kinds."""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import NamedTuple

from sqlalchemy import String, cast, literal, select, union_all
from sqlalchemy.orm import Session

from fundtracker.domain.statuses import Source, SpendType
from fundtracker.domain.years import FinancialYear
from fundtracker.services.bringing.gone import gone
from fundtracker.services.likely import own_words
from fundtracker.services.organisations import roots
from fundtracker.services.questions.wording import is_ours, words_of
from fundtracker.services.search import nearest
from fundtracker.store.funds import BudgetLine, Fund
from fundtracker.store.office import Area, Objective
from fundtracker.store.organisations import Organisation, OtherName

KINDS = ("organisation", "fund", "area", "objective", "programme", "funder", "recipient_type", "spend_type", "source")
# What is most likely meant after a word; after any other, all are as likely.
_AFTER = {
    "in": ("area", "fund", "programme"),
    "across": ("area",),
    "from": ("fund", "programme", "funder"),
    "to": ("organisation", "recipient_type"),
}
_BEFORE = dict.fromkeys(("fund", "scheme", "pot", "programme"), ("fund", "programme"))
_GENERIC = frozenset(
    [
        "council",
        "parish",
        "town",
        "county",
        "district",
        "borough",
        "city",
        "community",
        "trust",
        "association",
        "limited",
    ]
)
_BRIDGES = frozenset(["of", "and", "the", "or", "s"])
_YEARS = re.compile(r"year20[0-9]{2}x|20[0-9]{2}")
_KNOWN = union_all(
    select(literal("organisation").label("cut"), cast(Organisation.id, String).label("value"), Organisation.name)
    .where(Organisation.id.not_in(gone())),
    select(literal("organisation"), cast(OtherName.organisation_id, String), OtherName.name)
    .where(OtherName.organisation_id.not_in(gone())),
    select(literal("fund"), Fund.reference, Fund.name),
    select(literal("fund"), Fund.reference, Fund.reference),
    select(literal("area"), Area.name, Area.name),
    select(literal("objective"), Objective.name, Objective.name),
    select(literal("programme"), Fund.programme, Fund.programme).where(Fund.programme != "").distinct(),
    select(literal("funder"), Fund.funder, Fund.funder).distinct(),
    select(literal("recipient_type"), Organisation.type, Organisation.type).where(Organisation.type != "").distinct(),
)  # fmt: skip
_SOURCES = {Source.EXTERNAL: "external money", Source.OWN: "own money", Source.RESERVE: "reserves"}
_FIXED = (
    *(("spend_type", one.value, one.value) for one in SpendType),
    *(("source", one.value, words) for one, words in _SOURCES.items()),
)


class Name(NamedTuple):
    """A name: which cut it is of, its text in an ask, as it is written, and its words."""

    cut: str
    value: str
    written: str
    words: tuple[str, ...]

    @property
    def meant(self) -> tuple[str, str]:
        """Say what it names: several names may name one thing."""
        return self.cut, self.value


class Around(NamedTuple):
    """What stands around a phrase: the words before and after it, the kinds of name and the funds that may be meant."""

    before: str
    after: str
    kinds: Sequence[str]
    funds: frozenset[str]


@dataclass(frozen=True)
class Names:
    """Every name in the books."""

    names: list[Name]

    @cached_property
    def whole(self) -> dict[tuple[str, ...], list[Name]]:
        """Give names by all of their words, and without what a person leaves out of them."""
        found: dict[tuple[str, ...], list[Name]] = defaultdict(list)
        for name in self.names:
            for words in dict.fromkeys(_short_forms(name)):
                found[words].append(name)
        return found

    @cached_property
    def longest(self) -> int:
        """Give the number of words of the longest name."""
        return max((len(words) for words in self.whole), default=0)

    def holding(self, words: Sequence[str]) -> list[Name]:
        """Give the names that hold all of some words, one of which tells them apart."""
        sought = {word for word in words if word not in _BRIDGES}
        kinds = {_singular(word) for word in sought}
        telling = any(word not in _GENERIC and not word.isdigit() for word in sought)
        return [
            name
            for name in self.names
            if (telling and sought <= set(name.words))
            or (name.cut == "recipient_type" and kinds and kinds <= set(map(_singular, name.words)))
        ]

    def with_others(self, found: list[Name], words: Sequence[str]) -> list[Name]:
        """Add to the funds that words are short for the others that they may as well be short for."""
        if any(name.cut != "fund" or name.words == tuple(words) for name in found):
            return found
        return [*found, *(name for name in self.holding(words) if name.cut == "fund")]

    def like(self, words: Sequence[str]) -> list[Name]:
        """Give the names that misspelt words may mean, best first."""
        spelt = {name: own_words(" ".join(name.words)) for name in self.names if name.cut != "recipient_type"}
        return distinct(nearest(own_words(" ".join(words)), spelt))


def read_names(session: Session) -> Names:
    """Read every name in the books, in two queries; merged organisations' lead to what they are now."""
    now = roots(session)
    found = [*session.connection().execute(_KNOWN), *_FIXED]
    return Names(
        [Name(cut, _as_it_is(cut, value, now), written, tuple(words_of(written))) for cut, value, written in found]
    )


def funds_of(session: Session, year: FinancialYear) -> frozenset[str]:
    """Give the references of the funds that have a budget line of a year."""
    lines = select(Fund.reference).join(BudgetLine, BudgetLine.fund_id == Fund.id).where(BudgetLine.year == year)
    return frozenset(session.scalars(lines))


def preferred(names: Sequence[Name], around: Around) -> list[Name]:
    """Give the names that are likely meant where they stand, each thing once; all where none is likelier."""
    kinds = _BEFORE.get(around.after) or _AFTER.get(around.before) or KINDS
    likely = [name for name in names if name.cut in around.kinds] or names
    likely = [name for name in likely if name.cut in kinds] or likely
    narrowed = [name for name in likely if name.cut != "fund" or name.value in around.funds] if around.funds else []
    return distinct(narrowed or likely)


def distinct(names: Iterable[Name]) -> list[Name]:
    """Give each thing once, by the first of its names."""
    return list({name.meant: name for name in reversed(list(names))}.values())[::-1]


def _short_forms(name: Name) -> Iterator[tuple[str, ...]]:
    words = name.words
    if all(is_ours(word) for word in words):
        return
    yield words
    if name.cut == "recipient_type":
        yield tuple(map(_singular, words))
    if name.cut == "fund":
        bare = tuple(word for word in words if not _YEARS.fullmatch(word))
        for short in (bare, *(tuple(word for word in some if word != "fund") for some in (words, bare))):
            if len(short) > 1:
                yield short


def _singular(word: str) -> str:
    return (
        f"{word[:-3]}y"
        if word.endswith("ies")
        else word[:-1]
        if word.endswith("s") and not word.endswith("ss")
        else word
    )


def _as_it_is(cut: str, value: str, now: dict[int, int]) -> str:
    return str(now.get(int(value), value)) if cut == "organisation" else value
