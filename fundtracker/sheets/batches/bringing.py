"""Bringing a file in: read in a process of its own, outside any transaction, then planned or recorded."""

import hashlib
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from typing import Any

from sqlalchemy.orm import Session

from fundtracker.domain.roles import Actor
from fundtracker.services.bringing.ahead import Ahead
from fundtracker.services.bringing.answer import Answer
from fundtracker.services.bringing.choices import Choices
from fundtracker.services.bringing.plan import Source, Tell, make_plan
from fundtracker.services.bringing.recording import record as record_source
from fundtracker.services.bringing.spool import Spool
from fundtracker.sheets.files.child import read_in_child
from fundtracker.sheets.tabular.task import read_lines


@contextmanager
def read_rows(content: bytes, file_name: str, choices: Choices) -> Iterator[Source]:
    """
    Read a file's rows; they are kept in an unnamed file of the system's until the caller is done.

    Raises WorkbookRefusedError, in a plain sentence, for a file that cannot be read.
    """
    name = "".join(character for character in file_name if character.isprintable())
    table, rows = read_lines(read_in_child(content, file_name=name, options=_options(choices)))
    spool = Spool(rows)
    try:
        yield Source(name, hashlib.sha256(content).hexdigest(), table, spool)
    finally:
        spool.close()


def _options(choices: Choices) -> dict[str, Any]:
    return {
        "kind": choices.kind.value,
        "sheet": choices.sheet,
        "all_sheets": choices.all_sheets,
        "header_row": choices.header_row,
        "columns": None if choices.columns is None else dict(choices.columns),
        "basis": choices.basis.value if choices.basis else None,
    }


def look(session: Session, source: Source, choices: Choices, tell: Tell) -> Answer:
    """Say what would become of every row of a file; nothing is written, and no lock is kept."""
    try:
        answer = make_plan(session, source, choices, tell).answer
    finally:
        session.rollback()
    return replace(answer, dry_run=True)


def record(
    session: Session, source: Source, choices: Choices, by: Actor, tell: Tell, *, ahead: Ahead | None = None
) -> Answer:
    """Record a file in the caller's transaction; raises BringRefusedError, with what became of every row."""
    return record_source(session, source, choices, by, tell, ahead=ahead)
