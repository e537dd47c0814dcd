"""What an address asks of a list: filters, order and page; what is not understood is said and left out."""

from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from typing import Any
from urllib.parse import urlencode

from flask import request, url_for

from fundtracker.domain.refusals import Refusal
from fundtracker.services.figures import AsAt, as_at
from fundtracker.services.listings.choices import choices
from fundtracker.services.listings.filters import Filters
from fundtracker.services.listings.paging import Order, Part
from fundtracker.web.db import reading
from fundtracker.web.lists.offers import Ask, Choice, Offer, asks, past_day

_TYPED = {"least", "most", "since", "until", "as_at"}
_FILTERS = frozenset(Filters.__dataclass_fields__)


@dataclass(kw_only=True)
class Asked:
    """An address as it was understood: what it chooses, in words too, and what was wrong with it."""

    offer: Offer
    choices: list[Choice]
    values: dict[str, Any] = field(default_factory=dict)
    in_use: dict[str, str] = field(default_factory=dict)
    words: list[tuple[str, str]] = field(default_factory=list)
    problems: list[str] = field(default_factory=list)
    when: AsAt
    part: Part

    @cached_property
    def here(self) -> str:
        """Give the address of this list with nothing asked of it."""
        return url_for(self.offer.endpoint)

    @property
    def filters(self) -> Filters:
        """Give what the rows are filtered by."""
        return Filters(**{name: value for name, value in self.values.items() if name in _FILTERS})

    @property
    def sort(self) -> str:
        """Give the order as the address holds it: `awarded`, or `-awarded` for the largest first."""
        return ("-" if self.part.order.descending else "") + self.part.order.key

    @property
    def all_rows(self) -> Part:
        """Give the same rows in the same order, all pages of them."""
        return Part(order=self.part.order, page=None)

    def href(self, **changes: Any) -> str:
        """Give the address of this list with something changed; None takes it out."""
        kept = {**self.in_use, "sort": request.args.get("sort") and self.sort, **changes}
        asked = urlencode({name: value for name, value in kept.items() if value}, safe="!$'()*,/:;?@")
        return f"{self.here}?{asked}" if asked else self.here

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
    def has_more(self) -> bool:
        """Say whether this list has filters that are less used."""
        return any((self.offer.amount, self.offer.days, self.offer.dated, *(choice.more for choice in self.choices)))

    @property
    def more_in_use(self) -> bool:
        """Say whether one of those is typed, understood or not."""
        less_used = {choice.name for choice in self.choices if choice.more} | _TYPED
        return any(map(request.args.get, less_used))

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
        rising = list(self.offer.sorts.items())
        return rising + [(f"-{key}", f"{words}, reversed") for key, words in rising]


def read_address(offer: Offer) -> Asked:
    """Read what this request asks of a list."""
    session = reading()
    offered = offer.choices(choices(session, offer.asked_of_books))
    asked = Asked(offer=offer, choices=offered, when=as_at(session), part=offer.usual)
    _read(asks(offer, offered), asked)
    if "as_at" in asked.values:
        asked.when = as_at(session, asked.values["as_at"])
    asked.part = _part(offer, asked.problems)
    return asked


def asked_day() -> tuple[date | None, str]:
    """Read the day that the address asks for, and say what is wrong with one that is no day."""
    typed = request.args.get("as_at", "").strip()
    if not typed:
        return None, ""
    try:
        return past_day(typed), ""
    except Refusal as refusal:
        return None, f"{refusal.sentence.rstrip('.')}. The figures are today’s."


def _read(offered: list[Ask], asked: Asked) -> None:
    for ask in offered:
        typed = request.args.get(ask.name, "").strip()
        if not typed:
            continue
        try:
            value = ask.read(typed)
        except Refusal as refusal:
            asked.problems.append(f"{ask.label}: {refusal.sentence.rstrip('.')}. The list is not filtered by it.")
            continue
        asked.values[ask.name], asked.in_use[ask.name] = value, value if isinstance(value, str) else typed
        asked.words.append((ask.label, ask.say(value)))


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
