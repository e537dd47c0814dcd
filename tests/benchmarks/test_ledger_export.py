"""The benchmark itself: it runs, and each engine writes the same rows."""

import subprocess
import sys
from io import BytesIO
from pathlib import Path

import pytest

from benchmarks.large_books import make_books
from benchmarks.writers import WRITERS
from tests.sheets.workbooks import Table, by_calamine

ENTRIES = 150


class TestBenchmark:
    @pytest.mark.parametrize(
        "engine", [name for name in WRITERS if name not in ("reading alone", "CSV", "fundtracker")]
    )
    def test_peers_write_the_same_rows_as_ours(self, engine: str, tmp_path: Path) -> None:
        if engine.startswith("XlsxWriter"):
            pytest.importorskip("xlsxwriter", reason="XlsxWriter is installed by `make bench` only")
        books = make_books(tmp_path, ENTRIES)

        def written(name: str) -> Table:
            file = BytesIO()
            WRITERS[name](books, file)
            return by_calamine(file.getvalue(), "Ledger")

        ours = written("fundtracker")
        assert len(ours.rows) == ENTRIES
        assert written(engine) == ours

    def test_measures_from_the_command_line(self) -> None:
        asked = [sys.executable, "-m", "benchmarks", "--entries", "150", "--memory-entries", "120", "150"]
        told = subprocess.run(asked, check=True, capture_output=True, text=True, timeout=300)

        engines = [line.split("|")[1].strip() for line in told.stdout.splitlines() if line.startswith("| ")][1:]
        assert set(engines) >= {"reading alone", "CSV", "fundtracker", "openpyxl write-only"}
        assert "Peak memory of fundtracker" in told.stdout
