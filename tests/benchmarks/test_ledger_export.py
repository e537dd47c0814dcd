"""The benchmark itself: it runs, and each engine writes the same rows."""

import subprocess
import sys
from io import BytesIO
from pathlib import Path

from benchmarks.large_books import make_books
from benchmarks.writers import WRITERS
from tests.sheets.workbooks import Table, by_calamine

ENTRIES = 150


class TestBenchmark:
    def test_a_peer_writes_the_same_rows_as_ours(self, tmp_path: Path) -> None:
        books = make_books(tmp_path, ENTRIES)

        def written(name: str) -> Table:
            file = BytesIO()
            WRITERS[name](books, file)
            return by_calamine(file.getvalue(), "Ledger")

        ours = written("fundtracker")
        assert len(ours.rows) == ENTRIES
        theirs = written("openpyxl write-only")
        # Ours keeps a moment to the second, as it is shown.
        for title in set(ours.headings) - {"Posted at"}:
            assert theirs.column(title) == ours.column(title)

    def test_measures_from_the_command_line(self) -> None:
        asked = [sys.executable, "-m", "benchmarks", "--entries", "150", "--memory-entries", "120", "150"]
        told = subprocess.run(asked, check=True, capture_output=True, text=True, timeout=300)

        engines = [line.split("|")[1].strip() for line in told.stdout.splitlines() if line.startswith("| ")][1:]
        assert set(engines) >= {"reading alone", "CSV", "fundtracker", "openpyxl write-only"}
        assert "Peak memory of fundtracker" in told.stdout
