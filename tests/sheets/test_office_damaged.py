"""Damaged workbooks: whatever was done to the bytes of a workbook, bringing it in ends in an answer."""

import io
import random
import zipfile
from pathlib import Path

import pytest
from sqlalchemy.orm import Session

from fundtracker.store.engine import open_engine
from tests.sheets.offices import bring

# Traced, it takes half as long again, and covers no line that no other test covers.
pytestmark = pytest.mark.no_cover

WORKBOOK = (Path(__file__).parents[1] / "data" / "scenario" / "west-mercia-2020.xlsx").read_bytes()
NUMBERS = (b"0", b"-1", b"65536", b"4294967296", b"99999999999999999999", b"1e308", b"-1e308", b"NaN", b"")
COPIES_PER_TEST = 30


def _parts() -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(WORKBOOK)) as package:
        return {name: package.read(name) for name in package.namelist()}


def _package(parts: dict[str, bytes]) -> bytes:
    saved = io.BytesIO()
    with zipfile.ZipFile(saved, "w", zipfile.ZIP_DEFLATED) as package:
        for name, content in parts.items():
            package.writestr(name, content)
    return saved.getvalue()


def _flip(content: bytes, chance: random.Random) -> bytes:
    flipped = bytearray(content)
    for _ in range(chance.randint(1, 9) if content else 0):
        flipped[chance.randrange(len(flipped))] ^= 1 << chance.randrange(8)
    return bytes(flipped)


def _renumber(content: bytes, chance: random.Random) -> bytes:
    """Put another number where one stood, which leaves the part well formed."""
    places = [at for at in range(1, len(content)) if content[at : at + 1].isdigit()]
    at = chance.choice(places) if places else 0
    return content[:at] + chance.choice(NUMBERS) + content[at + 1 :]


def _splice(content: bytes, other: bytes, chance: random.Random) -> bytes:
    at, piece = chance.randrange(len(content) + 1), chance.randrange(len(other) + 1)
    return content[:at] + other[piece : piece + 200] + content[at + chance.randrange(200) :]


def _spoiled(chance: random.Random) -> bytes:
    """Spoil a copy: its bytes, or up to three of its parts."""
    if chance.random() < 0.2:
        return _flip(WORKBOOK, chance)
    parts = _parts()
    for name in chance.choices(sorted(parts), k=chance.randint(1, 3)):
        other = parts[chance.choice(sorted(parts))]
        spoiled = (
            _flip(parts[name], chance), _renumber(parts[name], chance), _renumber(parts[name], chance),
            _splice(parts[name], other, chance), parts[name][: chance.randrange(len(parts[name]) + 1)], other,
        )  # fmt: skip
        parts[name] = chance.choice(spoiled)
    return _package(parts)


@pytest.mark.parametrize("seed", range(10))
def test_a_spoiled_copy_ends_in_an_answer(seed: int, sqlite_url: str) -> None:
    engine = open_engine(sqlite_url)
    with Session(engine) as session:
        for copy in range(COPIES_PER_TEST):
            chance = random.Random(seed * COPIES_PER_TEST + copy)  # noqa: S311 - repeatable, and guards nothing
            answer = bring(session, _spoiled(chance), dry_run=True)
            assert answer.refused or answer.sheets, f"copy {copy}"
            assert all(line and "None" not in line for line in answer.lines())
    engine.dispose()


def test_a_file_name_that_no_page_could_show_is_no_obstacle(sqlite_url: str) -> None:
    engine = open_engine(sqlite_url)
    with Session(engine) as session:
        answer = bring(session, WORKBOOK, file_name="west\x00mercia\ud800.xlsx", dry_run=True)
    engine.dispose()

    assert (answer.refused, answer.file_name) == ("", "westmercia.xlsx")
