"""The words we use, read from docs/words.md, so that pages explain a word as the guide does."""

import re
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from flask import Flask
from markupsafe import Markup, escape

from fundtracker.config import beside

_HEADING = "## "
_BOLD = re.compile(r"\*\*(.+?)\*\*")
_SLANTED = re.compile(r"\*(.+?)\*")
_IN_CODE = re.compile(r" \(`[^)]*\)")
# What a paragraph begins with: "**Uplift**, **reduction**. More, or less, ..."
_NAMES = re.compile(r"\*\*[^*]+\*\*(?:(?:, | and )\*\*[^*]+\*\*)*\. ?")


@dataclass(frozen=True)
class Term:
    """A paragraph of the guide: the names it begins with, what it says, and every name that it explains."""

    names: str
    says: Markup
    explains: tuple[str, ...]


@dataclass(frozen=True)
class Section:
    """A heading of the guide, with its terms, and what else stands there."""

    heading: str
    terms: list[Term]
    besides: list[Markup]


def set_up_terms(app: Flask) -> None:
    """Read the guide when the application starts: `meaning` gives what a word says, `explained` whether it has any."""
    meanings = {
        name: term.says if len(term.explains) == 1 else Markup("<strong>{}</strong>. {}").format(term.names, term.says)
        for section in sections()
        for term in section.terms
        for name in term.explains
    }

    def meaning(word: str) -> Markup:
        if word.casefold() not in meanings:
            raise LookupError(f"“{word}” is not explained in docs/words.md")
        return meanings[word.casefold()]

    app.add_template_global(meaning)
    app.add_template_test(lambda word: word.casefold() in meanings, "explained")


def sections() -> list[Section]:
    """Give the guide's sections in its own order."""
    return _read(beside("docs") / "words.md")


@cache
def _read(path: Path) -> list[Section]:
    found: list[Section] = []
    for paragraph in path.read_text(encoding="utf-8").split("\n\n"):
        text = _IN_CODE.sub("", " ".join(paragraph.split()))
        if text.startswith(_HEADING):
            found.append(Section(text.removeprefix(_HEADING), [], []))
        elif found and (names := _NAMES.match(text)):
            explains = tuple(name.casefold() for name in _BOLD.findall(text))
            called = _BOLD.sub(r"\1", names[0].rstrip(". "))
            found[-1].terms.append(Term(called, _marked(text[names.end() :]), explains))
        elif found:
            found[-1].besides.append(_marked(text))
    return found


def _marked(text: str) -> Markup:
    """Keep the guide's bold and slanted words as such, and nothing else that could be a tag."""
    bold = _BOLD.sub(r"<strong>\1</strong>", str(escape(text)))
    return Markup(_SLANTED.sub(r"<em>\1</em>", bold))  # noqa: S704 - what came from the file is escaped above
