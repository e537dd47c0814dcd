"""Every figure that leads to its rows: each link on every page that shows figures, followed, and its rows added up."""

import re
from collections.abc import Iterator
from html import unescape

import pytest
from flask import Flask
from sqlalchemy.orm import Session

from fundtracker.domain.roles import Role
from fundtracker.services.behind.rows import COUNTS, Behind, behind
from fundtracker.web.db import reading
from tests.catalogue.addresses import Address
from tests.catalogue.test_pages import all_addresses
from tests.catalogue.visits import enter, opens
from tests.web.reading import in_pence
from tests.web.visitor import Visitor

# Traced, it takes half as long again, and covers no line that no other test covers.
pytestmark = pytest.mark.no_cover

SHOW_FIGURES = ("home.index", "summary.", "funds.index", "funds.show", "reports.")
_LINK = re.compile(r'<a [^>]*href="/rows\?([^"]+)"[^>]*>(.*?)</a>', re.DOTALL)
_NUMBER, _MONEY = re.compile(r"[0-9][0-9,]*"), re.compile(r"−?£?[0-9][0-9,]*[.][0-9]{2}")  # a minus sign is meant

pytestmark = pytest.mark.no_cover


def test_the_rows_of_every_figure_come_to_what_the_page_says(office: Flask) -> None:
    role = Role.CHIEF_EXECUTIVE
    places = [address for address in all_addresses(office) if _shows_figures(address, role)]
    shown = set(_shown(enter(office, role), places))
    with office.app_context():
        session = reading()
        assert isinstance(session, Session)
        found = {query: behind(session, query) for query in {query for _, query, _ in shown}}

    assert sorted(f"{place} {query}: {said}" for place, query, said in shown if not _is(found[query], said)) == []
    assert {"/", "/funds", "/funds/SSF20"} <= {place.partition("?")[0] for place, *_ in shown}
    assert {"figure=allocated", "figure=remaining"} <= {query.partition("&")[0] for query in found}


def _shows_figures(address: Address, role: Role) -> bool:
    file = "." in address.path.partition("?")[0]
    return address.endpoint.startswith(SHOW_FIGURES) and opens(address.endpoint, role) and not file


def _shown(visitor: Visitor, places: list[Address]) -> Iterator[tuple[str, str, str]]:
    """Give each link to rows: its page, what it asks, and the words that it stands on."""
    for place in places:
        answer = visitor.get(place.path)
        if answer.mimetype == "text/html":
            for query, words in _LINK.findall(answer.text):
                yield place.path, unescape(query), " ".join(unescape(re.sub(r"<[^>]*>", " ", words)).split())


def _is(found: Behind, said: str) -> bool:
    """Say whether the rows add up to the figure that the page shows; words that hold no figure lead to any rows."""
    counts = found.asked.figure in COUNTS
    whole = len(found.rows) if counts else sum(row.amount or 0 for row in found.rows)
    stated = [int(n.replace(",", "")) for n in _NUMBER.findall(said)] if counts else map(in_pence, _MONEY.findall(said))
    return found.value == whole and set(stated) <= {whole}
