"""What belongs in the dossier of an award: its rows and its application's, and the history that proves them."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, Engine, Table, func, or_, select
from sqlalchemy.orm import Session

from fundtracker.services.awards import find_award
from fundtracker.services.history.heads import Head, find_head
from fundtracker.services.history.owners import changes_of, links_of, parts_of
from fundtracker.services.history.reading import Wanted, hidden_from_reader
from fundtracker.services.interests import InterestDeclaredError
from fundtracker.store.awards import Award
from fundtracker.store.base import Base
from fundtracker.store.chain import FIELDS
from fundtracker.store.history import Change, Seal

_TOGETHER = 20_000  # changes in one read of a fifth of a second, so that nobody waits for a slow download
_NAMES_OF_OTHERS = frozenset({"person", "batch", "finance_line", "matching", "word_template"})


@dataclass(frozen=True)
class Dossier:
    """
    The rows of an award by table, the rows that they point at, and its first change with the head of the history.

    `links` says of each table by which columns its rows belong to the award.
    """

    award: Award
    parts: dict[Table, ColumnElement[bool]]
    links: dict[str, dict[str, str]]
    context: dict[Table, ColumnElement[bool]]
    wanted: Wanted
    first: int
    head: Head


def open_dossier(session: Session, reference: str) -> Dossier:
    """
    Settle what an award's dossier holds; raises NotFoundRefusal.

    It holds every later change of the books, so it is refused, by InterestDeclaredError, to whoever has an interest.
    """
    award = find_award(session, reference)
    if hidden_from_reader(session):
        raise InterestDeclaredError(
            "A dossier proves itself by every later change of the books, and you have declared an interest in some of "
            "what they tell. Ask somebody else to download it."
        )
    roots = [("award", award.id)]
    if award.application_id:
        roots.append(("application", award.application_id))
    parts = _parts(roots)
    about = or_(*(changes_of(table, (row,)) for table, row in roots))
    links = {part: found for table, _ in roots for part, found in links_of(table).items()}
    return Dossier(
        award=award,
        parts=parts,
        links=links,
        context=_context(parts),
        wanted=Wanted(records=tuple(roots)),
        first=session.scalar(select(func.min(Change.number)).where(about)) or 1,
        head=find_head(session) or Head(0, ""),
    )


def chain_of(engine: Engine, dossier: Dossier) -> Iterator[dict[str, Any]]:
    """Give every sealed change from the award's first to the head, whole, in short reads."""
    number = dossier.first - 1
    rows = select(Seal.number, Seal.change, Seal.previous_hash, Seal.hash, *FIELDS)
    rows = rows.join(Change, Change.number == Seal.change).order_by(Change.number).limit(_TOGETHER)
    while number < dossier.head.number:
        with engine.connect() as connection:
            some = connection.execute(rows.where(Change.number > number, Change.number <= dossier.head.number)).all()
        if not some:
            return
        for seal, change, previous, hash_, *fields in some:
            yield {"seal": seal, "change": change, "previous_hash": previous, "hash": hash_, "fields": fields}
        number = some[-1].change


def _parts(roots: list[tuple[str, int]]) -> dict[Table, ColumnElement[bool]]:
    chosen: dict[str, list[ColumnElement[bool]]] = {}
    for table, row in roots:
        for part, wanted in parts_of(table, row).items():
            chosen.setdefault(part, []).append(wanted)
    return {Base.metadata.tables[part]: or_(*wanted) for part, wanted in chosen.items()}


def _context(parts: dict[Table, ColumnElement[bool]]) -> dict[Table, ColumnElement[bool]]:
    """Choose the rows that those of the award point at: its fund, its recipient, its budget lines."""
    chosen: dict[Table, list[ColumnElement[bool]]] = {}
    for table, wanted in parts.items():
        for link in table.foreign_keys:
            target = link.column.table
            if target not in parts and target.name not in _NAMES_OF_OTHERS:
                chosen.setdefault(target, []).append(link.column.in_(select(link.parent).where(wanted)))
    return {target: or_(*wanted) for target, wanted in sorted(chosen.items(), key=lambda pair: pair[0].name)}
