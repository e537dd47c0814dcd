"""Processes killed while they post: what was acknowledged is there, and the books are true after every kill."""

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

from sqlalchemy import create_engine, select, text
from sqlalchemy.orm import Session

from fundtracker.services.recount import recount
from fundtracker.store.engine import open_engine
from fundtracker.store.tables import Entry
from tests.books.builder import Books

KILLS = 20
LONGEST_LIFE = 0.12  # seconds of posting before the kill

# One program imports everything and forks a poster for each line it reads, so that a life begins at once.
NURSERY = """
import os, sys
from sqlalchemy.orm import Session
from fundtracker.store.engine import open_engine
from fundtracker.store.tables import BudgetLine
from fundtracker.store.transactions import transaction
from fundtracker.services import allocations
from tests.books.builder import particulars, pence

def post(url):
    with Session(open_engine(url)) as session:
        while True:
            with transaction(session):
                line = session.get_one(BudgetLine, 1)
                facts = particulars()
                first, second = allocations.carry_forward(session, line=line, amount=pence(1), particulars=facts)
                numbers = (first.number, second.number)
            os.write(1, b"%d\\n%d\\n" % numbers)

for line in sys.stdin:
    child = os.fork()
    if not child:
        post(sys.argv[1])
    os.write(1, b"born %d\\n" % child)
    os.waitpid(child, 0)
    os.write(1, b"gone\\n")
"""


def test_twenty_kills_lose_nothing_that_was_acknowledged(sqlite_url: str, tmp_path: Path) -> None:
    engine = open_engine(sqlite_url)
    with Session(engine) as session:
        Books(session).fund("1,000")
    engine.dispose()
    nursery = subprocess.Popen(
        [sys.executable, "-c", NURSERY, sqlite_url],
        stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, cwd=Path(__file__).parents[2],
    )  # fmt: skip
    acknowledged: set[int] = set()
    for number in range(KILLS):
        acknowledged |= _one_life(nursery, LONGEST_LIFE * (number + 1) / KILLS)
        _check(sqlite_url, acknowledged)
    nursery.communicate(timeout=10)

    assert len(acknowledged) > KILLS


def _one_life(nursery: "subprocess.Popen[str]", seconds: float) -> set[int]:
    assert nursery.stdin is not None
    assert nursery.stdout is not None
    nursery.stdin.write("\n")
    nursery.stdin.flush()
    said: set[int] = set()
    child = 0
    while line := nursery.stdout.readline().strip():
        if line == "gone":
            return said
        if line.startswith("born"):
            child = int(line.removeprefix("born "))
        else:
            said.add(int(line))
        if child and (said or seconds < LONGEST_LIFE / 4):
            time.sleep(seconds)
            os.kill(child, signal.SIGKILL)
            child = 0
    raise AssertionError("the nursery ended")


def _check(url: str, acknowledged: set[int]) -> None:
    plain = create_engine(url)
    with plain.connect() as connection:
        assert connection.scalar(text("PRAGMA integrity_check")) == "ok"
        assert connection.execute(text("PRAGMA foreign_key_check")).all() == []
    plain.dispose()
    engine = open_engine(url)
    with Session(engine) as session:
        assert acknowledged <= set(session.scalars(select(Entry.number)))
        assert recount(session).differences == []
    engine.dispose()
