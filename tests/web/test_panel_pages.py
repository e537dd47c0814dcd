"""The Panel's section on its page: figures lead to rows, words are edited, papers are kept, signed and compared."""

import io
from collections.abc import Callable
from datetime import date

import pytest
from docx import Document
from werkzeug.test import TestResponse

from fundtracker.domain.roles import Role
from fundtracker.sheets.word.making import DEFAULT
from tests.books.builder import Books
from tests.services.papers.seed import tell
from tests.web.visitor import Visitor, hidden, words

PAGE = "/reports/panel/2020-21/1"
EDIT = f"{PAGE}/words?place=fund.PCRF20.given"
KEEP = "/reports/keep?kind=panel&year=2020%2F21&quarter=1"


@pytest.fixture(autouse=True)
def office(books: Books) -> None:
    """Bring the office's workbook in."""
    tell(books)


@pytest.fixture
def chief(signed_in: Callable[[Role], Visitor]) -> Visitor:
    return signed_in(Role.CHIEF_EXECUTIVE)


def keep(visitor: Visitor, meeting: str = "21 September 2020") -> str:
    sent = visitor.post(KEEP, once=visitor.key(KEEP), meeting_on=meeting)
    assert sent.status_code == 303, words(sent)
    return sent.location


def test_every_figure_of_a_paragraph_leads_to_its_rows(officer: Visitor) -> None:
    page = officer.get(PAGE)
    assert "In total £47,279.94 of the £50,000 earmarked was given out, with £1,064 to Weobley" in words(page)
    assert "/rows?figure=net+paid&amp;as_at=2020-06-30&amp;fund=PCRF20&amp;year=2020%2F21" in page.text
    assert 'href="/awards/CRF-01"' in page.text
    assert "14 entries of this fund had no date" in words(page)
    assert officer.get("/reports/panel/2020-21/5").status_code == 404
    assert officer.get("/reports/panel/2020-22/1").status_code == 404


def test_the_word_file_says_what_the_page_says(officer: Visitor) -> None:
    sent = officer.get(f"{PAGE}/file")
    assert sent.headers["Content-Disposition"].endswith("panel-2020-21-q1-as-at-2020-06-30.docx")
    said = " ".join(one.text for one in Document(io.BytesIO(sent.data)).paragraphs)
    assert "In total £47,279.94 of the £50,000 earmarked was given out" in said
    assert "had no date" not in said


def test_words_are_edited_around_the_figures(officer: Visitor, chief: Visitor) -> None:
    assert chief.get(EDIT).status_code == 403
    typed = "In all £48,000 was given out."
    refused = officer.post(EDIT, once=officer.key(EDIT), words=typed, read="0")
    assert refused.status_code == 422
    assert "“£48,000” is typed. Amounts come from the books" in words(refused)
    assert typed in refused.text

    sent = officer.post(EDIT, once=officer.key(EDIT), words="In all [[given out]] was given out.", read="0")
    assert sent.location.endswith(f"{PAGE}#fund.PCRF20.given")
    page = officer.get(PAGE)
    assert "In all £47,279.94 was given out." in words(page)
    assert "Left out by whoever edited it: earmarked (£50,000)" in words(page)


def test_what_somebody_wrote_meanwhile_is_shown_beside_what_was_typed(officer: Visitor) -> None:
    first, second = officer.key(EDIT), officer.key(EDIT)
    officer.post(EDIT, once=first, words="Ann’s words.", read="0")
    refused = officer.post(EDIT, once=second, words="Ben’s words.", read="0")
    assert refused.status_code == 422
    assert "Both are below. Save again to keep what you typed." in words(refused)
    assert "Ann’s words." in refused.text
    assert "Ben’s words." in refused.text
    again = officer.post(EDIT, once=hidden(refused, "once"), words="Ben’s words.", read=hidden(refused, "read"))
    assert again.status_code == 303
    assert "Ben’s words." in words(officer.get(PAGE))
    officer.post(
        EDIT, once=officer.key(EDIT), words="Ben’s words.", read=hidden(officer.get(EDIT), "read"), step="restore"
    )
    assert "In total £47,279.94 of the £50,000" in words(officer.get(PAGE))


def test_a_kept_paper_says_what_moved_and_its_file_stays_the_same(
    officer: Visitor, chief: Visitor, books: Books
) -> None:
    paper = keep(officer)
    file = officer.get(f"{paper}/file").data
    assert "Nothing: every figure and every word is what it was." in words(officer.get(f"{paper}?now=same"))
    books.reverse(19, on=date(2020, 7, 20))
    page = words(officer.get(paper))
    assert "Kept for the meeting of 21 September 2020 by Commissioning Officer" in page
    assert "Given out 47,279.94 46,215.94 −1,064.00" in page
    assert "It is not signed." in page
    assert officer.get(f"{paper}/file").data == file

    sign = f"{paper}/sign"
    assert officer.get(sign).status_code == 403
    assert chief.post(sign, once=chief.key(sign), words="Read.").status_code == 303
    assert "Read and signed by Chief Executive on" in words(officer.get(paper))
    assert "PAPER-001" in words(officer.get("/reports/papers?kind=panel"))
    assert "No paper is kept of this kind." in words(officer.get("/reports/papers?kind=summary"))


def test_a_paper_is_kept_from_the_books_and_never_from_the_browser(officer: Visitor, chief: Visitor) -> None:
    key = officer.key(KEEP)
    sent = officer.post(KEEP, once=key, meeting_on="", content="£1", awarded="999")
    assert officer.post(KEEP, once=key, meeting_on="", content="£1", awarded="999").location == sent.location
    page = words(officer.get(sent.location))
    assert "£341,363.39" in page
    assert "999" not in page
    assert officer.get("/reports/keep?kind=panel").status_code == 404
    assert officer.get("/reports/keep?kind=nonsense").status_code == 404
    assert officer.get("/reports/papers/PAPER-9").status_code == 404
    assert chief.get(KEEP).status_code == 200


def test_the_office_replaces_the_word_template(administrator: Visitor, officer: Visitor) -> None:
    page = "/settings/word-template"
    document, saved = Document(), io.BytesIO()
    document.add_paragraph("Our own: {{ title }}")
    document.save(saved)
    refused = send(administrator, page, b"hello", "letter.docx")
    assert "This is not a Word document (.docx)." in words(refused)
    assert send(administrator, page, saved.getvalue(), "ours.docx").status_code == 303
    assert "In use: ours.docx" in words(administrator.get(page))
    said = Document(io.BytesIO(officer.get(f"{PAGE}/file").data)).paragraphs
    assert [one.text for one in said] == [
        "Our own: Police and Crime Plan activity and performance monitoring report (April to June 2020)"
    ]
    administrator.post(f"{page}/own", once=administrator.key(f"{page}/own"))
    assert administrator.get(f"{page}/file").data == DEFAULT.read_bytes()
    assert officer.get(page).status_code == 403


def send(visitor: Visitor, page: str, content: bytes, name: str) -> TestResponse:
    answers = {"csrf_token": visitor.token(), "once": visitor.key(page), "file": (io.BytesIO(content), name)}
    return visitor.client.post(page, data=answers)
