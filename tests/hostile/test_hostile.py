"""Hostile files: each ends in the verdict that docs/hostile-files.md states, in little time and memory."""

import json
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.harness.figures import Measured
from tests.hostile import content, markup, others, sizes, zips

MADE = {**sizes.MADE, **markup.MADE, **zips.MADE, **content.MADE, **others.MADE}
DOCUMENT = Path(__file__).parents[2] / "docs" / "hostile-files.md"
VERDICTS = dict(re.findall(r"^\| (\d+[a-z]?) \| .*? \| (.*) \|$", DOCUMENT.read_text(encoding="utf-8"), re.MULTILINE))

MOST_SECONDS, MOST_CHILD, MOST_GROWN = 10, 512 * 1024 * 1024, 20 * 1024 * 1024

Server = subprocess.Popen[str]


@pytest.fixture(scope="module")
def server() -> Iterator[Server]:
    with subprocess.Popen(
        [sys.executable, "-m", "tests.hostile.server"], cwd=DOCUMENT.parents[1], text=True,
        stdin=subprocess.PIPE, stdout=subprocess.PIPE,
    ) as running:  # fmt: skip
        yield running


@pytest.mark.parametrize("kind", MADE)
def test_ends_in_its_verdict(kind: str, server: Server, tmp_path: Path, figure: Measured) -> None:
    assert server.stdin is not None
    assert server.stdout is not None
    path = tmp_path / f"{kind}.xlsx"
    path.write_bytes(MADE[kind]())
    server.stdin.write(f"{path}\n")
    server.stdin.flush()
    told = json.loads(server.stdout.readline())
    path.unlink()

    assert VERDICTS[kind].startswith(told["verdict"]), told["verdict"]
    assert VERDICTS[kind].removeprefix(told["verdict"]).strip() in told["notes"]
    assert told["seconds"] <= MOST_SECONDS
    assert told["child"] <= MOST_CHILD
    assert told["grown"] <= MOST_GROWN
    figure(10, verdicts=1, worst_seconds=told["seconds"], worst_megabytes=told["child"] / 1024 / 1024)


def test_every_kind_has_a_verdict() -> None:
    assert VERDICTS.keys() == MADE.keys()
    assert {int(kind.rstrip("abcdef")) for kind in MADE} == set(range(1, 53))
