"""A test whose program is missing is left out, counted and named in the last line of the run."""

import os
import sys
from pathlib import Path

import pytest
from playwright.sync_api import Page

from tests.harness.fetch_chromium import fetch

pytest_plugins = ["pytester"]
ROOT = Path(__file__).parents[2]
TWO_AND_ONE = """
    import pytest

    @pytest.mark.needs_hledger
    def test_by_marker(): pass

    def test_by_fixture(hledger_path): assert hledger_path.name == "hledger"

    def test_without(): pass
"""
LAST_LINE = "Missing: hledger. That left out 2 tests. To install: make tools"


@pytest.fixture
def bare(pytester: pytest.Pytester, monkeypatch: pytest.MonkeyPatch) -> pytest.Pytester:
    """Give a folder of tests where no program is on the path."""
    monkeypatch.setenv("PATH", str(pytester.mkdir("bin")))
    monkeypatch.setenv("PYTHONPATH", str(ROOT))
    monkeypatch.delenv("FUNDTRACKER_TEST_ALL", raising=False)
    pytester.makepyfile(TWO_AND_ONE)
    return pytester


def run(bare: pytest.Pytester, *arguments: str) -> pytest.RunResult:
    return bare.runpytest_subprocess("-p", "tests.harness.tools", "--strict-markers", *arguments)


@pytest.mark.parametrize("workers", ["0", "2"])
def test_the_last_line_says_what_was_left_out(bare: pytest.Pytester, workers: str) -> None:
    result = run(bare, "-n", workers)
    result.assert_outcomes(passed=1, skipped=2)
    assert result.outlines[-1] == LAST_LINE
    assert result.ret == 0


def test_a_missing_program_fails_where_all_are_asked_for(
    bare: pytest.Pytester, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("FUNDTRACKER_TEST_ALL", "1")
    result = run(bare)
    result.assert_outcomes(passed=1, errors=2)
    assert result.ret == 1
    result.stdout.fnmatch_lines(["*hledger is missing (make tools installs it)*"])


def test_a_program_that_is_found_is_used(bare: pytest.Pytester) -> None:
    program = Path(os.environ["PATH"]) / "hledger"
    program.write_text("#!/bin/sh\n")
    program.chmod(0o755)
    result = run(bare)
    result.assert_outcomes(passed=3)
    result.stdout.no_fnmatch_line("Missing:*")


def test_a_download_that_hangs_is_given_up() -> None:
    wait = "import time; time.sleep(60)"
    assert fetch([sys.executable, "-c", "pass"], 30) is True
    assert fetch([sys.executable, "-c", wait], 0.2) is False


def test_chromium_opens_a_page(page: Page) -> None:
    page.set_content("<h1>Left to award</h1>")
    assert page.get_by_role("heading").inner_text() == "Left to award"
