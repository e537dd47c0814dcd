"""The summary of what is wrong follows the page: its first link goes to the first field."""

import re
from collections.abc import Callable

import pytest

from fundtracker.domain.roles import Role
from tests.books.builder import Books
from tests.web.visitor import Visitor

REFUSED = "a\x01b"  # no text holds this, no amount and no date
FORMS = ("/funds/new", "/funds/SRF20/allocation", "/applications/log/SRF20", "/awards/direct/SRF20", "/gifts/record")


def in_page_order(visitor: Visitor, path: str) -> tuple[list[str], list[str]]:
    """Fill every field with what it refuses; give the summary's fields, and the same in the order of the page."""
    names = set(re.findall(r'<(?:input|textarea|select)[^>]* name="([^"]+)"', visitor.get(path).text))
    page = visitor.post(path, **dict.fromkeys(names - {"csrf_token", "once"}, REFUSED), step="check")
    assert page.status_code == 422
    linked = re.findall(r'<a href="#([\w-]+)">', page.text.split("govuk-error-summary", 1)[1].split("<h1")[0])
    assert len(linked) > 2, path
    return linked, sorted(linked, key=lambda field: page.text.index(f' id="{field}"'))


@pytest.mark.parametrize("path", FORMS)
def test_problems_are_listed_in_the_order_of_the_page(
    books: Books, signed_in: Callable[[Role], Visitor], path: str
) -> None:
    books.fund("1000", reference="SRF20")
    listed, shown = in_page_order(signed_in(Role.COMMISSIONING), path)
    assert listed == shown
