"""The pages served for real, killed and begun again, and the books looked through after each kill."""

import json
import os
import random
import signal
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from sqlalchemy import Engine, select, text
from sqlalchemy.orm import Session

from fundtracker.services.history.verifying import verify
from fundtracker.services.recount import recount
from fundtracker.store.engine import open_engine
from fundtracker.store.office import SentForm
from fundtracker.store.tables import Entry
from tests.books.builder import Books
from tests.harness.faults.writers import FUND, Writers

PEOPLE, FIRST = 6, 100
LONGEST_LIFE, MORE = 5, 0.06  # seconds until the first answer, and after it until the kill
ROOT = Path(__file__).parents[3]


@dataclass
class Found:
    """What was found wrong over all the looks through the books."""

    looks: int = 0
    unanswered: int = 0
    lost: set[str] = field(default_factory=set)
    twice: set[str] = field(default_factory=set)
    wrong: list[str] = field(default_factory=list)

    @property
    def bad(self) -> bool:
        """Say whether anything was."""
        return bool(self.lost or self.twice or self.wrong)


class Served:
    """A nursery of servers on one database, and the people who write through them."""

    def __init__(self, nursery: "subprocess.Popen[str]", engine: Engine) -> None:
        self._nursery, self._engine = nursery, engine
        told = json.loads(self._heard())
        self.writers = Writers(told["port"], told["people"])
        self.found = Found()

    @contextmanager
    def life(self) -> Iterator[None]:
        """Begin a server, and kill it at the end."""
        assert self._nursery.stdin is not None
        self._nursery.stdin.write("\n")
        self._nursery.stdin.flush()
        server = int(self._heard())
        try:
            yield
        finally:
            os.kill(server, signal.SIGKILL)
            assert self._heard() == "gone"

    def finish(self) -> None:
        """Have every form answered by a last server, and look once more."""
        with self.life():
            self.writers.stop()
        self.look()
        self.found.wrong += self.writers.odd

    def look(self) -> None:
        """Look through the books: whole, adding up, and everything acknowledged there once."""
        acknowledged = set(self.writers.acknowledged)
        found = self.found
        found.looks += 1
        self._engine.dispose()  # a connection of before knows nothing of what must be recovered
        with Session(self._engine) as session:
            # The history is long after a thousand kills: then it is checked every twentieth time.
            found.wrong += damage(session, history=found.looks <= FIRST or found.looks % 20 == 0)
            there = Counter(key for row in session.execute(select(Entry.decision_reference, Entry.reference))
                            for key in row if key.count("-") == 1)  # fmt: skip
            answered = set(session.scalars(select(SentForm.key)))
        found.lost |= acknowledged - set(there)
        found.twice |= {key for key, times in there.items() if times > 1}
        found.wrong += [f"{key} is answered and not there" for key in answered - set(there)]
        found.unanswered += len(set(there) - acknowledged)

    def _heard(self) -> str:
        assert self._nursery.stdout is not None
        line = self._nursery.stdout.readline().strip()
        if not line:
            raise AssertionError("the nursery ended")
        return line


def damage(session: Session, *, history: bool = True) -> list[str]:
    """Say what the engine, the recount and the history's own check find wrong."""
    said = [difference.says for difference in recount(session).differences]
    if history:
        said += verify(session).faults
    if session.get_bind().dialect.name == "sqlite":
        said += [line for line in session.scalars(text("PRAGMA integrity_check")) if line != "ok"]
        said += [f"foreign key: {row}" for row in session.execute(text("PRAGMA foreign_key_check"))]
    return said


@contextmanager
def served(url: str, folder: Path, *planted: str) -> Iterator[Served]:
    """Open a fund in an empty office, have it served, and let people write from now on."""
    engine = open_engine(url)
    with Session(engine) as session:
        Books(session).fund("1,000", reference=FUND)
    engine.dispose()
    command = [sys.executable, "-m", "tests.harness.faults.nursery", url, str(folder), str(PEOPLE), *planted]
    with (
        (folder / "served.log").open("w") as log,
        subprocess.Popen(
            command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=log, text=True, cwd=ROOT
        ) as nursery,
    ):
        serving = Served(nursery, engine)
        serving.writers.start()
        yield serving
        assert nursery.stdin is not None
        nursery.stdin.close()
    engine.dispose()


def kill_again_and_again(serving: Served, kills: int) -> Found:
    """Kill so many servers, most among forms being answered, and look each time, until something is wrong."""
    chance = random.Random(20200921)  # noqa: S311 - the same lives in each run
    for number in range(kills):
        with serving.life():
            if number % 4:
                serving.writers.wait_for_an_answer(LONGEST_LIFE)
            time.sleep(chance.uniform(0, MORE))
        serving.look()
        if serving.found.bad:
            break
    serving.finish()
    return serving.found
