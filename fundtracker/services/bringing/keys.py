"""Keys: what a row is recognised by when it comes again, and which of several identical rows it is."""

import hashlib
from array import array
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import pairwise

from sqlalchemy import select
from sqlalchemy.orm import Session

from fundtracker.domain.money import Pence
from fundtracker.domain.statuses import BatchKind, Fate
from fundtracker.domain.text import match_key
from fundtracker.services.bringing.stated import StatedRow
from fundtracker.store.imports import Batch, BatchRow

_BYTES = 16
_PREFIX = 8
_PARTS = 64
# A finance line is the same line whichever of its amounts is taken.
_BY_BASIS = frozenset({"amount"})
_AMOUNTS = frozenset({"net", "gross", "debit", "credit"})

Copy = tuple[str, int]
"""A key, and which row of that key it is, from 0."""


@dataclass(frozen=True, slots=True)
class Before:
    """A row that came in before: its amount in pence, and the numbers of its batch and award."""

    amount: Pence | None
    batch_id: int
    award_id: int | None


def digest_of(kind: BatchKind, fund_id: int | None, row: StatedRow) -> bytes:
    """Reduce a row to what it is recognised by: its published identifier, else all that it states of one fund."""
    identifier = row.values.get("identifier")
    if identifier:
        told = f"{kind.value}\n{match_key(str(identifier))}"
    else:
        told = f"{kind.value}\n{fund_id}\n" + "\n".join(_words(row.values))
    return hashlib.blake2b(told.encode(), digest_size=_BYTES).digest()


def _words(values: Mapping[str, str | int | date]) -> list[str]:
    skipped = _BY_BASIS if _AMOUNTS & values.keys() else frozenset()
    return [
        f"{name}={match_key(value) if isinstance(value, str) else value}"
        for name, value in sorted(values.items())
        if name not in skipped
    ]


class Keys:
    """The keys of a file's rows in their order, and the copies among them, in 16 bytes a row."""

    def __init__(self, kind: BatchKind, fund_id: int | None, rows: Iterable[StatedRow]) -> None:
        self._digests = bytearray()
        for row in rows:
            self._digests += digest_of(kind, fund_id, row)
        self._repeated = _repeated(self._digests)
        self._met: Counter[str] = Counter()

    def next_copies(self, first: int, count: int) -> list[Copy]:
        """Give the keys of the next rows; they are asked for in order, once."""
        return [self._copy(bytes(self._digests[at * _BYTES : (at + 1) * _BYTES])) for at in range(first, first + count)]

    def _copy(self, digest: bytes) -> Copy:
        key = digest.hex()
        if int.from_bytes(digest[:_PREFIX], "big") not in self._repeated:
            return key, 0
        self._met[key] += 1
        return key, self._met[key] - 1


def _repeated(digests: bytearray) -> set[int]:
    """Give the beginnings of the keys that more than one row has, a part of them at a time to be sparing of memory."""
    begins: list[array[int]] = [array("Q") for _ in range(_PARTS)]
    for at in range(0, len(digests), _BYTES):
        begins[digests[at] % _PARTS].append(int.from_bytes(digests[at : at + _PREFIX], "big"))
    return {one for part in begins for one, after in pairwise(sorted(part)) if one == after}


def came_before(session: Session, kind: BatchKind, copies: Sequence[Copy]) -> dict[Copy, Before]:
    """Give those of some rows that came in before, in a batch that is not undone."""
    rows = (
        select(BatchRow.key, BatchRow.copy, BatchRow.amount, BatchRow.batch_id, BatchRow.award_id)
        .join(Batch, Batch.id == BatchRow.batch_id)
        .where(
            BatchRow.key.in_({key for key, _ in copies}),
            BatchRow.fate == Fate.TAKEN,
            Batch.undone_at.is_(None),
            Batch.kind == kind,
        )
    )
    return {(row.key, row.copy): Before(row.amount, row.batch_id, row.award_id) for row in session.execute(rows)}
