"""A worker, which `python -m` starts: it looks at one waiting file or records it, and writes what came of it."""

import hashlib
import json
import os
import sys
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from sqlalchemy.orm import Session

from fundtracker.domain.money import Pence, pounds
from fundtracker.domain.refusals import Refusal
from fundtracker.domain.roles import Actor
from fundtracker.domain.statuses import Fate
from fundtracker.domain.years import now
from fundtracker.services.bringing.ahead import plan_ahead
from fundtracker.services.bringing.answer import Answer, PlannedRow
from fundtracker.services.bringing.choices import Choices
from fundtracker.services.bringing.plan import Source
from fundtracker.services.bringing.stated import TableFound
from fundtracker.services.imports.waiting import drop_waiting, find_waiting
from fundtracker.sheets.batches.bringing import look, read_rows, record
from fundtracker.sheets.files.turns import one_at_a_time
from fundtracker.store.engine import keep_readers_going, open_engine
from fundtracker.store.tables import SentForm  # every table that another names
from fundtracker.store.transactions import BY, transaction
from fundtracker.web.imports.found import RowFound, found_file, write_found
from fundtracker.web.imports.kept_maps import with_fitting_map, with_named_map
from fundtracker.web.imports.shown import shown
from fundtracker.web.imports.states import Stage, State, Task, Telling, beating, sent_file, state_file


class BooksChangedError(Refusal):
    """A file confirmed after the books had changed what it would do."""


@dataclass(frozen=True)
class Work:
    """One order on its way: the books, whose file it is, and where it tells how far it has got."""

    session: Session
    order: dict[str, Any]
    telling: Telling

    @property
    def whose(self) -> dict[str, Any]:
        """Give what finds the waiting file."""
        return {"key": self.order["key"], "person_id": self.order["person_id"]}


def main() -> None:
    """Do what the order on standard input asks, and leave the end of it in the state file."""
    order = json.load(sys.stdin)
    path = state_file(Path(order["folder"]), order["key"])
    telling = Telling(path, State(Task(order["task"]), order["asked"], Stage.STARTING, person_id=order["person_id"]))
    engine = open_engine(order["database"])
    keep_readers_going(engine)
    if sys.platform != "win32":
        os.nice(5)  # whoever reads a page goes first
    with beating(path, lambda: os._exit(1)), Session(engine) as session:
        try:
            with one_at_a_time(Path(order["folder"]).parent, order["person_id"]):
                _TASKS[telling.state.task](Work(session, order, telling))
        except Refusal as refusal:
            telling.end(Stage.REFUSED, refusal.sentence)


def _look(work: Work) -> None:
    content, name, choices = _waiting(work)
    with _reading(work, content, name, choices) as (source, taken):
        work.telling.stage(Stage.CHECKING)
        answer, prints = look(work.session, source, taken, work.telling.rows), Prints()
        found = found_file(Path(work.order["folder"]), work.order["key"])
        asked, map_name = work.order["asked"], taken.map_name
        rows = _rows(prints.of(answer.rows()), answer.table)
        write_found(found, rows, lambda: shown(answer, asked, prints.word, map_name))
    work.telling.end(Stage.DONE)


def _record(work: Work) -> None:
    content, name, choices = _waiting(work)
    by = work.session.info[BY] = Actor(work.order["name"], work.order["person_id"])
    with _reading(work, content, name, choices) as (source, taken):
        work.telling.stage(Stage.CHECKING)
        ahead = plan_ahead(work.session, source, taken, work.telling.rows)
        work.telling.stage(Stage.RECORDING)
        with transaction(work.session) as session:
            find_waiting(session, **work.whose)
            answer = record(session, source, taken, by, work.telling.rows, ahead=ahead)
            prints = Prints()
            for _ in prints.of(answer.rows()):
                pass
            if prints.word != work.order["shown"]:
                raise BooksChangedError("The books have changed since this was shown. Look at it again, then confirm.")
            ended = _ended(work, answer)
            session.add(_sent(work, ended))
            drop_waiting(session, **work.whose)
    found_file(Path(work.order["folder"]), work.order["key"]).unlink(missing_ok=True)
    work.telling.end(Stage.DONE, **ended)


def _waiting(work: Work) -> tuple[bytes, str, Choices]:
    sent = sent_file(Path(work.order["folder"]), work.order["key"])
    if sent.exists():  # it was never whole in the server's memory
        with transaction(work.session) as session:
            find_waiting(session, **work.whose).content = sent.read_bytes()
        sent.unlink()
    waiting = find_waiting(work.session, **work.whose)
    taken = waiting.content, waiting.file_name, Choices.from_json(waiting.answers)
    work.session.rollback()
    return taken


@contextmanager
def _reading(work: Work, content: bytes, name: str, choices: Choices) -> Iterator[tuple[Source, Choices]]:
    """Read the rows of a file, with the columns that were kept for its titles where nobody said otherwise."""
    work.telling.stage(Stage.READING)
    choices = with_named_map(work.session, choices)
    with read_rows(content, name, choices) as source:
        kept = with_fitting_map(work.session, choices, source.table)
        if kept.columns == choices.columns:
            yield source, kept
            return
    with read_rows(content, name, kept) as source:
        yield source, kept


def _ended(work: Work, answer: Answer) -> dict[str, str]:
    """Say where to go and what to say there."""
    if answer.batch_number is None:
        return {"url": work.order["list_page"], "says": f"{answer.file_name} added nothing: it was all there already."}
    taken = answer.tally.fates[Fate.TAKEN]
    rows = f"{taken.rows:,} {'row' if taken.rows == 1 else 'rows'}"
    says = f"Import {answer.batch_number}: {rows} of {answer.file_name}, {pounds(Pence(taken.amount))}, came in."
    return {"url": f"{work.order['batch_page']}{answer.batch_number}", "says": says}


def _sent(work: Work, ended: dict[str, str]) -> SentForm:
    order = work.order
    return SentForm(
        key=order["form"], digest=order["form_digest"], answer=json.dumps(ended), person_id=order["person_id"],
        sent_at=now(),
    )  # fmt: skip


class Prints:
    """Reduces what would become of every row to one word, so that what is recorded is what was shown."""

    def __init__(self) -> None:
        self._digest = hashlib.sha256()

    def of(self, rows: Iterable[PlannedRow]) -> Iterator[PlannedRow]:
        """Give rows on, having taken their print."""
        for row in rows:
            self._digest.update(json.dumps([row.sheet, row.row, row.fate, row.amount, row.words]).encode())
            yield row

    @property
    def word(self) -> str:
        """Give the word for the rows that have gone by."""
        return self._digest.hexdigest()


def _rows(rows: Iterable[PlannedRow], table: TableFound | None) -> Iterator[RowFound]:
    several = table is not None and table.together
    for row in rows:
        problems = tuple((problem.column, problem.says) for problem in row.problems)
        sheet = row.sheet if several else ""
        yield RowFound(row.row, row.fate.value, row.says, row.amount, row.words, problems, sheet)


_TASKS = {Task.LOOK: _look, Task.RECORD: _record}

if __name__ == "__main__":
    main()
