"""Knowing: rows reduced to items, with every name and reference that they can be recognised by."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence

from sqlalchemy import select
from sqlalchemy.orm import Session

from fundtracker.domain.money import ZERO
from fundtracker.domain.statuses import AwardType
from fundtracker.services.listings.payees import merged
from fundtracker.services.reconciling.items import Item, Side, key_of, keys_in, names_of
from fundtracker.services.reconciling.rows import LineRow, OurRow
from fundtracker.store.organisations import Organisation, OtherName

Names = Mapping[int, Sequence[str]]

_LONG = 6  # characters: shorter figures in a description are years and quarters


def line_items(rows: Iterable[LineRow]) -> list[Item]:
    """Give lines with all that they say."""
    return [
        Item(
            side=Side.LINE,
            id=row.id,
            on=row.on,
            amount=row.amount,
            names=names_of([row.payee]),
            refers=keys_in(row.reference, row.invoice) | {key for key in keys_in(row.description) if len(key) >= _LONG},
            invoice=key_of(row.invoice),
            vat=row.vat or ZERO,
        )
        for row in rows
    ]


def our_items(session: Session, rows: Iterable[OurRow], names: Names | None = None) -> list[Item]:
    """Give our payments with every name of their payee: what it is now, what it was, and whom it was for."""
    names = other_names(session) if names is None else names
    return [
        Item(
            side=Side.OURS,
            id=row.id,
            on=row.on,
            amount=row.amount,
            names=names_of([row.payee, *names[row.organisation_id], row.benefits]),
            refers=keys_in(row.payment or "", row.voucher),
            invoice=key_of(row.invoice or ""),
            award=key_of(row.award),
            grant=row.award_type is AwardType.GRANT,
        )
        for row in rows
    ]


def other_names(session: Session) -> Names:
    """Give the other names of organisations by id; those that were merged have the names of what they are now."""
    tree = merged()
    into = {row.id: row.payee_id for row in session.execute(select(tree.c.id, tree.c.payee_id))}
    together: dict[int, list[str]] = defaultdict(list)
    for key, name in session.execute(select(OtherName.organisation_id, OtherName.name)):
        together[into.get(key, key)].append(name)
    both = Organisation.id.in_([*into, *into.values()])
    for key, name in session.execute(select(Organisation.id, Organisation.name).where(both)) if into else ():
        together[into.get(key, key)].append(name)
    return defaultdict(list, together | {one: together[now] for one, now in into.items()})
