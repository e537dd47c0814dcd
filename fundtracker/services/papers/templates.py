"""The Word templates of papers and letters: the newest that the office sent in is in use, and all of them stay."""

import hashlib

from sqlalchemy import select
from sqlalchemy.orm import Session

from fundtracker.domain.refusals import NothingToDoError
from fundtracker.domain.roles import Actor
from fundtracker.domain.statuses import PaperKind
from fundtracker.domain.terms import LetterKind
from fundtracker.domain.text import name_line
from fundtracker.domain.years import now
from fundtracker.store.papers import WordTemplate

OWN = ""  # what the tracker's own template is called


def template_in_use(session: Session, kind: PaperKind | LetterKind) -> WordTemplate | None:
    """Give the template that papers or letters of a kind are written from; nothing where it is the tracker's own."""
    newest = select(WordTemplate).where(WordTemplate.kind == kind.value).order_by(WordTemplate.id.desc()).limit(1)
    found = session.scalar(newest)
    return found if found is not None and found.name != OWN else None


def template_to_keep(session: Session, *, kind: PaperKind | LetterKind, own: bytes, by: Actor) -> WordTemplate:
    """Give the template that a paper is kept with: the one in use, else the tracker's own as it is now."""
    used = template_in_use(session, kind)
    digest = hashlib.sha256(own).hexdigest()
    same = select(WordTemplate).where(WordTemplate.kind == kind.value, WordTemplate.digest == digest)
    return used or session.scalar(same.limit(1)) or _add(session, kind, OWN, own, by)


def replace_template(
    session: Session, *, kind: PaperKind | LetterKind, name: str, content: bytes, by: Actor
) -> WordTemplate:
    """
    Put a template in use that was checked before, or with no content go back to the tracker's own.

    Raises NothingToDoError where it is in use already.
    """
    digest = hashlib.sha256(content).hexdigest()
    used = template_in_use(session, kind)
    if (used.digest if used else hashlib.sha256(b"").hexdigest()) == digest:
        raise NothingToDoError("That template is in use already.", field="file")
    return _add(session, kind, name_line(name) if content else OWN, content, by)


def _add(session: Session, kind: PaperKind | LetterKind, name: str, content: bytes, by: Actor) -> WordTemplate:
    kept = WordTemplate(
        kind=kind.value, name=name, content=content, digest=hashlib.sha256(content).hexdigest(), made_at=now(),
        made_by=by.name, made_by_id=by.person_id,
    )  # fmt: skip
    session.add(kept)
    session.flush()
    return kept
