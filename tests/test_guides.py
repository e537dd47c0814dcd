"""The guides: every link and picture leads to something, and no picture is too large to open on a slow line."""

import re
from pathlib import Path

import pytest

from tests.harness.pictures import LARGEST

ROOT = Path(__file__).parents[1]
PAGES = sorted([*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md")])
LINK = re.compile(r"\]\((?!https?:|mailto:)([^)#\s]+)")


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.relative_to(ROOT).as_posix())
def test_every_link_leads_somewhere(page: Path) -> None:
    assert [link for link in LINK.findall(page.read_text("utf-8")) if not (page.parent / link).exists()] == []


def test_every_picture_is_shown_small_and_nothing_else_is_kept() -> None:
    pictures = set((ROOT / "docs" / "pictures").glob("*"))
    shown = {(page.parent / link).resolve() for page in PAGES for link in LINK.findall(page.read_text("utf-8"))}
    assert pictures - shown == set()
    assert {picture.name: size for picture in pictures if (size := picture.stat().st_size) > LARGEST} == {}


def test_each_reader_has_a_guide_that_explains_words_and_begins_at_the_first_page() -> None:
    guides = sorted((ROOT / "docs").glob("guide-*.md"))
    assert [guide.stem for guide in guides] == [
        "guide-chief-executive", "guide-commissioning-officer", "guide-finance-officer"
    ]  # fmt: skip
    for guide in guides:
        assert "(words.md)" in guide.read_text("utf-8")
        assert f"({guide.parent.name}/{guide.name})" in (ROOT / "README.md").read_text("utf-8")
