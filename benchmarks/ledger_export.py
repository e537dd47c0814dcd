"""
Measure the ledger's export beside its peers, each in a process of its own, one after another in one run.

CPU seconds and ratios count; the time of day that a busy machine takes does not.
"""

import argparse
import json
import resource
import subprocess
import sys
import tempfile
import time
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

import python_calamine

from benchmarks.large_books import make_books
from benchmarks.writers import WRITERS
from fundtracker.store.engine import open_engine

OURS, READING, PEER, LEAST = "fundtracker", "reading alone", "openpyxl write-only", "CSV"
_FEW = 100
_IN_MB = 1024 if sys.platform != "darwin" else 1024 * 1024


@dataclass(frozen=True)
class Measured:
    """What one engine took: CPU seconds, milliseconds to the first byte, and MB of memory and of file."""

    engine: str
    entries: int
    cpu: float
    first_byte: float
    memory: float
    size: float


class _Timed:
    """A file that notes when its first byte is written."""

    def __init__(self, path: Path) -> None:
        self._file = path.open("w+b")
        self.first: float | None = None

    def write(self, data: bytes) -> int:
        self.first = self.first or time.perf_counter()
        return self._file.write(data)

    def __getattr__(self, name: str) -> Any:
        return getattr(self._file, name)


def measure(engine: str, database: str, entries: int, folder: Path) -> Measured:
    """Write the ledger with one engine in this process, after a small one that makes it as warm as a server is."""
    WRITERS[engine](make_books(folder, _FEW), _Timed(folder / "first"))  # type: ignore[arg-type]  # as below
    books = open_engine(database)
    file = _Timed(folder / "written")
    begun, cpu = time.perf_counter(), time.process_time()
    WRITERS[engine](books, file)  # type: ignore[arg-type]  # passes every question on to its file
    used = time.process_time() - cpu
    file.flush()
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / _IN_MB
    _check_rows(folder / "written", engine, entries)
    first = ((file.first or time.perf_counter()) - begun) * 1000
    return Measured(engine, entries, used, first, memory, (folder / "written").stat().st_size / 1e6)


def _check_rows(path: Path, engine: str, entries: int) -> None:
    """Read the file back, so that no engine is fast by leaving rows out."""
    if engine == READING:
        return
    if engine == LEAST:
        written = sum(1 for _ in path.open("rb"))
    else:
        written = python_calamine.load_workbook(path).get_sheet_by_name("Ledger").height
    if written != entries + 1:
        raise SystemExit(f"{engine} wrote {written:,} rows of {entries + 1:,}")


def main() -> None:
    """Measure, and print the tables."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--entries", type=int, default=100_000)
    parser.add_argument("--memory-entries", type=int, nargs=2, default=(10_000, 500_000))
    parser.add_argument("--one", nargs=2, metavar=("ENGINE", "DATABASE"), help=argparse.SUPPRESS)
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        if asked.one:
            engine, database = asked.one
            print(json.dumps(asdict(measure(engine, database, asked.entries, folder))))
            return
        _print_peers(_all(folder, list(WRITERS), asked.entries))
        _print_memory([*_all(folder, [OURS], asked.memory_entries[0]), *_all(folder, [OURS], asked.memory_entries[1])])


def _all(folder: Path, engines: list[str], entries: int) -> list[Measured]:
    database = make_books(folder, entries).url.render_as_string()
    return [found for engine in engines if (found := _in_own_process(engine, database, entries))]


def _in_own_process(engine: str, database: str, entries: int) -> Measured | None:
    asked = [sys.executable, "-m", "benchmarks", "--entries", str(entries), "--one", engine, database]
    told = subprocess.run(asked, capture_output=True, text=True, check=False)  # noqa: S603 - ourselves
    if "ModuleNotFoundError" in told.stderr:
        print(f"{engine} is not installed and was left out; `make bench` installs it.\n")
        return None
    if told.returncode:
        raise SystemExit(told.stderr)
    return Measured(**json.loads(told.stdout))


def _print_peers(found: list[Measured]) -> None:
    cpu = {one.engine: one.cpu for one in found}
    least = cpu[READING]

    def writing(engine: str) -> float:
        return max(cpu[engine] - least, 0.001)

    print(f"{found[0].entries:,} entries, each engine in a process of its own\n")
    print("| engine | CPU s | writing s | writing against openpyxl | against CSV | first byte ms | peak MB | file MB |")
    print("|---|---|---|---|---|---|---|---|")
    for one in found:
        shares = ("", "", "")
        if one.engine != READING:
            took = writing(one.engine)
            shares = (f"{took:.2f}", f"{writing(PEER) / took:.1f}x", f"{took / writing(LEAST):.1f}x")
        row = (one.engine, f"{one.cpu:.2f}", *shares, f"{one.first_byte:.0f}", f"{one.memory:.0f}", f"{one.size:.1f}")
        print(f"| {' | '.join(row)} |")


def _print_memory(found: list[Measured]) -> None:
    few, many = found
    print(f"\nPeak memory of {OURS}: {few.memory:.1f} MB at {few.entries:,} entries, {many.memory:.1f} MB at "
          f"{many.entries:,} ({many.memory / few.memory:.2f}x).")  # fmt: skip
