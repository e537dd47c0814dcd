"""The size check finds what is too long."""

from pathlib import Path

import pytest

from tests.harness.sizes import oversized


@pytest.mark.parametrize(("lines", "too_long"), [(30, False), (31, True)])
def test_a_function_is_measured_without_its_decorators(tmp_path: Path, lines: int, too_long: bool) -> None:
    folder = tmp_path / "fundtracker"
    folder.mkdir()
    (folder / "a.py").write_text("@cache\ndef f():\n" + "    x = 1\n" * (lines - 1))
    found = oversized(tmp_path)
    assert found == ([f"{Path('fundtracker/a.py')}:2: f has 31 lines, more than 30"] if too_long else [])


@pytest.mark.parametrize(("lines", "too_long"), [(250, False), (251, True)])
def test_a_template_is_measured(tmp_path: Path, lines: int, too_long: bool) -> None:
    folder = tmp_path / "templates"
    folder.mkdir()
    (folder / "a.html").write_text("<p>\n" * lines)
    assert bool(oversized(tmp_path)) is too_long


def test_the_median_of_the_package_is_measured(tmp_path: Path) -> None:
    folder = tmp_path / "fundtracker"
    folder.mkdir()
    for name, lines in (("a", 10), ("b", 111), ("c", 120)):
        (folder / f"{name}.py").write_text("x = 1\n" * lines)
    assert oversized(tmp_path) == ["fundtracker: the median file has 111 lines, more than 110"]
