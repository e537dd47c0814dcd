"""Payees: what an organisation is now, however often it was merged, in one query."""

from typing import Any

from sqlalchemy import CTE, ColumnElement, cast, func, select
from sqlalchemy.orm import InstrumentedAttribute, aliased

from fundtracker.store.base import BigId
from fundtracker.store.organisations import Organisation

Payee = aliased(Organisation, name="payee")
_Into = aliased(Organisation, name="merged_into")


def merged() -> CTE:
    """
    Give a row for each organisation that was merged: its `id` and the `payee_id` of what it is now.

    Those that were not are left out, for SQLite may read all of it for every row of a list. Join it and `Payee` from
    the outside: it would read every organisation first, and the rows of the list for each.
    """
    alone = select(Organisation.id.label("id"), Organisation.merged_into_id.label("payee_id"))
    alone = alone.join(_Into, _Into.id == Organisation.merged_into_id).where(_Into.merged_into_id.is_(None))
    tree = alone.cte("merged", recursive=True)
    below = select(Organisation.id, tree.c.payee_id).join(tree, Organisation.merged_into_id == tree.c.id)
    return tree.union_all(below)


def payee_of(
    tree: CTE, organisation_id: ColumnElement[int] | InstrumentedAttribute[int] | InstrumentedAttribute[int | None]
) -> ColumnElement[Any]:
    """Give the id of what an organisation is now, where `merged()` is joined to its id from the outside."""
    # Without the cast SQLite would not know it for a number, and would look it up in no index.
    return cast(func.coalesce(tree.c.payee_id, organisation_id), BigId)
