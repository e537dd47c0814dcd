"""What tests measure is added up over all workers and printed beside its target; what was not is never made up."""

from pathlib import Path

import pytest

pytest_plugins = ["pytester"]
TESTS = """
    def test_one(figure): figure(12, posts=600, errors=0)

    def test_other(figure): figure(12, posts=400, errors=0)

    def test_slow(figure): figure(10, verdicts=1, worst_seconds=2)

    def test_fast(figure): figure(10, verdicts=1, worst_seconds=1)

    def test_without(): pass
"""


def test_figures_of_all_workers_are_printed_with_their_targets(
    pytester: pytest.Pytester, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PYTHONPATH", str(Path(__file__).parents[2]))
    monkeypatch.delenv("FUNDTRACKER_TEST_FULL", raising=False)
    pytester.makepyfile(TESTS)

    result = pytester.runpytest_subprocess("-p", "tests.harness.figures", "-n", "2", "--figures")

    result.assert_outcomes(passed=4)
    result.stdout.fnmatch_lines([
        "*figures, at CI size*", " 2 *not measured*target 2,000 survived*",
        "10 *2 files, at most 2.0 s and [?] MB*target every file*",
        "12 *1,000, 0 answered with HTTP 500*target 10,000, 0",
    ])  # fmt: skip
