"""
Drafts: what a paper says in one place, with a name in double brackets where each figure stands.

`In total [[given out]] of the [[earmarked]] earmarked was given out`: whoever edits the words moves the names about,
and the figures come from the books alone.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field

from fundtracker.domain.papers import Words

FIGURE = re.compile(r"\[\[([^\[\]\n]{1,80})\]\]")
GONE = "(not in the books)"


@dataclass(frozen=True)
class Fact:
    """A figure as it is read, and where its rows are: an ask, or the reference of the award that it is of."""

    says: str
    behind: str = ""
    award: str = ""


@dataclass(frozen=True)
class Draft:
    """One place of a paper: a heading (level 1 to 3), or a paragraph with its bullets, figures and warnings."""

    key: str
    text: str
    level: int = 0
    bullets: tuple[str, ...] = ()
    facts: Mapping[str, Fact] = field(default_factory=dict)
    warnings: tuple[str, ...] = ()

    @property
    def words(self) -> str:
        """Give the paragraph and its bullets as they are edited, a bullet on a line of its own after a dash."""
        return as_edited(self.text, self.bullets)

    @property
    def empty(self) -> bool:
        """Say whether nothing is said here."""
        return not self.text and not self.bullets

    def filled(self, *, edited: bool = False) -> Words:
        """Put the figures in their places."""
        bullets = tuple(self.fill(bullet) for bullet in self.bullets)
        return Words(self.key, self.fill(self.text), self.level, bullets, self.warnings, edited)

    def fill(self, text: str) -> str:
        """Put the figures in their places in one text; one that is no longer in the books says so."""
        return FIGURE.sub(lambda found: self.facts[found[1]].says if found[1] in self.facts else GONE, text)


def figures_in(text: str) -> list[str]:
    """Name the figures that a text has places for, in its order."""
    return FIGURE.findall(text)


def place(name: str) -> str:
    """Write the place of a figure: `[[awarded]]`."""
    return f"[[{name}]]"


def as_edited(text: str, bullets: tuple[str, ...]) -> str:
    """Write a paragraph and its bullets as one text to edit."""
    return "\n".join(filter(None, [text, *(f"- {bullet}" for bullet in bullets)]))


def from_edited(words: str) -> tuple[str, tuple[str, ...]]:
    """Read the paragraph and its bullets back from one text."""
    lines = [line.strip() for line in words.splitlines() if line.strip()]
    bullets = tuple(line[1:].strip() for line in lines if line.startswith(("-", "•", "*")))
    text = "\n".join(line for line in lines if not line.startswith(("-", "•", "*")))
    return text, tuple(filter(None, bullets))
