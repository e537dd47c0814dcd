"""
The fifteen figures of a run, each beside its target: what tests measured with `figure`, added up and printed.

`python -m tests.harness.figures` runs the tests that measure one, `--full` at full size; `make check` prints them too.
"""

import os
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest

FULL = os.environ.get("FUNDTRACKER_TEST_FULL") == "1"
PROPERTY = "fundtracker figure"
Parts = dict[str, float]
Measured = Callable[..., None]


def size(of_a_submission: int, full: int) -> int:
    """Choose how much a test does: on every submission, or where FUNDTRACKER_TEST_FULL=1 asks for all of it."""
    return full if FULL else of_a_submission


@dataclass(frozen=True)
class Figure:
    """A figure: what it is of, how its parts are said, and its target at full size."""

    title: str
    says: str
    target: str

    def said(self, parts: Parts) -> str:
        """Say what was measured; parts that are missing were not."""
        return self.says.format_map(_Given(parts)) if parts else "not measured"


class _Given(dict[str, float]):
    def __missing__(self, name: str) -> "_Unknown":
        return _Unknown()


class _Unknown:
    def __format__(self, spec: str) -> str:
        return "?"


FIGURES = {
    1: Figure(
        "Overdrawn by 64 awarders of one fund",
        "£{overdrawn:,.2f} in {races:,.0f} races; without the contract {worst_control:.0f} % over",
        "£0.00 on both engines; the control overdraws",
    ),
    2: Figure(
        "Kills of the server among writers",
        "{kills:,.0f} survived, {acknowledged:,.0f} answered; {lost:.0f} lost, {twice:.0f} twice, {wrong:.0f} wrong",
        "2,000 survived; 0 lost, 0 twice, 0 wrong",
    ),
    3: Figure(
        "Power lost while entries are posted",
        "{states:,.0f} states, {bad:.0f} bad; unsynchronised {control:.0f} of {controls:.0f} bad",
        "10,000 states, 0 bad; the control is bad",
    ),
    4: Figure(
        "Operations beside the plain model",
        "{operations:,.0f}, {differences:.0f} differences",
        "100,000, 0 differences",
    ),
    5: Figure("Planted bugs caught", "{caught:.0f} of 12", "12 of 12"),
    6: Figure(
        "Pence traced from funder to recipient",
        "{traced:,.0f} of {pence:,.0f}",
        "all of them",
    ),
    7: Figure(
        "Changes with exactly one row of history",
        "{kept:,.0f} of {changes:,.0f}",
        "all of 100,000, by bulk and raw SQL too",
    ),
    8: Figure(
        "Single tamperings found",
        "{found:,.0f} of {tamperings:,.0f}; {worst_rows:,.0f} rows verified in {worst_seconds:.2f} s",
        "1,000 of 1,000; 100,000 rows in 2 s",
    ),
    9: Figure(
        "Backups taken while writing, restored equal",
        "{equal:,.0f} of {backups:,.0f}; to the other engine and back {across:.0f} of 2",
        "500 of 500, to the other engine and back",
    ),
    10: Figure(
        "Hostile workbooks with their stated verdict",
        "{verdicts:.0f} files, at most {worst_seconds:.1f} s and {worst_megabytes:.0f} MB",
        "every file of 52 kinds, at most 10 s and 512 MB",
    ),
    11: Figure(
        "Answers that the table of access gives",
        "{right:,.0f} of {cells:,.0f}, {unlisted:.0f} pages unlisted",
        "all of them, 0 unlisted",
    ),
    12: Figure("Forms that nobody would send", "{posts:,.0f}, {errors:.0f} answered with HTTP 500", "10,000, 0"),
    13: Figure(
        "Harmful texts that came alive in a page or file",
        "{live:.0f} of {probes:,.0f}",
        "0, in HTML, XLSX, CSV, DOCX and JSON",
    ),
    14: Figure(
        "ASVS 5.0 level 2 requirements met with a named test",
        "{met:.0f} of {applicable:.0f} that apply",
        "all that apply of 253",
    ),
    15: Figure(
        "Forms sent twice",
        "{pairs:,.0f} pairs, {records:,.0f} records; {refused:,.0f} of {changed:,.0f} with other answers refused",
        "1,000 pairs, 1,000 records; all refused",
    ),
}


def pytest_addoption(parser: pytest.Parser) -> None:
    """Let a run be of the tests that measure a figure, and of no other."""
    parser.addoption("--figures", action="store_true", help="run only what measures one of the fifteen figures")


def pytest_configure(config: pytest.Config) -> None:
    """Gather figures where the reports of all workers arrive."""
    if not hasattr(config, "workerinput"):
        config.pluginmanager.register(_Gathered(), "fundtracker-figures")


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Leave out what measures nothing, where only figures are asked for."""
    if config.getoption("--figures"):
        out = [item for item in items if "figure" not in getattr(item, "fixturenames", ())]
        items[:] = [item for item in items if item not in set(out)]
        config.hook.pytest_deselected(items=out)


@pytest.fixture
def figure(record_property: Callable[[str, object], None]) -> Measured:
    """Give what records parts of a figure: several tests' are added up, of `worst_` ones the largest is kept."""

    def record(number: int, **parts: float) -> None:
        record_property(PROPERTY, [number, {name: float(value) for name, value in parts.items()}])

    return record


class _Gathered:
    """What was measured, by the number of the figure."""

    def __init__(self) -> None:
        self.parts: dict[int, Parts] = {}

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        if report.when == "teardown":
            for name, value in report.user_properties:
                if name == PROPERTY and isinstance(value, list | tuple):
                    self._add(*value)

    def _add(self, number: int, parts: Parts) -> None:
        known = self.parts.setdefault(number, {})
        for name, value in parts.items():
            before = known.get(name, 0)
            known[name] = max(before, value) if name.startswith("worst_") else before + value

    @pytest.hookimpl(trylast=True)
    def pytest_terminal_summary(self, terminalreporter: pytest.TerminalReporter) -> None:
        if self.parts:
            terminalreporter.section(f"figures, at {'full' if FULL else 'CI'} size")
            for line in table(self.parts):
                terminalreporter.line(line)


def table(measured: dict[int, Parts]) -> list[str]:
    """Give a line for each figure: its number, what it is of, what was measured, and its target."""
    rows = [
        (str(n), each.title, each.said(measured.get(n, {})), f"target {each.target}") for n, each in FIGURES.items()
    ]
    widths = [max(len(row[column]) for row in rows) for column in range(3)]
    return [
        f"{number:>2}  {title:<{widths[1]}}  {said:<{widths[2]}}  {target}".rstrip()
        for number, title, said, target in rows
    ]


def main(arguments: list[str]) -> int:
    """Run what measures a figure, in as many processes as there are processors, and return pytest's exit status."""
    if arguments not in ([], ["--full"]):
        print("usage: python -m tests.harness.figures [--full]", file=sys.stderr)
        return 2
    if arguments:
        os.environ["FUNDTRACKER_TEST_FULL"] = "1"
    root = str(Path(__file__).parents[2])
    ran = pytest.main(
        ["--rootdir", root, "--numprocesses", "logical", "--dist", "worksteal", "--quiet", "--figures", root + "/tests"]
    )
    return int(ran)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
