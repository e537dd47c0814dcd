"""The terms of an award by page: its agreement, its conditions, its returns, its letters, and who may waive."""

import io
import zipfile
from collections.abc import Callable

import pytest
from werkzeug.test import TestResponse

from fundtracker.domain.roles import Role
from fundtracker.store.awards import Award
from tests.books.builder import Books
from tests.web.asking import send
from tests.web.visitor import Visitor, words

TERMS = "/awards/SRF20-001/terms"


@pytest.fixture
def award(books: Books) -> Award:
    """Award £900.00."""
    to = books.organisation("Riders", address="1 High Street\nWellington", contact="Ann Rider")
    return books.award(books.fund("5,000", reference="SRF20"), "900", to=to, conditions="A report each half year")


def said(visitor: Visitor, path: str) -> str:
    answer = visitor.get(path)
    assert answer.status_code == 200, answer.text
    return words(answer)


def step(visitor: Visitor, path: str, **answers: str) -> str:
    answer = send(visitor, path, "record", **answers)
    assert answer.status_code == 303, words(answer)
    return words(visitor.get(answer.location))


def test_an_award_from_offer_to_accepted_return(
    award: Award, officer: Visitor, signed_in: Callable[[Role], Visitor]
) -> None:
    assert "No agreement is offered, no condition set and no return planned." in said(officer, "/awards/SRF20-001")
    page = step(officer, "/awards/SRF20-001/offer", on="1 July 2020", accept_by="31 July 2020")
    assert "Not accepted by its day" in page
    assert "SRF20-001" in said(officer, "/awards?status=offered")
    page = step(officer, "/agreements/1/accept", on="30 July 2020", signed_by="A. Rider")
    assert "Accepted, signed by A. Rider" in page
    assert "Nothing is paid" not in page
    page = step(officer, "/awards/SRF20-001/conditions", says="DBS checks seen", before_payment="y")
    assert "Not met yet , holds payments" in page
    page = step(
        officer, "/awards/SRF20-001/returns", about="Half-year report", first="31/10/2020", rhythm="half-yearly",
        count="2", accepted_first="y",
    )  # fmt: skip
    assert "2 returns are planned." in page
    assert "Half-year report" in page
    home = said(officer, "/awards/SRF20-001")
    assert "Accepted 30 July 2020" in home
    assert "1, 1 not met yet" in home
    assert "2, 2 overdue" in home
    assert "Held Not met yet: DBS checks seen" in home
    manager = signed_in(Role.MANAGER)
    assert officer.get("/returns/1/waive").status_code == 403
    assert "waived" in step(manager, "/returns/1/waive", on="1 November 2020", narrative="Two people")
    assert "Waived" in said(officer, "/returns/1")
    assert "received." in step(officer, "/returns/2/receive", on="2 November 2020")
    page = said(officer, "/returns/2")
    assert "Received 2 November 2020" in page


def test_what_is_missing_is_asked_for_and_nothing_typed_is_lost(award: Award, officer: Visitor) -> None:
    answer = send(officer, "/awards/SRF20-001/returns", "record", about="", first="31 Octember", rhythm="monthly",
                  count="99")  # fmt: skip
    assert answer.status_code == 422
    assert "Enter what is to be returned" in words(answer)
    assert 'value="31 Octember"' in answer.text
    step(officer, "/awards/SRF20-001/offer", on="1 July 2020", accept_by="")
    answer = send(officer, "/agreements/1/accept", "record", on="2 July 2020", signed_by="")
    assert answer.status_code == 422
    assert "Enter who signed it" in words(answer)
    answer = send(officer, "/agreements/1/take-back", "record", on="2 July 2020", narrative="x")
    assert "is offered, so that cannot be done" in words(answer)
    assert officer.get("/returns/999").status_code == 404


def test_the_list_of_returns(award: Award, officer: Visitor) -> None:
    assert "No returns are planned yet" in said(officer, "/returns")
    step(officer, "/awards/SRF20-001/returns", about="Report", first="31 October 2020", rhythm="once", count="1")
    page = said(officer, "/returns")
    assert "Overdue" in page
    assert "1 return: 1 overdue, 0 to look at, 0 to come, 0 accepted or waived" in page
    assert "No returns match" in said(officer, "/returns?status=waived")
    assert officer.get("/returns.xlsx?status=overdue").status_code == 200
    assert "Report from Riders" in said(officer, "/")


class TestLetters:
    def test_they_are_filled_from_the_award(self, award: Award, officer: Visitor) -> None:
        step(officer, "/awards/SRF20-001/offer", on="1 July 2020", accept_by="31 July 2020")
        letter = text_of(officer.get("/awards/SRF20-001/offer-letter").data)
        for words_ in ("Riders", "1 High Street", "£900.00", "return it by 31 July 2020", "A report each half year"):
            assert words_ in letter
        agreement = officer.get("/awards/SRF20-001/agreement")
        assert agreement.headers["Content-Disposition"] == "attachment; filename=agreement-srf20-001.docx"
        assert "Agreement SRF20-001" in text_of(agreement.data)

    def test_the_office_has_a_template_of_its_own(self, award: Award, officer: Visitor, administrator: Visitor) -> None:
        place = "/letter-templates/offer-letter"
        own = administrator.get(f"{place}/file").data
        mine = with_words(own, "For the Commissioner:", "From {{ office }} with {{ amount }}")
        wrong = with_words(own, "For the Commissioner:", "{{ colour }}")
        answer = upload(administrator, place, "ours.docx", wrong)
        assert "“colour” is not a name that is filled here. The names are accept_by" in words(answer)
        assert upload(administrator, place, "ours.docx", mine).status_code == 303
        assert "with £900.00" in text_of(officer.get("/awards/SRF20-001/offer-letter").data)
        assert "with £900.00" not in text_of(officer.get("/awards/SRF20-001/agreement").data)
        assert administrator.get("/letter-templates/nonsense").status_code == 404


def upload(visitor: Visitor, path: str, name: str, content: bytes) -> TestResponse:
    data = {"csrf_token": visitor.token(), "once": visitor.key(path), "file": (io.BytesIO(content), name)}
    return visitor.client.post(path, data=data, content_type="multipart/form-data")


def text_of(document: bytes) -> str:
    with zipfile.ZipFile(io.BytesIO(document)) as package:
        return package.read("word/document.xml").decode()


def with_words(document: bytes, old: str, new: str) -> bytes:
    made = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(document)) as before, zipfile.ZipFile(made, "w") as after:
        for name in before.namelist():
            content = before.read(name)
            after.writestr(name, content.replace(old.encode(), new.encode()))
    return made.getvalue()
