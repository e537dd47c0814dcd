"""
Measure reading a spreadsheet and checking every cell of it, beside openpyxl and calamine reading alone.

Each in a process of its own, one after another: `python -m benchmarks.reading`. CPU seconds and ratios count.
"""

import argparse
import json
import random
import resource
import subprocess
import sys
import tempfile
from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path

import openpyxl
import python_calamine

from fundtracker.sheets.files.child import read_in_child
from fundtracker.sheets.tabular.task import read_lines

PEER = "openpyxl, reading alone"
_HEADINGS = (
    "Identifier", "Title", "Description", "Currency", "Amount Applied For", "Amount Awarded", "Award Date",
    "Recipient Org:Identifier", "Recipient Org:Name", "Recipient Org:Charity Number", "Grant Programme:Title", "Notes",
)  # fmt: skip
_OPTIONS = {"kind": "awards"}
_IN_MB = 1024 if sys.platform != "darwin" else 1024 * 1024


def write_grants(path: Path, rows: int) -> None:
    """Write grants in twelve columns: text of every length, amounts with pence, dates, numbers that identify."""
    chance = random.Random(4)  # noqa: S311 - the same file each time
    book = openpyxl.Workbook(write_only=True)
    sheet = book.create_sheet("Grants")
    sheet.append(_HEADINGS)
    for number in range(rows):
        who, amount = number % 900, chance.randrange(1, 10**7) / 100
        sheet.append((
            f"360G-office-{number}", f"Grant {number % 500}", f"For the people of parish {number % 5000}", "GBP",
            amount * 2, amount, date(2015, 4, 1) + timedelta(number % 3000), f"GB-CHC-{who + 100_000}",
            f"Organisation {who}", float(who + 100_000), f"Programme {number % 9}", None,
        ))  # fmt: skip
    book.save(path)


def _by_openpyxl(path: Path) -> int:
    return sum(1 for _ in openpyxl.load_workbook(path, read_only=True).worksheets[0].iter_rows(values_only=True)) - 1


def _by_calamine(path: Path) -> int:
    return len(python_calamine.load_workbook(path).get_sheet_by_index(0).to_python()) - 1


def _in_child(path: Path) -> int:
    *_, last = read_in_child(path, file_name=path.name, options=_OPTIONS)
    return int(json.loads(last)["end"])


def _read_and_checked(path: Path) -> int:
    table, rows = read_lines(read_in_child(path, file_name=path.name, options=_OPTIONS))
    taken = sum(not row.left_out for row in rows)
    return taken if not table.lacks else 0


ENGINES: dict[str, Callable[[Path], int]] = {
    PEER: _by_openpyxl,
    "calamine, reading alone": _by_calamine,
    "fundtracker, read and checked in the child": _in_child,
    "fundtracker, and given to its parent row by row": _read_and_checked,
}


def main() -> None:
    """Measure, and print the table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rows", type=int, default=100_000)
    parser.add_argument("--one", nargs=2, metavar=("ENGINE", "FILE"), help=argparse.SUPPRESS)
    asked = parser.parse_args()
    if asked.one:
        _measure(asked.one[0], Path(asked.one[1]), asked.rows)
        return
    with tempfile.TemporaryDirectory() as name:
        path = Path(name) / "grants.xlsx"
        write_grants(path, asked.rows)
        print(f"{asked.rows:,} rows of {len(_HEADINGS)} columns, {path.stat().st_size / 1e6:.1f} MB\n")
        print("| | CPU s | against openpyxl | peak MB |\n|---|---|---|---|")
        peer = 0.0
        for engine in ENGINES:
            cpu, memory = _in_own_process(engine, path, asked.rows)
            peer = peer or cpu
            print(f"| {engine} | {cpu:.2f} | {peer / cpu:.1f}x | {memory:.0f} |")


def _measure(engine: str, path: Path, rows: int) -> None:
    """Read with one engine, count the rows so that none is fast by leaving some out, and print what it took."""
    begun = _used()
    read = ENGINES[engine](path)
    cpu = _used() - begun
    if read != rows:
        raise SystemExit(f"{engine} read {read:,} rows of {rows:,}")
    most = max(resource.getrusage(who).ru_maxrss for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))
    print(cpu, most / _IN_MB)


def _used() -> float:
    """Give the CPU seconds of this process and of the children that have ended."""
    both = [resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]
    return sum(one.ru_utime + one.ru_stime for one in both)


def _in_own_process(engine: str, path: Path, rows: int) -> tuple[float, float]:
    asked = [sys.executable, "-m", "benchmarks.reading", "--rows", str(rows), "--one", engine, str(path)]
    told = subprocess.run(asked, capture_output=True, text=True, check=True)  # noqa: S603 - ourselves
    cpu, memory = told.stdout.split()
    return float(cpu), float(memory)


if __name__ == "__main__":
    main()
