"""Words are explained in place, in the guide's own words, and no page explains one that the guide has not."""

import re
from collections.abc import Callable
from pathlib import Path

import pytest
from flask import Flask

from fundtracker.config import beside
from fundtracker.domain.roles import Role
from fundtracker.web import terms
from tests.books.builder import Books
from tests.web.visitor import Visitor, words

TERM = re.compile(r'\bterm\("([^"]+)"\)')


def used() -> dict[str, Path]:
    """Give each word that a template explains by name."""
    return {word: path for path in beside("templates").rglob("*.html") for word in TERM.findall(path.read_text())}


def test_every_word_that_a_page_explains_is_in_the_guide() -> None:
    explained = {name for section in terms.sections() for term in section.terms for name in term.explains}
    assert {word: path for word, path in used().items() if word.casefold() not in explained} == {}
    assert {"allocated", "awarded", "left to award", "paid", "to pay", "to recover"} <= explained


def test_a_word_that_is_not_in_the_guide_stops_the_page(app: Flask) -> None:
    meaning = app.jinja_env.globals["meaning"]
    assert callable(meaning)
    with pytest.raises(LookupError, match="Slush"):
        meaning("Slush")


def test_a_figure_opens_what_its_name_means(signed_in: Callable[[Role], Visitor], books: Books) -> None:
    books.fund("1,000.00")
    page = signed_in(Role.FINANCE).get("/funds")
    assert "<summary>Paid</summary><p>What recipients hold: payments less refunds.</p>" in page.text
    assert "What recipients hold" not in words(page)


def test_a_paragraph_with_two_names_says_both(app: Flask) -> None:
    meaning = app.jinja_env.globals["meaning"]
    assert callable(meaning)
    for name in ("Entry", "Reversal"):
        assert str(meaning(name)).startswith("<strong>Entry</strong>. One movement")
        assert "<strong>Reversal</strong>: an entry that undoes" in str(meaning(name))


def test_the_page_of_words_has_them_all_for_everybody(visitor: Visitor) -> None:
    page = visitor.get("/words")
    for heading, name in (("The money", "To recover"), ("Time", "As at"), ("What happens to the money", "Uplift")):
        assert heading in words(page)
        assert name in words(page)
    assert "(virement)" in words(page)
    assert "`" not in words(page)
    assert "**" not in words(page)
