"""The chain: the one implementation of a change's hash, and the sealing of a transaction's changes."""

import hashlib
import struct
from collections.abc import Sequence
from datetime import UTC, datetime

from sqlalchemy import Connection, func, insert, select, update

from fundtracker.domain.roles import Actor
from fundtracker.store.history import Change, Seal, Writing

VERSION = b"fundtracker-audit-v1\n"
GENESIS = bytes(32)
MOMENT = "%Y-%m-%dT%H:%M:%S.%fZ"
FIELDS = (
    Change.at, Change.by_id, Change.by_name, Change.action, Change.table_name, Change.row_id, Change.before_json,
    Change.after_json, Change.reason, Change.request_id,
)  # fmt: skip
_NULL = b"\xff\xff\xff\xff"
_LONGEST_REASON = 400
_TOGETHER = 10_000  # changes in memory at a time

_length, _number = struct.Struct(">I").pack, struct.Struct(">Q").pack


def digest(previous: bytes, number: int, fields: Sequence[object]) -> bytes:
    """
    Hash a change and the hash before it; every field with its length, so that no two changes read the same.

    The fields are those of FIELDS, in that order.
    """
    parts = [VERSION, previous, _number(number)]
    for field in fields:
        if field is None:
            parts.append(_NULL)
        else:
            words = str(field).encode()
            parts += (_length(len(words)), words)
    return hashlib.sha256(b"".join(parts)).digest()


def begin_changes(connection: Connection, by: Actor, *, at: datetime, reason: str, request: str) -> int:
    """Name who writes from now on in this transaction, never earlier than the change before; give that one's number."""
    last = connection.execute(select(Change.number, Change.at).order_by(Change.number.desc()).limit(1)).first()
    moment = at.astimezone(UTC).strftime(MOMENT)
    who = {"by_id": by.person_id, "by_name": None if by.person_id else by.name}
    connection.execute(
        update(Writing).values(
            at=max(moment, last.at) if last else moment, **who, reason=_plain(reason), request_id=request
        )
    )
    return last.number if last else 0


def say_why(connection: Connection, reason: str) -> None:
    """Give a reason for what is changed from now on in this transaction."""
    connection.execute(update(Writing).values(reason=_plain(reason)))


def _plain(reason: str) -> str:
    """Take out what no workbook could hold; history refuses nothing."""
    printable = "".join(character if character.isprintable() else " " for character in reason)
    return " ".join(printable.split())[:_LONGEST_REASON]


def end_changes(connection: Connection, first: int) -> None:
    """Seal what was changed after the number given, and name nobody any more."""
    seal_changes(connection, first)
    connection.execute(update(Writing).values(at=None, by_id=None, by_name=None, reason="", request_id=""))


def seal_changes(connection: Connection, first: int) -> None:
    """Seal every change after the number given, each on top of the one before."""
    head = connection.execute(select(Seal.number, Seal.hash).order_by(Seal.number.desc()).limit(1)).first()
    number, previous = (head.number, bytes.fromhex(head.hash)) if head else (0, GENESIS)
    last = connection.scalar(select(func.max(Change.number))) or 0
    for start in range(first, last, _TOGETHER):
        some = select(Change.number, *FIELDS).where(Change.number > start, Change.number <= start + _TOGETHER)
        seals = []
        for change, *fields in connection.execute(some.order_by(Change.number)):
            number, sealed = number + 1, digest(previous, change, fields)
            seals.append({"number": number, "change": change, "previous_hash": previous.hex(), "hash": sealed.hex()})
            previous = sealed
        connection.execute(insert(Seal), seals)
