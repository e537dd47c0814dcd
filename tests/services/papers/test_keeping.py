"""Kept papers: the same for ever whatever follows, signed once, and compared with now row by row."""

from datetime import date

import pytest
from sqlalchemy.exc import DBAPIError

from fundtracker.domain.papers import Cell, CellType, Column, Content, Row, RowKind, Table, Words
from fundtracker.domain.refusals import NotFoundRefusal, WrongStateError
from fundtracker.domain.roles import Actor, Role
from fundtracker.domain.statuses import PaperKind
from fundtracker.services.papers.comparing import Move, compare
from fundtracker.services.papers.keeping import (
    NotYoursToSignError,
    find_paper,
    keep_paper,
    list_papers,
    read_kept,
    sign_paper,
    unsigned,
)
from fundtracker.services.papers.making import make_paper
from fundtracker.services.papers.panel import panel_paper
from fundtracker.services.papers.templates import replace_template, template_in_use, template_to_keep
from fundtracker.sheets.kept import kept_file
from fundtracker.sheets.word.making import DEFAULT
from fundtracker.store.papers import Paper
from fundtracker.store.transactions import transaction
from tests.books.builder import LATER, Books, pence
from tests.services.papers.seed import tell

ASKED = {"year": "2020/21", "quarter": "1"}
MEETING = date(2020, 9, 21)
ANN, CHIEF = Actor("Ann"), Actor("Chief")


def keep(books: Books) -> Paper:
    with transaction(books.session):
        template = template_to_keep(books.session, kind=PaperKind.PANEL, own=DEFAULT.read_bytes(), by=ANN)
        content = panel_paper(books.session, 2020, 1)
        return keep_paper(books.session, content, asked=ASKED, by=ANN, meeting_on=MEETING, template=template)


def test_a_paper_survives_later_entries_reversals_and_a_closed_period(books: Books) -> None:
    tell(books)
    paper = keep(books)
    kept, file = read_kept(paper), kept_file(paper)
    assert (paper.reference, paper.subject, paper.last_entry) == ("PAPER-001", "2020/21 Q1", 25)
    assert kept.content.meeting_on == MEETING
    assert compare(kept.content, make_paper(books.session, paper.kind, kept.asked, kept.content.as_at)).nothing

    books.reverse(19, on=date(2020, 7, 20))  # what Weobley Parish Council was paid
    new = books.fund("700", reference="NEW20")
    books.close(LATER)
    books.award(new, "70", on=date(2020, 7, 2))
    with transaction(books.session):
        replace_template(books.session, kind=PaperKind.PANEL, name="ours.docx", content=b"another", by=ANN)

    books.session.expire_all()
    again = find_paper(books.session, "paper-001")
    assert read_kept(again) == kept
    assert kept_file(again) == file
    now = make_paper(books.session, paper.kind, kept.asked, date(2020, 7, 31))
    moved = {
        (row.key, cell.column.key): cell for row in compare(kept.content, now).tables[0].rows for cell in row.cells
    }
    given = moved["PCRF20", "given"]
    assert (given.then.value, given.now.value, given.difference) == (
        pence("47,279.94"), pence("46,215.94"), pence("-1,064"),
    )  # fmt: skip
    assert moved["NEW20", "allocated"].then.value is None


def test_a_kept_paper_cannot_be_changed(books: Books) -> None:
    paper = keep(books)
    paper.content = "{}"
    with pytest.raises(DBAPIError, match="paper"):
        books.session.flush()
    books.session.rollback()


def test_the_chief_executive_signs_once(books: Books) -> None:
    paper = keep(books)
    assert [one.reference for one in unsigned(books.session)] == ["PAPER-001"]
    with books.refused(NotYoursToSignError, "None of your posts signs papers"):
        books.change(sign_paper, paper=paper, roles={Role.COMMISSIONING}, by=ANN)
    signed = books.change(sign_paper, paper=paper, roles={Role.CHIEF_EXECUTIVE}, by=CHIEF, words="Read.\n")
    assert (signed.made_by, signed.words) == ("Chief", "Read.")
    with books.refused(WrongStateError, "PAPER-001 was signed by Chief on"):
        books.change(sign_paper, paper=paper, roles={Role.CHIEF_EXECUTIVE}, by=CHIEF)
    assert not unsigned(books.session)
    assert [(one.reference, sign is not None) for one, sign in list_papers(books.session)] == [("PAPER-001", True)]
    assert not list_papers(books.session, PaperKind.SUMMARY)


def test_what_is_no_paper_is_not_found(books: Books) -> None:
    with pytest.raises(NotFoundRefusal, match="no paper with the reference PAPER-9"):
        find_paper(books.session, "PAPER-9")
    for asked in ({}, {"year": "2020/21"}, {"year": "2020/21", "quarter": "9"}, {"year": "2020/21", "quarter": "x"}):
        with pytest.raises(NotFoundRefusal, match="not a report that can be made"):
            make_paper(books.session, PaperKind.PANEL, asked)


def test_the_trackers_own_template_is_kept_once_and_stays_its_own(books: Books) -> None:
    first, second = keep(books), keep(books)
    assert first.template is second.template
    assert template_in_use(books.session, PaperKind.PANEL) is None


@pytest.mark.parametrize(
    ("then", "now", "move", "difference"),
    [(100, 250, Move.CHANGED, 150), (100, None, Move.CHANGED, None), (None, 0, Move.CHANGED, None)],
)
def test_rows_are_compared_by_their_keys(then: int | None, now: int | None, move: Move, difference: int | None) -> None:
    before, after = _paper(("a", then), ("b", 5), ("gone", 7)), _paper(("new", 8), ("b", 5), ("a", now))
    (table,) = compare(before, after).tables
    assert {row.key: row.move for row in table.rows} == {"a": move, "gone": Move.GONE, "new": Move.ADDED}
    assert table.rows[0].cells[0].difference == difference
    assert [(words.then, words.now) for words in compare(before, after).words] == []


def _paper(*rows: tuple[str, int | None]) -> Content:
    columns = (Column("name", "Fund"), Column("sum", "Sum", CellType.MONEY))
    made = [Row(key, (Cell(key), Cell(value, behind=f"as_at={key}{value}"))) for key, value in rows]
    table = Table("t", "T", columns, (Row("g", (Cell("Group"), Cell()), RowKind.GROUP), *made))
    return Content(PaperKind.SUMMARY, "T", LATER, 1, (Words("w", "Same"), table))
