"""The head of the history: the number and hash that stand for everything up to now."""

import re
from dataclasses import dataclass

from sqlalchemy import Connection, select
from sqlalchemy.orm import Session

from fundtracker.domain.refusals import Refusal
from fundtracker.store.history import Seal

_WRITTEN = re.compile(r"\s*(?P<number>[0-9]{1,18}):(?P<hash>[0-9a-fA-F]{64})\s*")


class AnchorNotUnderstoodError(Refusal):
    """A head of the history that was not written as workbooks print it."""


@dataclass(frozen=True)
class Head:
    """The number of a sealed change, and its hash, which no change before it can be altered without altering."""

    number: int
    hash: str

    def __str__(self) -> str:
        """Write it as workbooks print it and as `verify --anchor` reads it: `1204:9f3b…`."""
        return f"{self.number}:{self.hash}"


def printed_head(session: Session | Connection) -> str:
    """Give the head of the history as it is now in words, for what is printed and kept elsewhere."""
    return str(find_head(session) or "nothing was changed yet")


def find_head(session: Session | Connection) -> Head | None:
    """Find the head of the history as it is now; nothing before the first change."""
    newest = select(Seal.change, Seal.hash).order_by(Seal.number.desc()).limit(1)
    found = session.execute(newest).first()
    return Head(found.change, found.hash) if found else None


def parse_head(text: str) -> Head:
    """Read a head as workbooks print it; raises AnchorNotUnderstoodError for anything else."""
    match = _WRITTEN.fullmatch(text)
    if match is None:
        raise AnchorNotUnderstoodError(
            f"“{text[:80]}” is not the head of a history. Copy it whole from the About sheet of a workbook: a number, "
            "a colon and 64 letters and digits."
        )
    return Head(int(match["number"]), match["hash"].lower())
