"""Saved maps: which column of a file is which field, kept under a name for next month's file."""

import json
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence

from sqlalchemy import select
from sqlalchemy.orm import Session

from fundtracker.domain.refusals import NameMissingError, NotFoundRefusal
from fundtracker.domain.roles import Actor
from fundtracker.domain.statuses import BatchKind
from fundtracker.domain.text import match_key, name_line
from fundtracker.domain.years import now
from fundtracker.services.bringing.stated import TableFound
from fundtracker.store.imports import SavedMap


def save_map(session: Session, *, kind: BatchKind, name: str, columns: Mapping[str, str], by: Actor) -> SavedMap:
    """Keep fields by the titles of their columns under a name, in place of what the name kept before."""
    name = name_line(name)
    if not name:
        raise NameMissingError("Enter a name for the mapping", field="map_name")
    kept = _named(session, kind, name)
    if kept is None:
        kept = SavedMap(kind=kind, name=name)
        session.add(kept)
    kept.columns = json.dumps(dict(columns), ensure_ascii=False)
    kept.saved_at, kept.saved_by, kept.saved_by_id = now(), by.name, by.person_id
    session.flush()
    return kept


def map_of(table: TableFound, chosen: Mapping[str, str] | None) -> dict[str, str]:
    """
    Give the fields of a table by the titles of their columns, or by letter where several have one title.

    Columns that are not used are left to be guessed next time, but for those that a person chose not to use.
    """
    times = Counter(match_key(column.title) for column in table.columns)
    told = {match_key(name) for name in chosen or ()}
    return {
        column.title if times[match_key(column.title)] == 1 and match_key(column.title) else column.letter: column.field
        for column in table.columns
        if column.field or {match_key(column.title), match_key(column.letter)} & told
    }


def find_map(session: Session, kind: BatchKind, name: str) -> dict[str, str]:
    """Give the fields that a name keeps, by title; raises NotFoundRefusal, which says what names there are."""
    kept = _named(session, kind, name_line(name))
    if kept is None:
        names = ", ".join(one.name for one in list_maps(session, kind))
        raise NotFoundRefusal(
            f"No mapping of {kind.value} is called {name_line(name)}. " + (f"There are: {names}." if names else "")
        )
    return columns_of(kept)


def columns_of(kept: SavedMap) -> dict[str, str]:
    """Give the fields of a saved map by title."""
    columns: dict[str, str] = json.loads(kept.columns)
    return columns


def list_maps(session: Session, kind: BatchKind) -> Sequence[SavedMap]:
    """List the saved maps of a kind of row by name."""
    mine = SavedMap.kind == kind
    return session.scalars(select(SavedMap).where(mine).order_by(SavedMap.name)).all()


def fitting(session: Session, kind: BatchKind, titles: Iterable[str]) -> SavedMap | None:
    """Give the newest saved map whose every title a table has, if there is one."""
    there = {match_key(title) for title in titles}
    saved = sorted(list_maps(session, kind), key=lambda one: one.saved_at, reverse=True)
    return next((one for one in saved if {match_key(title) for title in columns_of(one)} <= there), None)


def _named(session: Session, kind: BatchKind, name: str) -> SavedMap | None:
    wanted = select(SavedMap).where(SavedMap.kind == kind)
    return next((one for one in session.scalars(wanted) if match_key(one.name) == match_key(name)), None)
