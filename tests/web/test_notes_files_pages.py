"""Notes and files by page: written and attached on each record, sent out to be kept, and removed."""

import hashlib
import io
from collections.abc import Callable

import pytest
from werkzeug.test import TestResponse

from fundtracker.domain.files import LARGEST
from fundtracker.domain.roles import Role
from fundtracker.store.awards import Award
from fundtracker.store.files import Attachment
from tests.books.builder import Books
from tests.web.asking import ask, count, send
from tests.web.visitor import Visitor, words

NOTES, FILES = "/awards/SRF20-001/notes", "/awards/SRF20-001/files"
CSV = b"Name,Amount\nRiders,900.00\n"


@pytest.fixture
def award(books: Books) -> Award:
    """Award £900.00, and log an application."""
    fund = books.fund("5,000", reference="SRF20")
    ask(books, fund)
    return books.award(fund, "900", to=books.organisation("Riders"))


def attach(visitor: Visitor, name: str, content: bytes, path: str = FILES, once: str = "") -> TestResponse:
    place = f"{path}/attach"
    data = {"csrf_token": visitor.token(), "once": once or visitor.key(place), "file": (io.BytesIO(content), name)}
    return visitor.client.post(place, data=data, content_type="multipart/form-data")


@pytest.mark.parametrize("place", ["/awards/SRF20-001", "/applications/SRF20-A001", "/organisations/1"])
def test_a_note_is_written_shown_and_taken_back(award: Award, officer: Visitor, place: str) -> None:
    assert "Notes and contacts (0)" in words(officer.get(place))
    assert "Nothing is written down yet" in words(officer.get(f"{place}/notes"))
    answers = {"kind": "call", "on": "1 July 2020", "narrative": "They asked for <b>time</b>"}
    answer = send(officer, f"{place}/notes/write", "record", **answers)
    page = officer.get(answer.location)
    assert "They asked for &lt;b&gt;time&lt;/b&gt;" in page.text
    assert "Notes and contacts (1)" in words(officer.get(place))
    answer = send(officer, "/notes/1/take-back", "record", why="Another group")
    assert "Another group" in words(officer.get(answer.location))
    assert "Notes and contacts (0)" in words(officer.get(place))
    refused = send(officer, f"{place}/notes/write", "record", kind="call", on="", narrative="")
    assert "Enter what is to be remembered" in words(refused)


def test_a_file_is_attached_once_sent_to_be_kept_and_removed(books: Books, award: Award, officer: Visitor) -> None:
    key = officer.key(f"{FILES}/attach")
    for _ in range(2):  # sent twice, attached once
        assert attach(officer, "rows.csv", CSV, once=key).location == FILES
    assert count(books, Attachment) == 1
    assert "Files (1)" in words(officer.get("/awards/SRF20-001"))
    answer = officer.get("/files/1")
    assert answer.data == CSV
    assert hashlib.sha256(CSV).hexdigest() == books.session.get_one(Attachment, 1).digest
    headers = answer.headers
    assert headers["Content-Disposition"] == "attachment; filename=rows.csv"
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["Content-Security-Policy"].startswith("sandbox; default-src 'none'")
    assert headers["Cache-Control"] == "no-store"
    answer = send(officer, "/files/1/remove", "record", why="Somebody else’s")
    assert "Somebody else’s" in words(officer.get(answer.location))
    gone = officer.get("/files/1")
    assert (gone.status_code, "was removed" in words(gone)) == (404, True)


@pytest.mark.parametrize("place", ["/funds/SRF20", "/applications/SRF20-A001", "/organisations/1"])
def test_other_records_have_files_too(award: Award, officer: Visitor, place: str) -> None:
    assert attach(officer, "rows.csv", CSV, f"{place}/files").status_code == 303
    assert "Files (1)" in words(officer.get(place))


def test_what_is_refused_is_said_and_nothing_is_kept(books: Books, award: Award, officer: Visitor) -> None:
    for name, content, says in (
        ("page.html", b"<html>", "can run programs or hold pages"),
        ("../a.pdf", b"%PDF", "holds a path"),
        ("a.pdf", b"MZ", "something else"),
    ):
        answer = attach(officer, name, content)
        assert (answer.status_code, says in words(answer)) == (422, True)
    too_much = officer.client.post(
        f"{FILES}/attach", data=b"x" * (LARGEST + 300_000), content_type="multipart/form-data"
    )
    assert too_much.status_code == 413
    assert count(books, Attachment) == 0


def test_who_may_only_read_attaches_and_writes_nothing(award: Award, signed_in: Callable[[Role], Visitor]) -> None:
    reader = signed_in(Role.CHIEF_EXECUTIVE)
    assert reader.get(FILES).status_code == reader.get(NOTES).status_code == 200
    for path in (f"{FILES}/attach", f"{NOTES}/write", "/files/1/remove", "/notes/1/take-back"):
        assert reader.get(path).status_code == 403


def test_a_file_is_not_sent_to_whom_an_interest_keeps_from_its_application(
    award: Award, officer: Visitor, signed_in: Callable[[Role], Visitor]
) -> None:
    place, other = "/applications/SRF20-A001", signed_in(Role.COMMISSIONING)
    attach(other, "rows.csv", CSV, f"{place}/files")
    send(other, f"{place}/notes/write", "record", kind="call", on="1 July 2020", narrative="They called")
    assert send(officer, f"{place}/interest", "record", words="My brother runs it").status_code == 303
    for path in ("/files/1", "/files/1/remove", f"{place}/files", f"{place}/notes", "/notes/1/take-back"):
        assert officer.get(path).status_code == 403, path
    assert other.get("/files/1").data == CSV
