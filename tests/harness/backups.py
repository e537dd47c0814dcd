"""
Backups taken while writers never pause: each restored on trial, recounted, and equal to the books at one moment.

`python -m tests.harness.backups 500` takes so many of an SQLite office, or of the one at a URL given after it.
"""

import os
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from hashlib import sha256
from pathlib import Path

from sqlalchemy import Engine
from sqlalchemy.orm import Session

from fundtracker.config import beside
from fundtracker.services import allocations
from fundtracker.services.keeping.backup import Backup, Place, write_backup
from fundtracker.services.keeping.rows import describe, lines, names_of
from fundtracker.store.engine import open_engine
from fundtracker.store.schema import bring_to
from fundtracker.store.tables import BudgetLine
from fundtracker.store.transactions import transaction
from tests.books.builder import Books, particulars, pence

WRITERS = 2
WRITE = "from tests.harness.backups import write; write({!r})"


@dataclass
class Figures:
    """What came of it: backups made, what is wrong with each that is bad, and entries posted meanwhile."""

    made: int = 0
    entries: int = 0
    slowest: float = 0.0
    bad: list[str] = field(default_factory=list)


def back_up_while_writing(url: str, folder: Path, count: int) -> Figures:
    """Take backups of an office in which writers post all the time, and hold each against the books."""
    engine, figures = open_engine(url), Figures()
    with Session(engine) as session:
        Books(session).fund("1,000,000")
    kept: list[Backup] = []
    with writing(url) as acknowledged:
        for number in range(count):
            before, began = len(acknowledged), time.monotonic()
            file = folder / f"{number}.zip"
            made = write_backup(engine, folder, at(file), beside("migrations"))
            figures.slowest = max(figures.slowest, time.monotonic() - began)
            missing = {n for n in acknowledged[:before] if n > made.manifest.last_entry}
            figures.bad += [f"backup {number} lacks {sorted(missing)}"] if missing else []
            kept.append(made)
    figures.made, figures.entries = len(kept), len(acknowledged)
    figures.bad += _held_against(engine, kept)
    engine.dispose()
    return figures


def at(file: Path) -> Place:
    """Put a backup at a path."""
    return lambda _: file


def _held_against(engine: Engine, kept: list[Backup]) -> Iterator[str]:
    """Entries never change, so a backup's are the first of those at the end, to the byte."""
    with engine.connect() as connection:
        [table] = [table for table in describe(connection) if table.name == "entry"]
        entries = list(lines(connection, table, names_of(table)))
    for number, made in enumerate(kept):
        [part] = [part for part in made.manifest.parts if part.table == "entry"]
        if part.rows != made.manifest.last_entry or part.sha256 != sha256(b"".join(entries[: part.rows])).hexdigest():
            yield f"backup {number} holds other entries"
        yield from (f"backup {number}: {one.where}: {one.says}" for one in made.found.recount.differences)


@contextmanager
def writing(url: str) -> Iterator[list[int]]:
    """Let writers post without a pause, and give the numbers that were acknowledged to them."""
    command = [sys.executable, "-c", WRITE.format(url)]
    programs = [
        subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True,
                         cwd=Path(__file__).parents[2])
        for _ in range(WRITERS)
    ]  # fmt: skip
    acknowledged: list[int] = []

    def listen(program: "subprocess.Popen[str]") -> None:
        acknowledged.extend(int(line) for line in program.stdout or ())

    listeners = [threading.Thread(target=listen, args=(program,)) for program in programs]
    for listener in listeners:
        listener.start()
    while not acknowledged:
        time.sleep(0.01)
    try:
        yield acknowledged
    finally:
        for program, listener in zip(programs, listeners, strict=True):
            with program:
                if program.stdin is not None:
                    program.stdin.close()
                listener.join()


def write(url: str) -> None:
    """Post one entry after the other until the input ends, and print each number once it is recorded."""
    os.nice(10)  # so that the tests beside it end in their time
    told = threading.Thread(target=sys.stdin.read, daemon=True)
    told.start()
    with Session(open_engine(url)) as session:
        while told.is_alive():
            with transaction(session):
                line = session.get_one(BudgetLine, 1)
                legs = allocations.carry_forward(session, line=line, amount=pence(1), particulars=particulars())
                numbers = [leg.number for leg in legs]
            print(*numbers, sep="\n", flush=True)


def main(count: int, url: str) -> int:
    """Take backups, print the figures, and return 1 where one is bad."""
    with tempfile.TemporaryDirectory() as room:
        address = url or f"sqlite:///{room}/office.sqlite"
        engine = open_engine(address)
        with engine.connect().execution_options(ft_write=True) as connection, connection.begin():
            bring_to(connection, beside("migrations"))
        engine.dispose()
        figures = back_up_while_writing(address, Path(room), count)
    print(f"{figures.made} backups while {figures.entries} entries were posted, the slowest in {figures.slowest:.1f} s")
    print(*(figures.bad or ["None is bad."]), sep="\n")
    return 1 if figures.bad else 0


if __name__ == "__main__":
    sys.exit(main(int(sys.argv[1]), sys.argv[2] if len(sys.argv) > 2 else ""))
