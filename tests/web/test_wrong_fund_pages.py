"""A payment on the wrong fund is moved by page, and the coding of a fund is changed with what it was kept."""

from collections.abc import Callable

from sqlalchemy import select

from fundtracker.domain.kinds import EventKind
from fundtracker.domain.roles import Role
from fundtracker.store.events import Event
from tests.books.builder import Books
from tests.web.asking import check_and_record, send
from tests.web.visitor import Visitor, words


def test_a_payment_is_moved_to_the_award_that_it_was_for(books: Books, officer: Visitor) -> None:
    payee = books.organisation("Riders")
    wrong = books.award(books.fund("500", reference="SRF20"), "300", to=payee)
    right = books.award(books.fund("500", name="Covid-19 response fund", reference="COV20"), "300", to=payee)
    books.pay(wrong, "200")
    page = "/payments/SRF20-001/1/wrong-fund"
    answers = {"award": str(right.lines[0].id), "narrative": "Wrong code", "on": "1 July 2020"}
    checked = words(send(officer, page, "check", **answers))
    assert "COV20-001, Covid-19 response fund, 2020/21 revenue" in checked
    assert check_and_record(officer, page, **answers).headers["Location"] == "/payments/COV20-001/1"
    assert "£0.00" in words(officer.get("/awards/SRF20-001"))
    assert "has been reversed already" in words(officer.get(page))


def test_without_another_award_it_says_what_to_do(books: Books, officer: Visitor) -> None:
    books.pay(books.award(books.fund("500", reference="SRF20"), "300"), "200")
    assert "has no other award with anything to pay" in words(officer.get("/payments/SRF20-001/1/wrong-fund"))


def test_coding_is_changed_by_finance_and_what_it_was_is_kept(
    books: Books, officer: Visitor, signed_in: Callable[[Role], Visitor]
) -> None:
    books.fund("500", reference="SRF20")
    finance = signed_in(Role.FINANCE)
    assert officer.get("/funds/SRF20/coding").status_code == 403
    assert send(finance, "/funds/SRF20/coding", "record", cost_centre="CC1", subjective="4210").status_code == 303
    assert send(finance, "/funds/SRF20/coding", "record", cost_centre="CC2", subjective="4210").status_code == 303
    changed = select(Event.narrative).where(Event.kind == EventKind.CODING_CHANGED).order_by(Event.id)
    assert books.session.scalars(changed).all() == ["Cost centre was empty. Subjective was empty.",
                                                    "Cost centre was “CC1”."]  # fmt: skip
