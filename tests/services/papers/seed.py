"""The office of the Panel's report of September 2020, from its own workbook, and what a paper says place by place."""

from datetime import date
from pathlib import Path

from fundtracker.domain.papers import Content, Words
from fundtracker.domain.roles import Actor
from fundtracker.sheets.office import bring_in
from tests.books.builder import Books

WORKBOOK = Path(__file__).parents[2] / "data" / "scenario" / "west-mercia-2020.xlsx"


def tell(books: Books, undated: date | None = None) -> None:
    """Bring the office's workbook in."""
    content = WORKBOOK.read_bytes()
    answer = bring_in(books.session, content, file_name=WORKBOOK.name, by=Actor("tests"), undated=undated)
    assert not answer.refused


def words_of(content: Content) -> dict[str, Words]:
    """Give the words of a paper by their places."""
    return {block.key: block for block in content.blocks if isinstance(block, Words)}


def text_of(content: Content) -> str:
    """Give all that a paper says in words."""
    return "\n".join(line for one in words_of(content).values() for line in (one.text, *one.bullets))
