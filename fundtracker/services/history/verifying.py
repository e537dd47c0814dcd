"""Verifying the history: numbers, links, hashes, an anchor, and that each row is as its last change left it."""

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import Connection, Select, func, select, text
from sqlalchemy.orm import Session

from fundtracker.services.history.details import Details
from fundtracker.services.history.heads import Head
from fundtracker.store.chain import FIELDS, GENESIS, digest
from fundtracker.store.history import Change, Detail, Seal
from fundtracker.store.watching import Watched, watched_tables

MOST_TOLD = 100
_TOGETHER = 5_000
_NEVER = object()

Row = tuple[str, str]
"""A table, and the number of a row in it."""


@dataclass
class Verified:
    """What was found: how many changes and rows there are, the head, and everything that is not as it should be."""

    changes: int = 0
    rows: int = 0
    head: Head | None = None
    faults: list[str] = field(default_factory=list)

    @property
    def holds(self) -> bool:
        """Say whether nothing was found."""
        return not self.faults

    def to_json(self) -> dict[str, object]:
        """Give it for programs."""
        return {
            "holds": self.holds,
            "changes": self.changes,
            "rows": self.rows,
            "head": str(self.head) if self.head else None,
            "faults": self.faults[:MOST_TOLD],
            "number_of_faults": len(self.faults),
        }


def verify(session: Session, anchor: Head | None = None) -> Verified:
    """
    Check the whole history, and hold it against an anchor that was printed earlier.

    Without an anchor, whoever can rewrite the whole file can also rewrite the whole chain, or cut its end off.
    """
    connection, found, chain = session.connection(), Verified(), Chain(anchor)
    for row in connection.execute(_changes(), execution_options={"yield_per": _TOGETHER}):
        chain.follow(*row)
    found.faults += chain.faults(connection.scalar(select(func.count()).select_from(Seal)) or 0)
    for table in watched_tables(connection):
        found.rows += _compare(connection, table, chain, found.faults)
    found.faults += (f"{_named(row)} is gone, and no change tells of it" for row in chain.left_over())
    found.changes, found.head = chain.number, chain.head
    return found


def _changes() -> Select[*tuple[Any, ...]]:
    beside = (Detail.change, Detail.before_json, Detail.after_json, Detail.erased)
    seal = (Seal.number, Seal.previous_hash, Seal.hash)
    joined = select(Change.number, *seal, *beside, *FIELDS).order_by(Change.number)
    return joined.outerjoin(Seal, Seal.change == Change.number).outerjoin(Detail, Detail.change == Change.number)


class Chain:
    """The chain as far as it was followed, and what it says that each row was left as."""

    def __init__(self, anchor: Head | None) -> None:
        self.number = 0
        self.head: Head | None = None
        self.details = Details()
        self._anchor, self._anchored = anchor, anchor is None
        self._last: dict[Row, int | None] = {}
        self._seals, self._previous = 0, GENESIS
        self._faults: list[str] = []

    def follow(self, number: int, seal: int | None, previous: str, sealed: str, *beside_and_fields: Any) -> None:
        """Take the next change, its seal and its details."""
        (beside, before, after, erased), fields = beside_and_fields[:4], beside_and_fields[4:]
        if number != self.number + 1:
            self._faults.append(f"Change {self.number + 1} is missing: the next is {number}.")
        self.number = number
        if seal is None:
            self._faults.append(f"Change {number} has no seal: it was not made through fundtracker.")
        else:
            self._check_seal(seal, previous, sealed, fields)
        row = (fields[4], fields[5])
        self._last[row] = None if fields[7] is None else hash(fields[7])
        detail = None if beside is None else (before, after, erased)
        self.details.follow(number, row, detail, reason=fields[8])

    def _check_seal(self, seal: int, previous: str, sealed: str, fields: tuple[object, ...]) -> None:
        right = digest(self._previous, self.number, fields)
        if (seal, previous, sealed) != (self._seals + 1, self._previous.hex(), right.hex()):
            self._faults.append(f"Change {self.number} is not as it was sealed.")
        self._seals, self._previous = seal, _bytes(sealed) or right
        self.head = Head(self.number, sealed)
        self._anchored = self._anchored or self.head == self._anchor

    def faults(self, seals: int) -> Iterator[str]:
        """Say what is wrong with the chain itself, of which there must be so many seals as were followed."""
        yield from self._faults
        if seals != self._seals:
            yield f"There are {seals:,} seals, and {self._seals:,} would be right."
        if not self._anchored:
            yield f"The history does not hold the head {self._anchor}: it was altered, or its end was cut off."
        yield from self.details.faults()

    def take(self, row: Row, is_now: str) -> str:
        """Say what is wrong with a row that is there, if anything."""
        was = self._last.pop(row, _NEVER)
        if was is _NEVER or was is None:
            return f"{_named(row)} is there, and no change tells of it."
        return "" if was == hash(is_now) else f"{_named(row)} is not as its last change left it."

    def left_over(self) -> Iterator[Row]:
        """Give the rows that were not removed, and are not there."""
        return (row for row, was in self._last.items() if was is not None)


def _compare(connection: Connection, table: Watched, chain: Chain, faults: list[str]) -> int:
    """Hold each row of a table against its last change, add what differs to the faults, and count the rows."""
    count, details = 0, table.details() or "NULL"
    file = "content, digest" if table.has_file else "NULL, NULL"
    rows = f"SELECT {table.row_id()}, {table.json()}, {details}, {file} FROM {table.name}"  # noqa: S608 - names of ours
    found = connection.execute(text(rows.replace(":", "\\:")), execution_options={"yield_per": _TOGETHER})
    for row_id, is_now, beside, content, digested in found:
        count, row = count + 1, (table.name, row_id)
        said = chain.take(row, is_now)
        if not said and beside != chain.details.take(row, beside):
            said = f"The details of {_named(row)} are not as their last change left them."
        if not said and content is not None and hashlib.sha256(content).hexdigest() != digested:
            said = f"The file of {_named(row)} is not the one that was kept."
        if said:
            faults.append(said)
    return count


def _named(row: Row) -> str:
    return f"Row {row[1]} of {row[0]}"


def _bytes(hash_: str) -> bytes | None:
    try:
        return bytes.fromhex(hash_)
    except ValueError:
        return None
