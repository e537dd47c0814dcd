"""Backups while writers never pause: the count that CI takes; `python -m tests.harness.backups` takes more."""

from pathlib import Path

import pytest

from tests.harness.backups import back_up_while_writing
from tests.harness.figures import Measured, size

BACKUPS = {"sqlite": size(20, 450), "postgresql": size(2, 50)}


@pytest.mark.no_cover
@pytest.mark.parametrize("engine", BACKUPS)
def test_every_backup_is_the_books_at_one_moment(
    engine: str, request: pytest.FixtureRequest, tmp_path: Path, figure: Measured
) -> None:
    figures = back_up_while_writing(request.getfixturevalue(f"{engine}_url"), tmp_path, BACKUPS[engine])

    figure(9, backups=figures.made, equal=figures.made - len(figures.bad))
    assert figures.bad == []
    assert figures.made == BACKUPS[engine]
    assert figures.entries > BACKUPS[engine]
