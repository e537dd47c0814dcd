"""The server killed among people who write: what was acknowledged is there, once, and the books are true each time."""

from pathlib import Path

import pytest

from tests.harness.faults.serving import kill_again_and_again, served
from tests.harness.figures import Measured, size

# Traced, it takes half as long again, and covers no line that no other test covers.
pytestmark = pytest.mark.no_cover

KILLS = size(100, 2_000)


def test_kills_lose_nothing_that_was_acknowledged(sqlite_url: str, tmp_path: Path, figure: Measured) -> None:
    with served(sqlite_url, tmp_path) as serving:
        found = kill_again_and_again(serving, KILLS)

    acknowledged = len(serving.writers.acknowledged)
    figure(
        2, kills=found.looks - 1, acknowledged=acknowledged, lost=len(found.lost), twice=len(found.twice),
        wrong=len(found.wrong),
    )  # fmt: skip
    assert (found.lost, found.twice, found.wrong) == (set(), set(), [])
    assert found.looks == KILLS + 1
    assert acknowledged > KILLS / 2
    assert found.unanswered > 0, "no server was killed between its writing and its answer"
