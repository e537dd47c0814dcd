"""Find the programs that some tests use, and end a run by saying what was left out for want of them."""

import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import pytest

CHROMIUM_NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
MAC_APPLICATIONS = Path("/Applications")
CHROMIUM_FLAGS = (
    "--no-sandbox",  # a container's root cannot have one, and the tests open their own pages only
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)
INSTALL = "make tools"


@cache
def find_chromium() -> Path | None:
    """Return a Chromium or Chrome that starts, installed or fetched by Playwright, if Playwright starts too."""
    found = next((path for path in _chromium_candidates() if _answers(path)), None)
    # Playwright's driver needs libatomic, which a bare machine lacks.
    return found if found and _answers(sys.executable, "-m", "playwright") else None


@cache
def find_libreoffice() -> Path | None:
    """Return LibreOffice's command, if it is installed."""
    return _on_path("soffice", "libreoffice") or _in_applications("LibreOffice", "soffice")


@cache
def find_hledger() -> Path | None:
    """Return hledger, if it is installed."""
    return _on_path("hledger")


@dataclass(frozen=True)
class Tool:
    """A program some tests use: `fixture` gives them its path, and using it implies `marker`."""

    name: str
    marker: str
    fixtures: frozenset[str]
    find: Callable[[], Path | None]

    @property
    def absence(self) -> str:
        """Say that the program is not here."""
        return f"{self.name} is missing ({INSTALL} installs it)"

    def is_used_by(self, item: pytest.Item) -> bool:
        """Tell whether a test uses this program, by its marker or by a fixture."""
        fixtures = getattr(item, "fixturenames", ())
        return item.get_closest_marker(self.marker) is not None or bool(self.fixtures & set(fixtures))


TOOLS = (
    Tool("Chromium", "needs_chromium", frozenset({"chromium_path", "browser"}), find_chromium),
    Tool("LibreOffice", "needs_libreoffice", frozenset({"libreoffice_path"}), find_libreoffice),
    Tool("hledger", "needs_hledger", frozenset({"hledger_path"}), find_hledger),
)
left_out = pytest.StashKey[dict[str, set[str]]]()


def pytest_configure(config: pytest.Config) -> None:
    """Declare the markers."""
    config.stash[left_out] = {}
    config.pluginmanager.register(_Count(config), "fundtracker-left-out")
    for tool in TOOLS:
        config.addinivalue_line("markers", f"{tool.marker}: uses {tool.name}, left out where it is missing")


@pytest.hookimpl(tryfirst=True)
def pytest_runtest_setup(item: pytest.Item) -> None:
    """Leave out a test whose program is missing; with FUNDTRACKER_TEST_ALL=1 fail it."""
    for tool in TOOLS:
        if tool.is_used_by(item) and tool.find() is None:
            if os.environ.get("FUNDTRACKER_TEST_ALL") == "1":
                pytest.fail(tool.absence, pytrace=False)
            pytest.skip(tool.absence)


class _Count:
    """Count what was left out, where the reports of all workers arrive."""

    def __init__(self, config: pytest.Config) -> None:
        self.tests = config.stash[left_out]

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        if report.skipped and isinstance(report.longrepr, tuple):
            for tool in TOOLS:
                if tool.absence in report.longrepr[2]:
                    self.tests.setdefault(tool.name, set()).add(report.nodeid)


@pytest.hookimpl(trylast=True)
def pytest_unconfigure(config: pytest.Config) -> None:
    """Print the last line of a run that left tests out."""
    tests = config.stash.get(left_out, {})
    if tests and not hasattr(config, "workerinput"):
        count = len(set().union(*tests.values()))
        noun = "test" if count == 1 else "tests"
        config.get_terminal_writer().line(
            f"Missing: {', '.join(sorted(tests))}. That left out {count} {noun}. To install: {INSTALL}"
        )


@pytest.fixture(scope="session")
def chromium_path() -> Path:
    """Give the path of Chromium."""
    return _found(find_chromium)


@pytest.fixture(scope="session")
def libreoffice_path() -> Path:
    """Give the path of LibreOffice."""
    return _found(find_libreoffice)


@pytest.fixture(scope="session")
def hledger_path() -> Path:
    """Give the path of hledger."""
    return _found(find_hledger)


@pytest.fixture(scope="session")
def browser_type_launch_args(browser_type_launch_args: dict[str, object], chromium_path: Path) -> dict[str, object]:
    """Have Playwright start the Chromium that was found."""
    return {
        **browser_type_launch_args,
        "executable_path": str(chromium_path),
        "args": list(CHROMIUM_FLAGS),
    }


def _found(find: Callable[[], Path | None]) -> Path:
    path = find()
    assert path is not None
    return path


def _on_path(*names: str) -> Path | None:
    return next((Path(found) for found in map(shutil.which, names) if found), None)


def _in_applications(application: str, program: str) -> Path | None:
    path = MAC_APPLICATIONS / f"{application}.app" / "Contents" / "MacOS" / program
    return path if path.exists() else None


def _chromium_candidates() -> Iterator[Path]:
    for name in CHROMIUM_NAMES:
        if path := _on_path(name):
            yield path
    for application in ("Chromium", "Google Chrome"):
        if path := _in_applications(application, application):
            yield path
    home = Path.home()
    for folder in (
        os.environ.get("PLAYWRIGHT_BROWSERS_PATH"),
        home / ".cache" / "ms-playwright",
        home / "Library" / "Caches" / "ms-playwright",
    ):
        if folder:
            for program in ("chrome-headless-shell", "headless_shell", "chrome"):
                yield from sorted(Path(folder).glob(f"chromium*/*/{program}"), reverse=True)


def _answers(*command: str | Path) -> bool:
    """Tell whether a program starts: Ubuntu's `chromium-browser` may stand for a snap that is not there."""
    try:
        asked = subprocess.run([*command, "--version"], capture_output=True, timeout=60, check=False)
    except (OSError, subprocess.TimeoutExpired):
        return False
    return asked.returncode == 0
