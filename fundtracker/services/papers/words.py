"""The words that people give a paper, place by place: all are kept, the newest stand, and no figure is typed."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from fundtracker.domain.papers import Words
from fundtracker.domain.refusals import NotFoundRefusal, Refusal
from fundtracker.domain.roles import Actor
from fundtracker.domain.statuses import PaperKind
from fundtracker.domain.text import clean
from fundtracker.domain.years import now
from fundtracker.services.papers.drafts import FIGURE, Draft, figures_in, from_edited, place
from fundtracker.services.papers.phrases import listed
from fundtracker.store.papers import PaperWords

# Money as people type it: after a pound sign, before the word, or thousands with their pence.
_AMOUNT = re.compile(
    r"(?:£|\bGBP) ?[\d.,]*\d(?: ?(?:k|m|bn|million|billion)\b)?"
    r"|\b\d[\d,]*(?:\.\d+)? ?(?:million )?pounds\b|\b\d{1,3}(?:,\d{3})+\.\d\d\b",
    re.IGNORECASE,
)
_BRACKETS = re.compile(r"\[\[|\]\]")


class FigureTypedError(Refusal):
    """Words of a paper with an amount that is not one of the books' own."""


class FigureUnknownError(Refusal):
    """Words of a paper with the place of a figure that the paragraph does not have."""


class PaperWordsChangedError(Refusal):
    """Words of a paper that somebody else changed after they were read."""


@dataclass(frozen=True)
class Said:
    """One place: what the books draft, what is said there now, and who worded it where anybody did."""

    draft: Draft
    words: Words
    wording: PaperWords | None = None

    @property
    def current(self) -> str:
        """Give what stands there as it is edited, with the places of its figures."""
        return self.wording.words if self.wording and self.wording.words else self.draft.words

    @property
    def shown(self) -> Draft:
        """Give it as a draft: the text and bullets that stand, with the figures of the place."""
        return _worded(self.draft, self.wording)

    @property
    def read(self) -> int:
        """Give which wording this is, so that a later one is noticed."""
        return self.wording.id if self.wording else 0


def say(session: Session, kind: PaperKind, occasion: str, drafts: Sequence[Draft]) -> list[Said]:
    """Put into each place the newest words that people gave it, in one query."""
    newest = select(func.max(PaperWords.id)).where(PaperWords.kind == kind, PaperWords.occasion == occasion)
    rows = session.scalars(select(PaperWords).where(PaperWords.id.in_(newest.group_by(PaperWords.place))))
    found = {row.place: row for row in rows}
    return [_said(draft, found.get(draft.key)) for draft in drafts]


def find_place(said: Sequence[Said], key: str) -> Said:
    """Give one place of a paper; raises NotFoundRefusal."""
    for one in said:
        if one.draft.key == key:
            return one
    raise NotFoundRefusal("This paper has no such paragraph now. Its fund or bid may have changed.")


def write_words(
    session: Session, *, kind: PaperKind, occasion: str, said: Said, words: str, read: int, by: Actor
) -> bool:
    """
    Give a place other words, or with none its drafted words again; say whether anything was different.

    Raises FigureTypedError, FigureUnknownError, and PaperWordsChangedError where `read` is no longer what stands.
    """
    if read != said.read:
        raise PaperWordsChangedError("Somebody changed this paragraph after you opened it. Nothing was recorded.")
    tidy = clean(words)
    check_figures(tidy, said.draft)
    tidy = "" if from_edited(tidy) == (said.draft.text, said.draft.bullets) else tidy
    if tidy == (said.wording.words if said.wording else ""):
        return False
    row = PaperWords(
        kind=kind, occasion=occasion, place=said.draft.key, words=tidy, made_at=now(), made_by=by.name,
        made_by_id=by.person_id,
    )  # fmt: skip
    session.add(row)
    session.flush()
    return True


def check_figures(words: str, draft: Draft) -> None:
    """Refuse words that name a figure the paragraph does not have, or hold an amount that somebody typed."""
    for name in figures_in(words):
        if name not in draft.facts:
            has = listed([place(known) for known in draft.facts])
            offers = f"It has {has}." if has else "It has none."
            raise FigureUnknownError(f"This paragraph has no figure called {place(name)}. {offers}", field="words")
    plain = FIGURE.sub(" ", words)
    if _BRACKETS.search(plain):
        raise FigureUnknownError("A figure’s place is left open. Write it whole, like [[awarded]].", field="words")
    if typed := _AMOUNT.search(plain):
        raise FigureTypedError(
            f"“{typed[0].strip()}” is typed. Amounts come from the books: write the figure’s name in double brackets, "
            "like [[awarded]], or leave the amount out.",
            field="words",
        )


def _said(draft: Draft, wording: PaperWords | None) -> Said:
    standing = wording if wording and wording.words else None
    said = _worded(draft, standing)
    # Who put the drafted words back is the newest word on it, and is told apart by its number.
    return Said(draft, said.filled(edited=standing is not None), wording)


def _worded(draft: Draft, wording: PaperWords | None) -> Draft:
    if wording is None or not wording.words:
        return draft
    text, bullets = from_edited(wording.words)
    return replace(draft, text=text, bullets=bullets, warnings=(*draft.warnings, *_about_edited(draft, wording.words)))


def _about_edited(draft: Draft, words: str) -> Iterator[str]:
    has, drafted = set(figures_in(words)), figures_in(draft.words)
    if left := [name for name in dict.fromkeys(drafted) if name not in has]:
        yield f"Left out by whoever edited it: {listed([f'{name} ({draft.facts[name].says})' for name in left])}."
    if gone := sorted(has - draft.facts.keys()):
        yield f"No longer in the books: {listed(gone)}. Edit the words, or go back to the drafted ones."
