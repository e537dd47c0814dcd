"""What each list lets itself be asked: its orders in words and its filters, each with how it is read and said."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any, NamedTuple

from fundtracker.domain.dates import parse_day
from fundtracker.domain.money import parse_pounds, pounds
from fundtracker.domain.refusals import DateRefusedError, Refusal
from fundtracker.domain.text import one_line
from fundtracker.domain.years import long_date, parse_year, today, year_label
from fundtracker.services.listings.choices import ALL, Choices
from fundtracker.services.listings.filters import NO_VALUE, TO_PAY, TO_RECOVER
from fundtracker.services.listings.paging import Part
from fundtracker.services.organisations import find_organisation, root_of
from fundtracker.web.addresses import MOST, whole_number
from fundtracker.web.db import reading

Words = Mapping[str, str]

LONGEST = 200  # letters of a search
OWED = {TO_PAY: "To pay", TO_RECOVER: "To recover", NO_VALUE: "Value not stated"}


class NotAChoiceError(Refusal):
    """A value in an address that the list does not offer."""


class Choice(NamedTuple):
    """A filter that is one of a few: its name in the address, its label, the words for none, and if it is less used."""

    name: str
    label: str
    none: str
    choices: Words
    more: bool = False


@dataclass(frozen=True, kw_only=True)
class Offer:
    """
    What a list offers: its endpoint, its orders in words, the choices that only it has, and the filters it shares.

    Labels are of the filters it shares; one without a label is not offered.
    """

    endpoint: str
    sorts: Words
    usual: Part
    own: tuple[Choice, ...] = ()
    searched: str = "Organisation, purpose or amount"
    year: str = "Budget year"
    decided: str = ""
    fund: str = "Fund"
    kind: str = ""
    area: str = ""
    amount: str = ""
    days: str = ""
    dated: bool = False

    @property
    def asked_of_books(self) -> frozenset[str]:
        """Name the filters whose choices are what the books hold."""
        return frozenset(what for what in ALL if getattr(self, what))

    def choices(self, known: Choices) -> list[Choice]:
        """List the filters that are chosen from what the books hold, the most used first."""
        years = ((label, name, found) for label, name, found in (
            (self.year, "year", known.years), (self.decided, "decided", known.decided)))  # fmt: skip
        first = [Choice(name, label, "All years", {year_label(y): year_label(y) for y in found}, name == "decided")
                 for label, name, found in years if label]  # fmt: skip
        funds = [Choice("fund", self.fund, "All funds", known.funds)] if self.fund else []
        payees = (
            [Choice("kind", self.kind, "Any kind", {kind: kind for kind in known.kinds}, more=True)]
            if self.kind
            else []
        )
        payees += (
            [Choice("area", self.area, "Any area", {area: area for area in known.areas}, more=True)]
            if self.area
            else []
        )
        return [*first[:1], *funds, *self.own, *payees, *first[1:]]


@dataclass(frozen=True)
class Ask:
    """One filter: its name in the address, its label, and how it is read and said."""

    name: str
    label: str
    read: Callable[[str], Any]
    say: Callable[[Any], str] = field(default=str)


def asks(offer: Offer, choices: list[Choice]) -> list[Ask]:
    """List every filter of a list, in the order in which those in use are named."""
    found = [Ask(c.name, c.label, parse_year, year_label) if c.name in ("year", "decided") else
             Ask(c.name, c.label, _one_of(c.choices), c.choices.__getitem__) for c in choices]  # fmt: skip
    found += [Ask("text", "Search", read_search), Ask("organisation", "Organisation", _organisation, _name_of)]
    if offer.amount:
        found.append(Ask("least", f"{offer.amount} from", parse_pounds, pounds))
        found.append(Ask("most", f"{offer.amount} to", parse_pounds, pounds))
    if offer.days:
        found.append(Ask("since", f"{offer.days} from", parse_day, long_date))
        found.append(Ask("until", f"{offer.days} to", parse_day, long_date))
    if offer.dated:
        found.append(Ask("as_at", "As at", past_day, long_date))
    return found


def past_day(text: str) -> date:
    """Read a day that has come; raises DateNotUnderstoodError or DateRefusedError."""
    day = parse_day(text)
    if day > today():
        raise DateRefusedError(f"{long_date(day)} has not come yet. Enter today’s date or an earlier one")
    return day


def read_search(text: str) -> str:
    """Read what is searched for, in one line; raises a refusal for what is too long or is no text."""
    typed = one_line(text)
    if len(typed) > LONGEST:
        raise NotAChoiceError(f"This is {len(typed):,} letters long. Search for {LONGEST} or fewer")
    return typed


def _organisation(text: str) -> int:
    number = whole_number(text) or MOST
    return root_of(find_organisation(reading(), number)).id


def _name_of(number: int) -> str:
    return find_organisation(reading(), number).name


def _one_of(choices: Words) -> Callable[[str], str]:
    by_fold = {choice.casefold(): choice for choice in choices}

    def read(text: str) -> str:
        if text.casefold() not in by_fold:
            raise NotAChoiceError(f"“{one_line(text)[:40]}” is not in the books")
        return by_fold[text.casefold()]

    return read
