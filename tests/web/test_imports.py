"""The imports pages: a workbook is looked at row by row, comes in whole and once, or changes nothing."""

import io
from collections.abc import Callable
from pathlib import Path

from flask import Flask
from sqlalchemy import func, select
from werkzeug.test import TestResponse

from fundtracker.domain.roles import Role
from fundtracker.store.awards import Award
from fundtracker.store.books import Entry
from fundtracker.store.funds import BudgetLine
from fundtracker.store.imports import Batch, WaitingFile
from tests.books.builder import Books
from tests.sheets.offices import AWARDS, FUNDS, Rows, award, workbook
from tests.web.visitor import Visitor, hidden, words

SCENARIO = (Path(__file__).parents[1] / "data" / "scenario" / "west-mercia-2020.xlsx").read_bytes()


def _send(visitor: Visitor, content: bytes, name: str = "tracker.xlsx", **answers: str) -> TestResponse:
    data = {"csrf_token": visitor.token(), "kind": "office", "file": (io.BytesIO(content), name), **answers}
    return visitor.client.post("/imports/send", data=data, content_type="multipart/form-data")


def _confirm(visitor: Visitor, path: str, page: TestResponse) -> TestResponse:
    return visitor.post(f"{path}/record", once=hidden(page, "once"), shown=hidden(page, "shown"))


def _count(books: Books, table: type) -> int:
    books.session.rollback()
    return books.session.scalar(select(func.count()).select_from(table)) or 0


class TestBringIn:
    def test_the_scenario_is_shown_and_then_comes_in(self, manager: Visitor, books: Books) -> None:
        path = _send(manager, SCENARIO, "west-mercia-2020.xlsx").location
        page = manager.get(path)
        said = words(page)
        assert page.status_code == 200
        assert "Nothing is in the books yet" in said
        assert "MoJ emergency COVID funding 2020 MECF20 New" in said
        assert "Awards, row 21 388,643.33 388,643.33 0.00" in said
        assert "19 rows take 1 April 2020" in said
        assert (
            "Weobley Parish Council For Weobley Support Group PCC's Covid-19 response fund 2020 30 April 2020" in said
        )
        assert _count(books, Entry) == 0

        answer = _confirm(manager, path, page)
        assert answer.status_code == 303
        shown = words(manager.get(answer.location))
        assert "west-mercia-2020.xlsx is in the books." in shown
        assert "Entries: award 17 388,643.33" in shown
        assert (_count(books, Award), _count(books, WaitingFile)) == (18, 0)

    def test_an_officer_looks_and_does_not_confirm(self, books: Books, signed_in: Callable[[Role], Visitor]) -> None:
        officer = signed_in(Role.COMMISSIONING)
        path = _send(officer, workbook()).location
        page = officer.get(path)
        assert "A commissioning manager or a finance officer sends the file again and confirms it" in words(page)
        assert _confirm(officer, path, page).status_code == 403
        assert _count(books, Entry) == 0

    def test_a_form_sent_twice_records_once(self, manager: Visitor, books: Books) -> None:
        path = _send(manager, workbook()).location
        page = manager.get(path)
        first, second = _confirm(manager, path, page), _confirm(manager, path, page)
        assert (second.status_code, second.location) == (303, first.location)
        assert (_count(books, Batch), _count(books, Entry)) == (1, 2)

    def test_the_same_file_again_adds_nothing(self, manager: Visitor, books: Books) -> None:
        for _ in range(2):
            path = _send(manager, workbook()).location
            answer = _confirm(manager, path, manager.get(path))
        assert "added nothing: it was all there already" in words(manager.get(answer.location))
        assert _count(books, Batch) == 1

    def test_rows_take_the_date_that_is_typed(self, manager: Visitor) -> None:
        funds: Rows = [["Fund", "Funder", "Amount"], ["F", "PCC", 5]]
        path = _send(manager, workbook(Funds=funds)).location
        said = words(manager.get(path))
        assert "Give the financial year of the workbook" in said
        assert "--" not in said
        assert manager.post(f"{path}/date", undated="1 May 2020").status_code == 303
        assert "1 row takes 1 May 2020" in words(manager.get(path))
        assert manager.post(f"{path}/date", undated="soon").status_code == 422

    def test_the_year_may_be_typed(self, manager: Visitor, books: Books) -> None:
        content = workbook(Funds=[["Fund", "Funder", "Amount"], ["F", "PCC", 5]])
        assert _send(manager, content, year="2020").status_code == 422
        path = _send(manager, content, year="2019/20").location
        assert "1 row takes 1 April 2019" in words(manager.get(path))
        assert manager.post(f"{path}/date", year="2018").status_code == 422
        assert manager.post(f"{path}/date", year="2018/19").status_code == 303
        _confirm(manager, path, manager.get(path))
        assert books.session.scalars(select(BudgetLine.year)).all() == [2018]

    def test_of_many_new_organisations_ten_are_named(self, manager: Visitor) -> None:
        rows = award(*([f"R{i}", "Safer Roads Fund 2020", f"Group {i:02d}", 5, "29/5/20"] for i in range(12)))
        said = words(manager.get(_send(manager, workbook(Funds=FUNDS, Awards=rows)).location))
        assert "Group 08, Group 09 and 2 more." in said

    def test_what_is_confirmed_is_what_was_shown(self, manager: Visitor, books: Books) -> None:
        path = _send(manager, workbook()).location
        page = manager.get(path)
        books.fund(name="Safer Roads Fund 2020", allocated="280,000")
        answer = _confirm(manager, path, page)
        assert (answer.status_code, _count(books, Award)) == (422, 0)
        assert "The books have changed since this was shown" in words(answer)


class TestRefused:
    def test_a_refused_workbook_names_its_rows_and_keeps_the_file(self, manager: Visitor, books: Books) -> None:
        rows = award(["R1", "Nowhere", "A", 5, "29/05/2020"], ["R2", "Safer Roads Fund 2020", "A", "x", "29/05/2020"])
        path = _send(manager, workbook(Funds=FUNDS, Awards=rows)).location
        page = manager.get(path)
        assert "Awards, row 2: There is no fund called “Nowhere”" in words(page)
        assert 'href="#look-1"' in page.text
        assert 'id="look-1"' in page.text
        assert "Bring in" not in words(page).split("Columns")[-1]
        answer = manager.post(f"{path}/record", once="a" * 20, shown="")
        assert (answer.status_code, _count(books, WaitingFile), _count(books, Entry)) == (422, 1, 0)

    def test_a_file_that_is_no_workbook_is_refused_at_its_field(self, manager: Visitor, books: Books) -> None:
        answer = _send(manager, b"Fund,Amount")
        assert (answer.status_code, _count(books, WaitingFile)) == (422, 0)
        assert 'href="#file"' in answer.text
        assert "This is a text file of rows (.csv), not a workbook" in words(answer)
        assert "Choose a file" in words(manager.post("/imports/send"))

    def test_a_waiting_file_is_its_persons_own(self, app: Flask, manager: Visitor) -> None:
        path = _send(manager, workbook(Funds=FUNDS, Awards=AWARDS)).location
        other = Visitor(app)
        other.sign_in(Role.FINANCE)
        assert other.get(path).status_code == 404
        assert _confirm(other, path, manager.get(path)).status_code == 404
        other.post(f"{path}/stop")
        assert manager.get(path).status_code == 200
        manager.post(f"{path}/stop")
        assert manager.get(path).status_code == 404
