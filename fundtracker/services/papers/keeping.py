"""Papers kept for meetings: all that each said, as data, with its day and last entry; signed once, never changed."""

import json
from collections.abc import Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, replace
from datetime import date

from sqlalchemy import exists, func, select
from sqlalchemy.orm import Session, joinedload

from fundtracker.domain.papers import Content, read_content
from fundtracker.domain.refusals import NotFoundRefusal, Refusal, WrongStateError
from fundtracker.domain.roles import Actor, Power, Role, may
from fundtracker.domain.statuses import PaperKind
from fundtracker.domain.text import clean, name_line, one_line
from fundtracker.domain.years import long_moment, now
from fundtracker.services import references
from fundtracker.services.history.heads import printed_head
from fundtracker.services.office import find_office
from fundtracker.store.papers import Paper, PaperSignature, WordTemplate


class NotYoursToSignError(Refusal):
    """A paper that somebody would sign whose posts sign none."""


@dataclass(frozen=True)
class Kept:
    """What a paper keeps: its content, the texts it was asked for with, the office's name and history's head then."""

    content: Content
    asked: Mapping[str, str]
    office: str
    head: str = ""


def keep_paper(
    session: Session,
    content: Content,
    *,
    asked: Mapping[str, str],
    by: Actor,
    meeting_on: date | None = None,
    template: WordTemplate | None = None,
) -> Paper:
    """Keep a paper as it reads now, with its next reference, like PAPER-001."""
    told = replace(content, meeting_on=meeting_on or content.meeting_on)
    whole = {**told.to_json(), "asked": dict(asked), "office": find_office(session).name}
    whole["head"] = printed_head(session)
    paper = Paper(
        reference=references.next_paper(session), kind=told.kind, title=name_line(told.title)[:400],
        subject=name_line(told.subject), as_at=told.as_at, last_entry=told.last_entry, meeting_on=told.meeting_on,
        template=template, content=json.dumps(whole, ensure_ascii=False, sort_keys=True), made_at=now(),
        made_by=by.name, made_by_id=by.person_id,
    )  # fmt: skip
    session.add(paper)
    session.flush()
    return paper


def read_kept(paper: Paper) -> Kept:
    """Read back what a paper said when it was kept."""
    whole = json.loads(paper.content)
    return Kept(read_content(whole), whole["asked"], whole["office"], whole.get("head", ""))


def sign_paper(
    session: Session, *, paper: Paper, roles: AbstractSet[Role], by: Actor, words: str = ""
) -> PaperSignature:
    """
    Sign a paper as read, once, by name and moment.

    Raises NotYoursToSignError for posts without that power, and WrongStateError where it is signed already.
    """
    if not may(roles, Power.SIGN):
        raise NotYoursToSignError("None of your posts signs papers. Nothing was signed.")
    if signed := signature_of(session, paper):
        raise WrongStateError(
            f"{paper.reference} was signed by {signed.made_by} on {long_moment(signed.made_at)}. It is signed once."
        )
    signature = PaperSignature(paper=paper, words=clean(words), made_at=now(), made_by=by.name, made_by_id=by.person_id)
    session.add(signature)
    session.flush()
    return signature


def signature_of(session: Session, paper: Paper) -> PaperSignature | None:
    """Give who signed a paper, where anybody has."""
    return session.scalar(select(PaperSignature).where(PaperSignature.paper_id == paper.id))


def find_paper(session: Session, reference: str) -> Paper:
    """Give the paper with a reference, in any case; raises NotFoundRefusal."""
    same = func.lower(Paper.reference) == reference.strip().lower()
    paper = session.scalar(select(Paper).where(same).options(joinedload(Paper.template)))
    if paper is None:
        raise NotFoundRefusal(f"There is no paper with the reference {one_line(reference)}.")
    return paper


def list_papers(session: Session, kind: PaperKind | None = None) -> Sequence[tuple[Paper, PaperSignature | None]]:
    """List the papers kept, of a kind or of all, with their signatures, the newest first."""
    rows = select(Paper, PaperSignature).outerjoin(PaperSignature, PaperSignature.paper_id == Paper.id)
    rows = rows.where(Paper.kind == kind) if kind else rows
    return [(paper, signature) for paper, signature in session.execute(rows.order_by(Paper.id.desc()))]


def unsigned(session: Session) -> Sequence[Paper]:
    """List the papers for the Panel that wait for their signature, the newest first."""
    signed = exists().where(PaperSignature.paper_id == Paper.id)
    rows = select(Paper).where(Paper.kind == PaperKind.PANEL, ~signed)
    return session.scalars(rows.order_by(Paper.id.desc())).all()
