"""Measure the code: no file over 250 lines, no function over 30, the package's median file at most 110."""

import ast
import statistics
import sys
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).parents[2]
FOLDERS = ("fundtracker", "migrations", "templates", "tests", "benchmarks")
SUFFIXES = frozenset({".py", ".html"})
LONGEST_FILE = 250
LONGEST_FUNCTION = 30
LONGEST_MEDIAN = 110


def oversized(root: Path) -> list[str]:
    """Say of each file and function that is too long where it is and how long."""
    found: list[str] = []
    for path in _files(root):
        lines = len(path.read_text(encoding="utf-8").splitlines())
        name = path.relative_to(root)
        if lines > LONGEST_FILE:
            found.append(f"{name}: {lines} lines, more than {LONGEST_FILE}")
        if path.suffix == ".py":
            found.extend(f"{name}{rest}" for rest in _long_functions(path))
    return found + _median(root)


def main() -> int:
    """Print what is too long, and return 1 if anything is."""
    found = oversized(ROOT)
    for line in found:
        print(line)
    print(f"Sizes: {len(list(_files(ROOT)))} files measured, {len(found)} too long")
    return 1 if found else 0


def _files(root: Path) -> Iterator[Path]:
    for folder in FOLDERS:
        for path in sorted((root / folder).rglob("*")):
            if path.suffix in SUFFIXES and "node_modules" not in path.parts:
                yield path


def _long_functions(path: Path) -> Iterator[str]:
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef) and node.end_lineno:
            lines = node.end_lineno - node.lineno + 1
            if lines > LONGEST_FUNCTION:
                yield f":{node.lineno}: {node.name} has {lines} lines, more than {LONGEST_FUNCTION}"


def _median(root: Path) -> list[str]:
    package = [path for path in _files(root) if path.is_relative_to(root / "fundtracker")]
    lengths = [len(path.read_text(encoding="utf-8").splitlines()) for path in package]
    median = statistics.median(lengths or [0])
    if median <= LONGEST_MEDIAN:
        return []
    return [f"fundtracker: the median file has {median:g} lines, more than {LONGEST_MEDIAN}"]


if __name__ == "__main__":
    sys.exit(main())
