"""What an address asks of a list: filters, order and page; what is not understood is said and left out."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any, NamedTuple

from flask import request, url_for

from fundtracker.domain.dates import parse_day
from fundtracker.domain.money import parse_pounds, pounds
from fundtracker.domain.refusals import DateRefusedError, Refusal
from fundtracker.domain.text import one_line
from fundtracker.domain.years import long_date, parse_year, today, year_label
from fundtracker.services.figures import AsAt, as_at
from fundtracker.services.listings.choices import fund_choices, year_choices
from fundtracker.services.listings.filters import Filters
from fundtracker.services.listings.paging import Order, Part
from fundtracker.web.db import reading

Words = Mapping[str, str]


class NotAChoiceError(Refusal):
    """A value in an address that the list does not offer."""


@dataclass(frozen=True, kw_only=True)
class Offer:
    """What a list lets itself be asked: its endpoint, its sorts in words, and the choices that only it has."""

    endpoint: str
    sorts: Words
    usual: Part
    searched: str = "Organisation or purpose"
    statuses: Words = field(default_factory=dict)
    types: Words = field(default_factory=dict)
    type_label: str = "Type"
    amount: str = ""
    dated: bool = False


class _Ask(NamedTuple):
    """One filter: its name in the address, its label, and how it is read and said."""

    name: str
    label: str
    read: Callable[[str], Any]
    say: Callable[[Any], str] = str


@dataclass(kw_only=True)
class Asked:
    """An address as it was understood: what it chooses, in words too, and what was wrong with it."""

    offer: Offer
    funds: Words
    years: Words
    values: dict[str, Any] = field(default_factory=dict)
    in_use: dict[str, str] = field(default_factory=dict)
    words: list[tuple[str, str]] = field(default_factory=list)
    problems: list[str] = field(default_factory=list)
    when: AsAt
    part: Part

    @property
    def filters(self) -> Filters:
        """Give what the rows are filtered by."""
        names = Filters.__dataclass_fields__
        return Filters(**{name: value for name, value in self.values.items() if name in names})

    @property
    def sort(self) -> str:
        """Give the order as the address holds it: `awarded`, or `-awarded` for the largest first."""
        return ("-" if self.part.order.descending else "") + self.part.order.key

    def href(self, **changes: Any) -> str:
        """Give the address of this list with something changed; None takes it out."""
        kept = {**self.in_use, "sort": request.args.get("sort") and self.sort, **changes}
        return url_for(self.offer.endpoint, **{name: value for name, value in kept.items() if value})

    def page_href(self, page: int) -> str:
        """Give the address of another page of this list."""
        return self.href(page=page)

    @property
    def download_href(self) -> str:
        """Give the address of the download of all these rows."""
        download = self.offer.endpoint.replace(".index", ".download")
        kept: dict[str, Any] = {**self.in_use, "sort": self.sort}
        return url_for(download, **kept)

    @property
    def chips(self) -> list[tuple[str, str]]:
        """List the filters in use, each with the address without it."""
        said = (f"{label}: {words}" for label, words in self.words)
        return [(words, self.href(**{name: None})) for words, name in zip(said, self.in_use, strict=True)]

    def heading(self, text: str, key: str, *, n: bool = False, **more: str) -> dict[str, Any]:
        """Give a column's heading, which sorts: figures and dates the largest first, then the other way."""
        order = self.part.order
        other = not order.descending if order.key == key else n
        sorted_ = ("descending" if order.descending else "ascending") if order.key == key else ""
        return {"text": text, "n": n, "href": self.href(sort=("-" if other else "") + key), "sorted": sorted_, **more}

    @property
    def orders(self) -> list[tuple[str, str]]:
        """List every order in words, for a screen too narrow for headings."""
        rising = [(key, words) for key, words in self.offer.sorts.items()]
        return rising + [(f"-{key}", f"{words}, reversed") for key, words in rising]


def read_address(offer: Offer) -> Asked:
    """Read what this request asks of a list."""
    session = reading()
    funds = fund_choices(session)
    years = {year_label(year): year_label(year) for year in year_choices(session)}
    values, in_use, words, problems = _read(_asks(offer, funds))
    when = as_at(session, values.get("as_at"))
    part = _part(offer, problems)
    return Asked(
        offer=offer, funds=funds, years=years, values=values, in_use=in_use, words=words, problems=problems,
        when=when, part=part,
    )  # fmt: skip


def past_day(text: str) -> date:
    """Read a day that has come; raises DateNotUnderstoodError or DateRefusedError."""
    day = parse_day(text)
    if day > today():
        raise DateRefusedError(f"{long_date(day)} has not come yet. Enter today’s date or an earlier one")
    return day


def asked_day() -> tuple[date | None, str]:
    """Read the day that the address asks for, and say what is wrong with one that is no day."""
    typed = request.args.get("as_at", "").strip()
    if not typed:
        return None, ""
    try:
        return past_day(typed), ""
    except Refusal as refusal:
        return None, f"{refusal.sentence.rstrip('.')}. The figures are today’s."


def _asks(offer: Offer, funds: Words) -> list[_Ask]:
    asks = [
        _Ask("year", "Year", parse_year, year_label),
        _Ask("fund", "Fund", _one_of(funds), funds.__getitem__),
        _Ask("text", offer.searched, one_line),
        _Ask("organisation", "Organisation", one_line),
    ]
    if offer.statuses:
        asks.append(_Ask("status", "Status", _one_of(offer.statuses), offer.statuses.__getitem__))
    if offer.types:
        asks.append(_Ask("type", offer.type_label, _one_of(offer.types), offer.types.__getitem__))
    if offer.amount:
        asks.append(_Ask("least", f"{offer.amount} from", parse_pounds, pounds))
        asks.append(_Ask("most", f"{offer.amount} to", parse_pounds, pounds))
    if offer.dated:
        asks.append(_Ask("as_at", "As at", past_day, long_date))
    return asks


def _one_of(choices: Words) -> Callable[[str], str]:
    by_fold = {choice.casefold(): choice for choice in choices}

    def read(text: str) -> str:
        if text.casefold() not in by_fold:
            raise NotAChoiceError(f"“{one_line(text)[:40]}” is not in the books")
        return by_fold[text.casefold()]

    return read


def _read(asks: list[_Ask]) -> tuple[dict[str, Any], dict[str, str], list[tuple[str, str]], list[str]]:
    values: dict[str, Any] = {}
    in_use: dict[str, str] = {}
    words: list[tuple[str, str]] = []
    problems: list[str] = []
    for ask in asks:
        typed = request.args.get(ask.name, "").strip()
        if not typed:
            continue
        try:
            value = ask.read(typed)
        except Refusal as refusal:
            problems.append(f"{ask.label}: {refusal.sentence.rstrip('.')}. The list is not filtered by it.")
            continue
        values[ask.name], in_use[ask.name] = value, typed
        words.append((ask.label, ask.say(value)))
    return values, in_use, words, problems


def _part(offer: Offer, problems: list[str]) -> Part:
    order, sort, page = offer.usual.order, request.args.get("sort", ""), request.args.get("page", "1")
    if sort.removeprefix("-") in offer.sorts:
        order = Order(sort.removeprefix("-"), descending=sort.startswith("-"))
    elif sort:
        problems.append("This list cannot be sorted by that. It stands in its usual order.")
    if not (page.isascii() and page.isdigit() and 0 < len(page) < len("1000000")):
        problems.append("There is no such page. This is the first.")
        page = "1"
    return Part(order=order, page=max(1, int(page)))
