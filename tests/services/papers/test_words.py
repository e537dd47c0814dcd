"""Words of a paper: edited around its figures, kept one after another, and never over what somebody else wrote."""

import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from fundtracker.domain.quarters import Quarter
from fundtracker.domain.roles import Actor
from fundtracker.domain.statuses import PaperKind
from fundtracker.domain.years import FinancialYear
from fundtracker.services.papers.panel import draft_panel, panel_paper
from fundtracker.services.papers.words import PaperWordsChangedError, Said, find_place, write_words
from fundtracker.store.papers import PaperWords
from fundtracker.store.transactions import transaction
from tests.books.builder import LATER, Books
from tests.services.papers.seed import words_of

Q1 = Quarter(FinancialYear(2020), 1)
PLACE = "fund.SRF20.given"


@pytest.fixture
def roads(books: Books) -> Books:
    """Award £400.00 of a fund of £900.00."""
    books.award(books.fund("900", reference="SRF20"), "400", purpose="Signs")
    return books


def place(session: Session) -> Said:
    return find_place(draft_panel(session, Q1).said, PLACE)


def write(books: Books, words: str, read: int | None = None, by: str = "Ann") -> bool:
    said = place(books.session)
    with transaction(books.session):
        return write_words(
            books.session, kind=PaperKind.PANEL, occasion=Q1.key, said=place(books.session), words=words,
            read=said.read if read is None else read, by=Actor(by),
        )  # fmt: skip


def says(books: Books) -> str:
    return words_of(panel_paper(books.session, 2020, 1))[PLACE].text


def test_edited_words_keep_the_books_figures(roads: Books) -> None:
    assert write(roads, "So far [[awarded]] went to [[organisations]].\n- Signs in Wellington")
    assert says(roads) == "So far £400 went to 1 organisation."
    roads.award(roads.award_lines()[0].budget_line, "100", on=LATER)
    assert says(roads) == "So far £500 went to 1 organisation."
    said = words_of(panel_paper(roads.session, 2020, 1))[PLACE]
    assert said.edited
    assert said.bullets == ("Signs in Wellington",)
    assert any(one.startswith("Left out by whoever edited it:") and "(£400)" in one for one in said.warnings)


def test_a_figure_that_leaves_the_books_says_so(roads: Books) -> None:
    reference = roads.award_lines()[0].award.reference
    write(roads, f"[[{reference}]] for signs.")
    roads.reverse(2)
    assert says(roads) == "(not in the books) for signs."
    assert any("No longer in the books" in one for one in place(roads.session).words.warnings)


def test_the_drafted_words_come_back_and_every_wording_stays(roads: Books) -> None:
    drafted = says(roads)
    write(roads, "One.")
    write(roads, "Two.")
    assert says(roads) == "Two."
    assert write(roads, "")
    assert says(roads) == drafted
    assert not place(roads.session).words.edited
    assert write(roads, place(roads.session).draft.words) is False
    assert roads.session.scalar(select(func.count(PaperWords.id))) == 3


def test_words_that_somebody_changed_meanwhile_are_not_written_over(roads: Books) -> None:
    read = place(roads.session).read
    write(roads, "Ann’s.", by="Ann")
    with roads.refused(PaperWordsChangedError, "Somebody changed this paragraph"):
        write(roads, "Ben’s.", read)
    assert says(roads) == "Ann’s."
    assert place(roads.session).wording is not None
    write(roads, "Ben’s.", place(roads.session).read)
    assert says(roads) == "Ben’s."


def test_words_of_one_quarter_are_not_another_quarters(roads: Books) -> None:
    write(roads, "Spring.")
    assert "Spring." not in words_of(panel_paper(roads.session, 2020, 2))[PLACE].text
