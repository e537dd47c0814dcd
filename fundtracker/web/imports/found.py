"""What a look at a file found, in a file of its own: the answer as pages show it, and every row, by the page."""

import json
import sqlite3
from collections.abc import Callable, Iterable, Iterator
from contextlib import closing, contextmanager
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

ROWS_SHOWN = 50
MOST_REASONS = 20
_MADE = """
CREATE TABLE answer (json TEXT NOT NULL);
CREATE TABLE row (
  place INTEGER PRIMARY KEY, number INTEGER, fate TEXT NOT NULL, says TEXT NOT NULL, amount INTEGER,
  words TEXT NOT NULL, problems TEXT NOT NULL, sheet TEXT NOT NULL, shown INTEGER NOT NULL
);
"""
_INDEXED = "CREATE INDEX row_fate ON row (fate, place); CREATE INDEX row_shown ON row (shown, fate, place)"
_INSERT = "INSERT INTO row (number, fate, says, amount, words, problems, sheet, shown) VALUES (?, ?, ?, ?, ?, ?, ?, ?)"

_COUNT = "SELECT count(*) FROM row WHERE (:fate = '' OR fate = :fate) AND (shown OR NOT :to_look_at)"
# Of very many reasons the commonest are told one by one, and the rest together.
_REASONS = """
WITH told AS (
  SELECT fate, CASE fate WHEN 'left out' THEN says ELSE '' END AS says, count(*) AS rows, sum(amount) AS amount,
    row_number() OVER (ORDER BY fate = 'taken' DESC, fate = 'already there' DESC, count(*) DESC, min(place)) AS rank
  FROM row GROUP BY 1, 2
)
SELECT
  fate, CASE WHEN rank > :most THEN 'for other reasons, each said beside its row' ELSE says END, sum(rows), sum(amount)
FROM told GROUP BY 1, 2 ORDER BY min(rank)
"""
_ROWS = """
SELECT number, fate, says, amount, words, problems, sheet FROM row
WHERE (:fate = '' OR fate = :fate) AND (shown OR NOT :to_look_at)
ORDER BY place LIMIT :most OFFSET :after
"""


@dataclass(frozen=True)
class RowFound:
    """
    One row as it is shown: its number, what became of it and why, its pence, its words and its problems.

    `sheet` names the sheet that it stands in, where several are read together.
    """

    number: int
    fate: str
    says: str
    amount: int | None
    words: str
    problems: tuple[tuple[str, str], ...] = ()
    sheet: str = ""


def found_file(folder: Path, key: str) -> Path:
    """Give where what was found of a waiting file is kept."""
    return folder / f"{key}.found"


def write_found(path: Path, rows: Iterable[RowFound], answer: Callable[[], dict[str, Any]]) -> None:
    """Write what was found, row by row; it is there as a whole or not at all."""
    part = path.with_suffix(".part")
    part.unlink(missing_ok=True)
    with closing(sqlite3.connect(part, isolation_level=None)) as file:
        file.execute("PRAGMA journal_mode = OFF")  # a worker that dies leaves a part that nobody reads
        file.execute("PRAGMA synchronous = OFF")
        file.executescript(_MADE)
        file.execute("BEGIN")
        file.executemany(_INSERT, (_written(row) for row in rows))
        file.execute("INSERT INTO answer VALUES (?)", (json.dumps(answer()),))
        file.execute("COMMIT")
        file.executescript(_INDEXED)
    part.replace(path)


def _written(row: RowFound) -> tuple[object, ...]:
    to_look_at = bool(row.problems) or bool(row.says)
    return (row.number, row.fate, row.says, row.amount, row.words, json.dumps(row.problems), row.sheet, to_look_at)


@dataclass(frozen=True)
class Which:
    """Which rows are asked for: those of a fate, those with something to look at, or all."""

    fate: str = ""
    to_look_at: bool = False


class Found:
    """What was found of one file, open for one page."""

    def __init__(self, file: sqlite3.Connection) -> None:
        self._file = file
        self.answer: dict[str, Any] = json.loads(file.execute("SELECT json FROM answer").fetchone()[0])

    def count(self, which: Which) -> int:
        """Count the rows that are asked for."""
        return int(self._file.execute(_COUNT, asdict(which)).fetchone()[0])

    def reasons(self) -> list[tuple[str, str, int, int | None]]:
        """Give what becomes of rows, and why some are left out: how many, and their pence (None: none states any)."""
        found: list[tuple[str, str, int, int | None]] = self._file.execute(_REASONS, {"most": MOST_REASONS}).fetchall()
        return found

    def rows(self, which: Which, page: int = 1, most: int = ROWS_SHOWN) -> list[RowFound]:
        """Give one page of the rows that are asked for."""
        found = self._file.execute(_ROWS, {**asdict(which), "most": most, "after": (page - 1) * most})
        return [
            RowFound(number, fate, says, amount, words, tuple((one, told) for one, told in json.loads(problems)), sheet)
            for number, fate, says, amount, words, problems, sheet in found
        ]


@contextmanager
def open_found(path: Path) -> Iterator[Found]:
    """Open what was found of a file, to read; raises FileNotFoundError where nothing was."""
    if not path.exists():
        raise FileNotFoundError(path)
    with closing(sqlite3.connect(f"{path.as_uri()}?mode=ro", uri=True)) as file:
        yield Found(file)
