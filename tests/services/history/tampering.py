"""Ten kinds of tampering with a history, each by somebody who can do anything to the database but print an anchor."""

import random
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, Engine, text
from sqlalchemy.orm import Session

from fundtracker.services.history.heads import Head, find_head
from fundtracker.services.history.verifying import verify
from fundtracker.store.chain import FIELDS, digest
from fundtracker.store.engine import WRITE

Chance = random.Random


@dataclass
class Tampered:
    """What was tried of one kind, and what of it was found with the anchor and without."""

    tried: int = 0
    found: int = 0
    found_without: int = 0


def tamper(engine: Engine, times: int, seed: int) -> dict[str, Tampered]:
    """Tamper so many times, once each, and say what was found; nothing of it is kept."""
    chance, tried = random.Random(seed), {name: Tampered() for name in KINDS}  # noqa: S311 - a seed makes it the same again
    with Session(engine) as session:
        anchor = find_head(session)
    assert anchor is not None
    with engine.connect().execution_options(**{WRITE: True}) as connection:
        for number in range(times):
            kind = list(KINDS)[number % len(KINDS)]
            _once(connection, KINDS[kind], chance, tried[kind], anchor)
    return tried


def _once(
    connection: Connection, how: Callable[[Connection, Chance], None], chance: Chance, tried: Tampered, anchor: Head
) -> None:
    connection.exec_driver_sql("PRAGMA defer_foreign_keys = ON")
    for name in connection.scalars(text("SELECT name FROM sqlite_master WHERE type = 'trigger'")).all():
        connection.exec_driver_sql(f"DROP TRIGGER {name}")
    how(connection, chance)
    with Session(connection) as session:
        tried.tried += 1
        tried.found += not verify(session, anchor).holds
        tried.found_without += not verify(session).holds
    connection.rollback()


def _say(connection: Connection, sql: str, **values: Any) -> None:
    done = connection.execute(text(sql), values)
    assert done.rowcount, sql


def _any(connection: Connection, chance: Chance, table: str = "change", where: str = "number > 1") -> int:
    key = "change" if table == "detail" else "number"
    listed = f"SELECT {key} FROM {table} WHERE {where}"  # noqa: S608 - our own names
    return int(chance.choice(connection.scalars(text(listed)).all()))


def _last(connection: Connection) -> int:
    return int(connection.scalar(text("SELECT MAX(number) FROM change")))


def edit_what(connection: Connection, chance: Chance) -> None:
    """Edit what a change says of the row after it."""
    number = _any(connection, chance, where="after_json IS NOT NULL")
    _say(connection, "UPDATE change SET after_json = replace(after_json, '\":', '\": ') WHERE number = :n", n=number)


def edit_who(connection: Connection, chance: Chance) -> None:
    """Put another name to a change."""
    _say(connection, "UPDATE change SET by_name = 'somebody else' WHERE number = :n", n=_any(connection, chance))


def edit_when(connection: Connection, chance: Chance) -> None:
    """Date a change earlier."""
    sql = "UPDATE change SET at = '2020' || substr(at, 5) WHERE number = :n"
    _say(connection, sql, n=_any(connection, chance))


def take_out(connection: Connection, chance: Chance) -> None:
    """Take a change out, with its seal."""
    number = _any(connection, chance)
    for table, key in (("detail", "change"), ("seal", "change"), ("change", "number")):
        connection.execute(text(f"DELETE FROM {table} WHERE {key} = :n"), {"n": number})  # noqa: S608 - our own names


def cut_off(connection: Connection, chance: Chance) -> None:
    """Cut off the end of the history, and undo in the row what it told of: the last change is of a fund's notes."""
    _say(connection, "UPDATE fund SET notes = :notes WHERE id = 1", notes=_notes_before(connection))
    number = _last(connection)
    _say(connection, "DELETE FROM seal WHERE change = :n", n=number)
    _say(connection, "DELETE FROM change WHERE number = :n", n=number)


def _notes_before(connection: Connection) -> str:
    before = "SELECT json_extract(before_json, '$.notes') FROM change ORDER BY number DESC LIMIT 1"
    return str(connection.scalar(text(before)))


def swap(connection: Connection, chance: Chance) -> None:
    """Swap the order of two changes."""
    one = chance.randrange(2, _last(connection))
    for old, new in ((one, -1), (one + 1, one), (-1, one + 1)):
        for table, key in (("change", "number"), ("detail", "change")):
            sql = f"UPDATE {table} SET {key} = :new WHERE {key} = :old"  # noqa: S608 - our own names
            connection.execute(text(sql), {"old": old, "new": new})


def rewrite(connection: Connection, chance: Chance) -> None:
    """Edit a change, and seal it and all after it anew."""
    first = _any(connection, chance, where="number < (SELECT MAX(number) FROM change)")
    _say(connection, "UPDATE change SET reason = 'As agreed' WHERE number = :n", n=first)
    seal_anew(connection, first)


def seal_anew(connection: Connection, first: int) -> None:
    """Seal every change from one on as if the program had."""
    before = connection.scalar(text("SELECT hash FROM seal WHERE change = :n"), {"n": first - 1})
    previous, names = bytes.fromhex(before or "00" * 32), ", ".join(field.key for field in FIELDS)
    rows = text(f"SELECT number, {names} FROM change WHERE number >= :n ORDER BY number")  # noqa: S608 - our own names
    for number, *fields in connection.execute(rows, {"n": first}).all():
        sealed = digest(previous, number, fields)
        values = {"n": number, "previous": previous.hex(), "hash": sealed.hex()}
        _say(connection, "UPDATE seal SET previous_hash = :previous, hash = :hash WHERE change = :n", **values)
        previous = sealed


def behind_its_back(connection: Connection, chance: Chance) -> None:
    """Change, add or remove a row of the business, and tell the history nothing."""
    _say(connection, chance.choice((
        "UPDATE entry SET amount = amount + 100 WHERE number = 1",
        "UPDATE organisation SET name = 'Another Council' WHERE id = 1",
        "UPDATE award SET organisation_id = 2",
        "DELETE FROM payment WHERE id = 1",
        "INSERT INTO area (name) VALUES ('Another area')",
    )))  # fmt: skip


def edit_seal(connection: Connection, chance: Chance) -> None:
    """Edit a hash."""
    column = chance.choice(("hash", "previous_hash"))
    sql = f"UPDATE seal SET {column} = substr({column}, 2) || substr({column}, 1, 1) || '' WHERE number = :n"  # noqa: S608
    _say(connection, sql, n=_any(connection, chance))


def edit_details(connection: Connection, chance: Chance) -> None:
    """Edit a person's details beside a change, or take them away."""
    number = _any(connection, chance, "detail", "after_json IS NOT NULL")
    _say(connection, chance.choice((
        "UPDATE detail SET after_json = replace(after_json, '\":\"', '\":\"X') WHERE change = :n",
        "UPDATE detail SET before_json = NULL, after_json = NULL, erased = 1 WHERE change = :n",
        "DELETE FROM detail WHERE change = :n",
    )), n=number)  # fmt: skip


KINDS: dict[str, Callable[[Connection, Chance], None]] = {
    "what was edited": edit_what, "who was edited": edit_who, "when was edited": edit_when,
    "a change taken out": take_out, "the end cut off": cut_off, "two changes swapped": swap,
    "rewritten from a change on": rewrite, "a row behind its back": behind_its_back, "a hash edited": edit_seal,
    "details edited": edit_details,
}  # fmt: skip
