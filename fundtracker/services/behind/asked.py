"""What is asked of the books: a figure and its cuts, read from the words of an address, or refused in a sentence."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Any, NamedTuple

from sqlalchemy import select
from sqlalchemy.orm import Session

from fundtracker.domain.asks import Figure
from fundtracker.domain.dates import parse_day
from fundtracker.domain.refusals import NotFoundRefusal, Refusal
from fundtracker.domain.statuses import Source, SpendType
from fundtracker.domain.text import one_line
from fundtracker.domain.years import long_date, parse_year, year_label
from fundtracker.services.figures import AsAt, as_at
from fundtracker.services.funds import find_fund
from fundtracker.services.organisations import find_organisation, root_of
from fundtracker.store.office import Area, Objective

OF_FUNDS = (Figure.ALLOCATED, Figure.ORIGINAL, Figure.REMAINING, Figure.RECEIVED, Figure.RETURNED)
OF_AWARDS = ("area", "recipient_type", "organisation")
_OWED = (Figure.TO_PAY, Figure.TO_RECOVER)
NOT = "not "
_DIGITS = 18  # of the largest number that both engines compare


class NotAFigureError(Refusal):
    """A figure that no rows make."""


class NotOfThisFigureError(Refusal):
    """A cut that says nothing of the figure asked for."""


class AllBut(NamedTuple):
    """Every year but one."""

    year: int


class Cut(NamedTuple):
    """One thing that a figure is cut by: its name, its text in an ask, its value, and its label and words to read."""

    name: str
    typed: str
    value: Any
    label: str
    words: str


class _Reader(NamedTuple):
    """How a cut is called and read: its value, its words, and its text where that is not as it was typed."""

    label: str
    read: Callable[[Session, str], tuple[Any, str] | tuple[Any, str, str]]


@dataclass(frozen=True, kw_only=True)
class Asked:
    """A figure as at a day, and what it is cut by."""

    figure: Figure
    when: AsAt
    cuts: tuple[Cut, ...] = ()
    up_to: int | None = None

    def cut(self, name: str) -> Cut | None:
        """Give one cut; None where the figure is not cut by it."""
        return next((cut for cut in self.cuts if cut.name == name), None)

    def values(self, *names: str) -> dict[str, Any]:
        """Give the values of those of some cuts that are asked for."""
        return {cut.name: cut.value for cut in self.cuts if cut.name in names}


def read_asked(session: Session, said: Mapping[str, str]) -> Asked:
    """
    Read an ask: the text of each of its names.

    Raises NotAFigureError, NotOfThisFigureError, NotFoundRefusal, DateRefusedError, or what the reader of a day or a
    year raises; names that are none of an ask's are left alone.
    """
    figure, said = _figure(said.get("figure", "")), stated(said)
    cuts = tuple(_cut(session, name, said[name]) for name in _READERS if name in said)
    day, up_to = _day(said.get("as_at", "")), _number(said.get("up_to", ""), "entry")
    asked = Asked(figure=figure, when=as_at(session, day, up_to), cuts=cuts, up_to=up_to)
    _check(asked)
    return asked


def _figure(text: str) -> Figure:
    typed = one_line(text)
    if typed not in set(Figure):
        named = (
            f"“{typed[:40]}” is not a figure of the books." if typed else "This does not say which figure it asks for."
        )
        raise NotAFigureError(f"{named} Ask for one of these: {', '.join(Figure)}.", field="figure")
    return Figure(typed)


def stated(said: Mapping[str, str]) -> dict[str, str]:
    """Leave out what asks for nothing: empty text asks only where a row may state none, for the rows that do not."""
    return {name: text for name, text in said.items() if name in READ and (text.strip() or name in MAY_BE_EMPTY)}


def _cut(session: Session, name: str, text: str) -> Cut:
    reader, typed = _READERS[name], one_line(text)
    value, words, *written = reader.read(session, typed)
    return Cut(name, written[0] if written else typed, value, reader.label, words)


def _check(asked: Asked) -> None:
    for cut in asked.cuts:
        if cut.name in OF_AWARDS and asked.figure in OF_FUNDS:
            raise NotOfThisFigureError(
                f"What is {asked.figure.value} belongs to no award, so it has no {cut.label.lower()}. Ask for what is "
                "awarded, paid or owed."
            )
        if cut.name == "since" and asked.figure in _OWED:
            raise NotOfThisFigureError(f"What is {asked.figure.value} is as at a day, not since one. Leave out since.")


def _day(text: str) -> date | None:
    return parse_day(text) if text.strip() else None


def _number(text: str, what: str) -> int | None:
    typed = text.strip()
    if not typed:
        return None
    if not (typed.isascii() and typed.isdigit() and len(typed) <= _DIGITS):
        raise NotFoundRefusal(f"“{one_line(typed)[:40]}” is not the number of an {what}.")
    return int(typed)


def _fund(session: Session, text: str) -> tuple[int, str, str]:
    fund = find_fund(session, text)
    return fund.id, fund.name, fund.reference


def _organisation(session: Session, text: str) -> tuple[int, str, str]:
    organisation = root_of(find_organisation(session, _number(text, "organisation") or 0))
    return organisation.id, organisation.name, str(organisation.id)


def _named(table: type[Objective] | type[Area], what: str) -> Callable[[Session, str], tuple[int | None, str]]:
    def read(session: Session, text: str) -> tuple[int | None, str]:
        if not text:
            return None, "none stated"
        found = session.scalar(select(table.id).where(table.name == text))
        if found is None:
            raise NotFoundRefusal(f"The office has no {what} called “{text[:80]}”.")
        return found, text

    return read


def _one_of(choices: type[StrEnum], label: str) -> Callable[[Session, str], tuple[Any, str]]:
    def read(_session: Session, text: str) -> tuple[Any, str]:
        if text not in set(choices):
            raise NotFoundRefusal(f"“{text[:40]}” is no {label}. It is one of these: {', '.join(choices)}.")
        return choices(text), text

    return read


def _text(_session: Session, text: str) -> tuple[str, str]:
    return text, text or "none stated"


def _year(_session: Session, text: str) -> tuple[int | AllBut, str]:
    """Read a year, or every year but one: `not 2020/21`."""
    year = parse_year(text.removeprefix(NOT))
    said = year_label(year)
    return (AllBut(year), f"every year but {said}") if text.startswith(NOT) else (year, said)


def _since(_session: Session, text: str) -> tuple[date, str]:
    day = parse_day(text)
    return day, long_date(day)


_READERS: dict[str, _Reader] = {
    "fund": _Reader("Fund", _fund),
    "organisation": _Reader("Organisation", _organisation),
    "year": _Reader("Financial year", _year),
    "source": _Reader("Whose money", _one_of(Source, "source of money")),
    "funder": _Reader("Funder", _text),
    "programme": _Reader("Programme", _text),
    "spend_type": _Reader("Revenue or capital", _one_of(SpendType, "kind of spending")),
    "objective": _Reader("Objective", _named(Objective, "objective")),
    "area": _Reader("Area", _named(Area, "area")),
    "recipient_type": _Reader("Kind of organisation", _text),
    "since": _Reader("Since", _since),
}
MAY_BE_EMPTY = ("programme", "objective", "area", "recipient_type")
READ = frozenset({*_READERS, "figure", "as_at", "up_to"})
"""Every name that an ask may have."""
