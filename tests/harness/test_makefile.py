"""The Makefile finds a Python that is new enough, and says in one line what is missing."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
# A Python that is as Debian delivers it, without ensurepip, and one that is too old.
BARE = '#!/bin/sh\ncase "$2" in *ensurepip*) exit 1 ;; esac\nexec "{python}" "$@"\n'
OLD = "#!/bin/sh\nexit 1\n"
# These tests may themselves be run by make, which would speak of its folders.
OUTSIDE = {name: value for name, value in os.environ.items() if not name.startswith(("MAKE", "MFLAGS"))}


def make_venv(folder: Path, python: str) -> subprocess.CompletedProcess[str]:
    """Ask make for an environment made with a Python that is this script."""
    program = folder / "python3"
    program.write_text(python.format(python=sys.executable))
    program.chmod(0o755)
    command = ["make", "venv", f"VENV={folder / 'environment'}", f"PYTHON={program}"]
    return subprocess.run(command, cwd=ROOT, env=OUTSIDE, capture_output=True, text=True, check=False)


@pytest.mark.parametrize(
    ("python", "named"),
    [
        (BARE, f"install the package python3.{sys.version_info.minor}-venv"),
        (OLD, "Python 3.11 or newer is needed"),
    ],
)
def test_what_is_missing_is_named_in_one_line(tmp_path: Path, python: str, named: str) -> None:
    done = make_venv(tmp_path, python)
    assert done.returncode != 0
    assert named in done.stderr
    assert len((done.stdout + done.stderr).strip().splitlines()) == 1
    assert not (tmp_path / "environment").exists()


def test_help_explains_every_target() -> None:
    text = (ROOT / "Makefile").read_text(encoding="utf-8")
    phony = next(line for line in text.splitlines() if line.startswith(".PHONY:")).split()[1:]
    told = subprocess.check_output(["make"], cwd=ROOT, env=OUTSIDE, text=True)
    assert [line.split()[1] for line in told.splitlines()] == phony
