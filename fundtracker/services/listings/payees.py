"""Payees: every organisation beside the one that it was merged into, however often, in one query."""

from sqlalchemy import CTE, select
from sqlalchemy.orm import aliased

from fundtracker.store.organisations import Organisation

Payee = aliased(Organisation, name="payee")


def merged() -> CTE:
    """
    Give a row for each organisation: its `id` and the `payee_id` of what it is now.

    Join it and `Payee` from the outside: SQLite would read every organisation first, and the rows of the list for each.
    """
    alone = select(Organisation.id.label("id"), Organisation.id.label("payee_id"))
    tree = alone.where(Organisation.merged_into_id.is_(None)).cte("merged", recursive=True)
    below = select(Organisation.id, tree.c.payee_id).join(tree, Organisation.merged_into_id == tree.c.id)
    return tree.union_all(below)
