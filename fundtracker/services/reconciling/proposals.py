"""Proposals: everything that a person may look at next, of a scope: suggestions, and hints for the rest."""

from dataclasses import dataclass

from sqlalchemy.orm import Session

from fundtracker.services.reconciling.hints import Hint, hint_at
from fundtracker.services.reconciling.items import Item, Side, Suggestion
from fundtracker.services.reconciling.knowing import line_items, other_names, our_items
from fundtracker.services.reconciling.rows import LineRow, OurRow, Row, State
from fundtracker.services.reconciling.scope import FOR_NOW
from fundtracker.services.reconciling.standing import Standing
from fundtracker.services.reconciling.suggesting import LIKELY, suggest


@dataclass(frozen=True)
class Proposal:
    """A suggestion with the rows that it is about."""

    made: Suggestion
    lines: list[LineRow]
    ours: list[OurRow]


@dataclass(frozen=True)
class Proposals:
    """Suggestions with the surest first, and what is left beside them, each row with its hint."""

    suggested: list[Proposal]
    lines: list[tuple[LineRow, Hint | None]]
    ours: list[tuple[OurRow, Hint | None]]


def propose(session: Session, standing: Standing) -> Proposals:
    """Give suggestions for what is left, and for what was explained for now where its like has come by since."""
    lines, mine = {row.id: row for row in standing.lines}, {row.id: row for row in standing.ours}
    left = {(row.side, row.id) for row in (*lines.values(), *mine.values()) if row.state is State.LEFT}
    names = other_names(session)
    theirs, ours = line_items(standing.lines), our_items(session, standing.ours, names)
    open_lines = [item for item in theirs if _open(lines[item.id])]
    open_ours = [item for item in ours if _open(mine[item.id])]
    suggested = [made for made in suggest(open_lines, open_ours) if _wanted(made, left)]
    alone = left - {_key(item) for made in suggested for item in (*made.lines, *made.ours)}
    named = {row.id: row.payment or f"Entry #{row.id}" for row in standing.ours}
    rest = [item for item in (*open_lines, *open_ours) if _key(item) in alone]
    said = {
        _key(item): hint
        for item, hint in hint_at(session, standing.scope, rest, named=named, ours=ours, names=names).items()
    }
    return Proposals(
        [Proposal(made, [lines[i.id] for i in made.lines], [mine[i.id] for i in made.ours]) for made in suggested],
        [(row, said.get((row.side, row.id))) for row in standing.lines if (row.side, row.id) in alone],
        [(row, said.get((row.side, row.id))) for row in standing.ours if (row.side, row.id) in alone],
    )


def _key(item: Item) -> tuple[Side, int]:
    return item.side, item.id


def _wanted(made: Suggestion, left: set[tuple[Side, int]]) -> bool:
    """Say whether to show a suggestion: what is explained for now comes back only with what is left, and likely."""
    known = [_key(item) in left for item in (*made.lines, *made.ours)]
    return all(known) or (made.score >= LIKELY and not made.difference and any(known))


def _open(row: Row) -> bool:
    if row.matching is not None:
        return False
    return row.explained is None or row.reason in FOR_NOW
