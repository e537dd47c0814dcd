"""Typed: explanations that came back in a workbook, each understood against where it stands by now, or refused."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from sqlalchemy.orm import Session

from fundtracker.domain.money import Pence, pounds
from fundtracker.domain.refusals import Refusal
from fundtracker.domain.roles import Actor
from fundtracker.domain.statuses import Explanation
from fundtracker.domain.text import match_key
from fundtracker.services.reconciling.explaining import REASONS, explain
from fundtracker.services.reconciling.items import Side
from fundtracker.services.reconciling.rows import Row, State
from fundtracker.services.reconciling.standing import Standing

LETTERS = {Side.LINE: "L", Side.OURS: "E"}


@dataclass(frozen=True)
class TypedRow:
    """One row of the workbook in which something was typed: its number, what it is about, and the words."""

    row: int
    ref: str
    payee: str
    amount: Pence | None
    reason: str
    note: str
    owner: str


@dataclass(frozen=True)
class Change:
    """An explanation that can be taken, and what it is about."""

    typed: TypedRow
    about: Row
    reason: Explanation


@dataclass(frozen=True)
class Refused:
    """A row that cannot be taken, and why."""

    typed: TypedRow
    says: str


class WorkbookStaleError(Refusal):
    """A workbook of which a row was dealt with, or changed, between being shown and being taken."""


def ref_of(row: Row) -> str:
    """Name a line or an entry in one short word: `L12`, `E45`."""
    return f"{LETTERS[row.side]}{row.id}"


def understand(standing: Standing, typed: Iterable[TypedRow]) -> tuple[list[Change], list[Refused]]:
    """Give what can be taken of the rows typed in, and what is refused of them, in the order of the workbook."""
    here = {ref_of(row): row for row in (*standing.lines, *standing.ours)}
    changes: dict[str, Change] = {}
    refused = []
    for one in typed:
        row = here.get(one.ref)
        says = _fault(one, row) or ("this is in the workbook twice" if one.ref in changes else "")
        if says or row is None:
            refused.append(Refused(one, says))
        else:
            changes[one.ref] = Change(one, row, Explanation(one.reason.casefold()))
    return list(changes.values()), refused


def _fault(one: TypedRow, row: Row | None) -> str:
    if row is None:
        return f"{one.ref or 'A row without a number'} is not among the lines and payments of these days and funds"
    if row.state is not State.LEFT or row.outside:
        how = "matched" if row.matching else f"explained: {row.reason.value}" if row.reason else "dealt with"
        return f"{one.ref} has been dealt with since the workbook was made ({how})"
    if moved := _moved(one, row):
        return moved
    allowed = {reason.value for reason in REASONS[row.side]}
    if one.reason.casefold() not in allowed:
        return f"“{one.reason}” is no reason for this. Write one of: {', '.join(sorted(allowed))}"
    if not one.note or not one.owner:
        return "it needs a note and an owner"
    return ""


def _moved(one: TypedRow, row: Row) -> str:
    """Say where the words of a workbook's row are not those that it was sent with."""
    if one.amount != row.amount:
        stated = pounds(one.amount) if one.amount is not None else "no amount that can be read"
        return f"{one.ref} is {pounds(row.amount)}, and the workbook says {stated}. Amounts are not changed here"
    if match_key(one.payee) != match_key(row.payee):
        kept, says = (name or "a payee not given" for name in (row.payee, one.payee))
        return f"{one.ref} is {kept}, and the workbook says {says}. Its columns may have been sorted apart"
    return ""


def take(session: Session, standing: Standing, typed: Sequence[TypedRow], *, by: Actor) -> int:
    """Explain every row typed in, all or none; raises WorkbookStaleError where one can no longer be taken."""
    changes, refused = understand(standing, typed)
    if refused:
        raise WorkbookStaleError(f"Row {refused[0].typed.row}: {refused[0].says}. Nothing was recorded. "
                                 "Look at the changes again.")  # fmt: skip
    for change in changes:
        explain(session, side=change.about.side, number=change.about.id, reason=change.reason, note=change.typed.note,
                owner=change.typed.owner, by=by)  # fmt: skip
    return len(changes)
