"""Reading a question: the figure that it asks for and every cut, or what of it was not understood."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from sqlalchemy.orm import Session

from fundtracker.domain.asks import Figure
from fundtracker.domain.years import parse_year
from fundtracker.services.behind.asked import OF_AWARDS, OF_FUNDS
from fundtracker.services.questions.names import KINDS, Around, Name, Names, distinct, funds_of, preferred, read_names
from fundtracker.services.questions.wording import (
    TAKEN,
    figure_in,
    is_asked,
    is_ours,
    put_right,
    says_nothing,
    take_days,
    words_of,
    year_in,
)

MOST_WORDS = 40  # of a question
MOST_UNSURE = 2  # phrases that are compared with every name
_BRIDGES = ("of", "and", "the")
_ARTICLES = ("the", "a", "an", "our", "all", "any")
_ORDINARY = Figure.AWARDED  # what "how much for Weobley?" asks


@dataclass(frozen=True, kw_only=True)
class Read:
    """
    A question as it was read: the figure, its cuts as an ask writes them, and the names that it holds.

    `meanings` are what one phrase may mean, where it is not sure, as where it is `misspelt`; `unknown` are the words
    that nothing is known of.
    """

    figure: Figure | None
    cuts: dict[str, str]
    names: tuple[Name, ...] = ()
    meanings: tuple[Name, ...] = ()
    phrase: str = ""
    misspelt: bool = False
    unknown: tuple[str, ...] = ()

    @property
    def is_clear(self) -> bool:
        """Say whether all of it was understood."""
        return self.figure is not None and not self.meanings and not self.unknown

    @property
    def is_likely(self) -> bool:
        """Say whether words that are not asked as a question are one: a figure, and whose or when."""
        sure = self.figure is not None and not self.unknown and not self.misspelt
        return sure and bool(self.cuts or self.meanings)


@dataclass
class _Hand:
    """A question while it is read: its words, those understood taken out, and what they meant."""

    words: list[str]
    chosen: list[Name] = field(default_factory=list)
    unsure: list[tuple[str, list[Name]]] = field(default_factory=list)
    misspelt: bool = False
    funds: frozenset[str] = frozenset()
    kinds: Sequence[str] = KINDS
    unknown: list[str] = field(default_factory=list)

    def around(self, start: int, end: int) -> Around:
        """Say what stands around some words."""
        before = next((word for word in reversed(self.words[:start]) if word not in _ARTICLES), "")
        return Around(before, self.words[end] if end < len(self.words) else "", self.kinds, self.funds)

    def take(self, start: int, end: int, names: list[Name]) -> None:
        """Take words out that mean one thing, or several between which somebody has to choose."""
        if len(names) == 1:
            self.chosen.append(names[0])
        else:
            self.unsure.append((" ".join(self.words[start:end]), names))
        self.words[start:end] = [TAKEN]


def read_question(session: Session, text: str) -> Read | None:
    """Read a text as a question; None for one that asks nothing, such as a name alone."""
    asks, time = is_asked(text), take_days(text)
    words = words_of(time.rest)[:MOST_WORDS]
    if not asks and not any(figure_in([word])[0] for word in words):
        return None
    names, hand = read_names(session), _Hand(words)
    if not words or tuple(words) in names.whole:
        return None
    year = _read_words(session, names, hand)
    figure, hand.words = figure_in(hand.words)
    _read_rest(names, hand)
    if figure is None:
        figure, hand.words = figure_in(hand.words)
    if figure is None and asks and (hand.chosen or hand.unsure):
        figure = _ORDINARY
    days = {name: day.isoformat() for name, day in (("since", time.since), ("as_at", time.as_at)) if day}
    read = _result(figure, year | days, hand)
    return read if asks or read.is_likely else None


def _read_words(session: Session, names: Names, hand: _Hand) -> dict[str, str]:
    """Take whole names out, the longest first, and the financial year."""
    known = list(_whole_names(names, hand.words))
    rest = _without(hand.words, known)
    year, _ = year_in(rest)
    figure, _ = figure_in(rest)
    hand.kinds = [kind for kind in KINDS if figure not in OF_FUNDS or kind not in OF_AWARDS]
    hand.funds = funds_of(session, parse_year(year)) if year else frozenset()
    for start, end, found in sorted(known, key=lambda one: -one[0]):
        hand.take(start, end, preferred(names.with_others(found, hand.words[start:end]), hand.around(start, end)))
    hand.words = year_in(hand.words)[1]
    return {"year": year} if year else {}


def _without(words: list[str], known: Sequence[tuple[int, int, list[Name]]]) -> list[str]:
    inside = {place for start, end, _ in known for place in range(start, end)}
    return [TAKEN if place in inside else word for place, word in enumerate(words)]


def _whole_names(names: Names, words: list[str]) -> Iterator[tuple[int, int, list[Name]]]:
    taken: set[int] = set()
    for length in range(min(names.longest, len(words)), 0, -1):
        for start in range(len(words) - length + 1):
            span = range(start, start + length)
            found = names.whole.get(tuple(words[start : start + length]))
            if found and taken.isdisjoint(span):
                taken.update(span)
                yield start, start + length, found


def _read_rest(names: Names, hand: _Hand) -> None:
    """Take out of what is left what is part of a name, or nearly one; what is neither is not known."""
    for start, end in reversed(list(_runs(hand.words))):
        phrase = hand.words[start:end]
        found = preferred(names.holding(phrase), hand.around(start, end))
        if found:
            hand.take(start, end, found)
            continue
        right = [put_right(word) for word in phrase]
        if all(is_ours(word) or word in _BRIDGES for word in right):
            hand.words[start:end] = right
        elif len(hand.unsure) < MOST_UNSURE and (like := names.like(phrase)):
            hand.unsure.append((" ".join(phrase), like))
            hand.misspelt = True
        else:
            hand.unknown.extend(phrase)


def _runs(words: list[str]) -> Iterator[tuple[int, int]]:
    """Find the words that stand together and are neither understood nor without meaning."""
    start = None
    for place, word in enumerate([*words, TAKEN]):
        if not says_nothing(word):
            start = place if start is None else start
        elif start is not None and not (
            word in _BRIDGES and place + 1 < len(words) and not says_nothing(words[place + 1])
        ):
            yield start, place
            start = None


def _result(figure: Figure | None, cuts: dict[str, str], hand: _Hand) -> Read:
    names = distinct(hand.chosen)
    cuts = cuts | {name.cut: name.value for name in names}
    twice = len({name.cut for name in names}) < len(names)
    unsure = hand.unsure[0] if len(hand.unsure) == 1 else ("", [])
    unknown = [*hand.unknown, *(phrase for phrase, _ in hand.unsure if len(hand.unsure) > 1)]
    if twice:
        unknown += [name.written for name in names]
    return Read(
        figure=figure, cuts=cuts, names=tuple(names), meanings=tuple(unsure[1]), phrase=unsure[0],
        misspelt=hand.misspelt, unknown=tuple(unknown),
    )  # fmt: skip
