"""Organisations that came in with a batch that is undone, and hold nothing else: they are kept, and not listed."""

from sqlalchemy import ColumnElement, Select, exists, select
from sqlalchemy.orm import Session, aliased

from fundtracker.store.applications import Application
from fundtracker.store.awards import Award
from fundtracker.store.imports import Batch
from fundtracker.store.organisations import Organisation

_Merged = aliased(Organisation)


def gone() -> Select[int]:
    """Choose the ids of the organisations that nothing is left of but their name."""
    return select(Organisation.id).where(_is_gone())


def _is_gone() -> ColumnElement[bool]:
    undone = exists().where(Batch.id == Organisation.batch_id, Batch.undone_at.is_not(None))
    return undone & ~_holds(Award) & ~_holds(Application) & ~exists().where(_Merged.merged_into_id == Organisation.id)


def _holds(record: type[Award] | type[Application]) -> ColumnElement[bool]:
    # What came in with no batch, or with one that stands.
    mine = select(record.id).outerjoin(Batch, Batch.id == record.batch_id)
    return mine.where(record.organisation_id == Organisation.id, Batch.undone_at.is_(None)).exists()


def gone_organisations(session: Session) -> frozenset[int]:
    """Give the ids of the organisations that are gone."""
    return frozenset(session.scalars(gone()))
