"""Files of awards, payments and finance lines on the import pages: matched, looked at, recorded once, undone."""

import io
import re
import time
from dataclasses import replace

import pytest
from flask import Flask
from sqlalchemy import func, select
from werkzeug.test import TestResponse

from fundtracker.domain.roles import Role
from fundtracker.store.awards import Award
from fundtracker.store.books import Entry
from fundtracker.store.imports import Batch, SavedMap, WaitingFile
from fundtracker.web.imports import workers
from fundtracker.web.imports.states import Stage, State, Task, state_file, write_state
from fundtracker.web.imports.workers import folder
from tests.books.builder import Books
from tests.web.visitor import Visitor, hidden, words

AWARDS = """Grant ref,Paid to,Date,Amount (£),Notes
4,Weobley PC,21/4/20,£1064,prescriptions + food
11,Wellington Town Council.,1/5/20,1680,NHS packs
17,Wythal Parish Council,01.05.2020,810.00,
18,Nobody,31/06/2020,450.00,
20,Arrowfield PC,6/5/20,(385.50),
,,,,
TOTAL,,,"3,618.50",
"""
LINES = "Date,Supplier,Amount,Reference\n2020-04-21,Weobley PC,1064.00,5100\n2020-05-01,Wellington TC,-80.00,5101\n"


@pytest.fixture
def covid(books: Books) -> Books:
    """Keep a fund of £3,000.00 for 2020/21, and two organisations that a file names nearly so."""
    books.fund("3,000", name="Covid-19 response fund", reference="CRF20")
    books.organisation("Wellington Town Council")
    books.organisation("Wythall Parish Council")
    return books


def send(visitor: Visitor, content: str | bytes, kind: str = "awards", **answers: str) -> TestResponse:
    file = (io.BytesIO(content.encode() if isinstance(content, str) else content), "grants.csv")
    data = {"csrf_token": visitor.token(), "kind": kind, "fund": "CRF20", "file": file, **answers}
    return visitor.client.post("/imports/send", data=data, content_type="multipart/form-data")


def wait(visitor: Visitor, path: str) -> TestResponse:
    """Open a page as often as its worker needs."""
    until = time.monotonic() + 60
    while "data-progress" in (page := visitor.get(path)).text and time.monotonic() < until:
        time.sleep(0.1)
    return page


def chosen(page: TestResponse) -> dict[str, str]:
    """Give the answers of a page's selects as they stand."""
    selects = re.findall(r'<select[^>]*? name="([^"]+)".*?</select>', page.text, re.DOTALL)
    picked = re.findall(r'<select.*?(?:<option value="([^"]*)" selected|</select>)', page.text, re.DOTALL)
    row = re.search(r'name="header_row"[^>]*value="(\d+)"', page.text)
    return {**dict(zip(selects, picked, strict=True)), "header_row": row[1] if row else ""}


def matched(visitor: Visitor, path: str, **answers: str) -> str:
    """Take the columns as they were told, and give where the look is."""
    page = wait(visitor, path)
    kept = {name: hidden(page, name) for name in ("sheet", "map_name")}
    answer = visitor.post(path, **{**kept, **chosen(page), "step": "check", **answers})
    assert answer.status_code == 303, words(answer)
    return answer.location


def confirm(visitor: Visitor, path: str, page: TestResponse) -> TestResponse:
    form = page.text.split("/record", 1)[1]
    once = re.search(r'name="once" value="([^"]*)"', form)
    return visitor.post(f"{path}/record", once=once[1] if once else "", shown=hidden(page, "shown"))


def count(books: Books, table: type) -> int:
    books.session.rollback()
    return books.session.scalar(select(func.count()).select_from(table)) or 0


class TestAwards:
    def test_come_in_as_they_were_shown_and_are_undone(self, manager: Visitor, covid: Books) -> None:
        columns = send(manager, AWARDS).location
        self._see_columns(wait(manager, columns))
        path = matched(manager, columns, save_as="Monthly")
        self._settle(manager, path, wait(manager, path))
        assert count(covid, Entry) == 1
        self._record(manager, covid, path)
        again = wait(manager, matched(manager, send(manager, AWARDS).location))
        assert "Already there 3 3,554.00" in words(again)
        assert "There is nothing to bring in: it is all there already." in words(again)
        assert count(covid, SavedMap) == 1
        self._undo(manager, covid)

    def _see_columns(self, page: TestResponse) -> None:
        said = words(page)
        assert "Columns 5 in the file, 5 used" in said
        assert "headings in row 1" in said
        assert "A Grant ref 4 · 11 · 17" in said
        assert chosen(page)["column-B"] == "organisation"

    def _settle(self, manager: Visitor, path: str, page: TestResponse) -> None:
        said = words(page)
        assert "Would be taken 3 3,554.00" in said
        assert "Left out: its date cannot be read 1 450.00" in said
        assert "Left out: a blank row 1 Not stated" in said
        assert "In the file 7 £7,237.00" in said
        assert "Allocate the £554.00 that is missing first" in said
        assert "Wythal Parish Council" in said
        assert "Bring in" not in said
        same = next(name for name, value in chosen(page).items() if name.startswith("same-") and value == "0")
        assert manager.post(f"{path}/settle", with_allocation="y", **{same: "2"}).status_code == 303
        assert "Bring in 3 awards, £3,554.00" in words(wait(manager, path))

    def _record(self, manager: Visitor, covid: Books, path: str) -> None:
        page = wait(manager, path)
        assert [confirm(manager, path, page).status_code for _ in range(2)] == [303, 303]
        assert wait(manager, path).location == "/imports/1"
        said = words(manager.get("/imports/1"))
        assert "Import 1: 3 rows of grants.csv, £3,554.00, came in." in said
        assert "Taken 3 3,554.00 Left out 4 3,683.00 In the file 7 £7,237.00" in said
        assert (count(covid, Batch), count(covid, Award), count(covid, WaitingFile)) == (1, 3, 0)
        assert confirm(manager, path, page).location == "/imports/1"
        assert manager.get(path).status_code == 404
        assert manager.get("/imports/1/report.xlsx").status_code == 200

    def _undo(self, manager: Visitor, covid: Books) -> None:
        page = manager.get("/imports/1/undo")
        assert "3 awards" in words(page)
        assert "Undo import 1, £3,554.00" in words(page)
        refused = manager.post("/imports/1/undo", once=hidden(page, "once"), narrative="", on="1 May 2020")
        assert (refused.status_code, "Enter the reason" in words(refused)) == (422, True)
        told = {"once": hidden(page, "once"), "narrative": "Wrong file", "on": hidden(page, "on")}
        assert manager.post("/imports/1/undo", **told).location == "/imports/1"
        assert "Undone on" in words(manager.get("/imports/1"))
        assert "undone already" in words(manager.get("/imports/1/undo"))
        assert covid.session.scalar(select(Batch.undone_why)) == "Wrong file"

    def test_what_depends_on_them_is_said_and_nothing_is_undone(self, manager: Visitor, covid: Books) -> None:
        path = matched(manager, send(manager, AWARDS.replace("£1064", "64")).location)
        page = wait(manager, path)
        assert "Then it can come in" in words(page)
        same = {name: value for name, value in chosen(page).items() if name.startswith("same-")}
        assert manager.post(f"{path}/settle", **same).status_code == 303
        confirm(manager, path, wait(manager, path))
        assert wait(manager, path).location == "/imports/1"
        covid.session.rollback()
        covid.pay(covid.session.scalars(select(Award)).all()[0], "10.00")
        said = words(manager.get("/imports/1/undo"))
        assert "What depends on it 1" in said
        assert "Undo import 1," not in said

    def test_other_columns_and_another_row_are_read_again(self, manager: Visitor, covid: Books) -> None:
        columns = send(manager, f"Grants of the year\n\n{AWARDS}").location
        page = wait(manager, columns)
        answers = {name: hidden(page, name) for name in ("sheet", "map_name")} | chosen(page)
        assert answers["header_row"] == "3"
        refused = manager.post(columns, **{**answers, "column-A": "amount", "step": "check"})
        assert (refused.status_code, "2 columns are taken for “Amount”" in words(refused)) == (422, True)
        refused = manager.post(columns, **{**answers, "header_row": "third", "step": "again"})
        assert (refused.status_code, "Enter the number of the row, like 3" in words(refused)) == (422, True)
        again = manager.post(columns, **{**answers, "header_row": "4", "step": "again"})
        assert again.location == columns
        assert chosen(wait(manager, columns))["header_row"] == "4"


class TestRefused:
    def test_rows_of_no_fund_and_a_post_that_may_not(self, manager: Visitor, covid: Books) -> None:
        assert "Choose the fund that these rows belong to" in words(send(manager, AWARDS, fund=""))
        assert send(manager, LINES, "finance").status_code == 422
        assert count(covid, WaitingFile) == 0

    def test_a_file_that_cannot_be_read_says_why(self, manager: Visitor, covid: Books) -> None:
        said = words(wait(manager, send(manager, "%PDF-1.4").location))
        assert "This file cannot be brought in" in said
        assert "This is a PDF" in said

    def test_a_worker_that_dies_is_said_plainly(self, app: Flask, manager: Visitor, covid: Books) -> None:
        columns = send(manager, AWARDS).location
        key = columns.split("/")[3]
        with app.test_request_context():
            assert workers.workers().start(workers.Order(Task.LOOK, key, 99, "Ann", "other"))
            workers.workers().end(key)
            write_state(state_file(folder(), key), State(Task.LOOK, "other", Stage.READING))
        assert "Reading the file stopped before its end" in words(manager.get(columns))
        assert manager.post(f"/imports/waiting/{key}/again", to="columns").location == columns
        assert "Match the columns" in words(wait(manager, columns))

    def test_a_waiting_file_is_its_persons_own(self, app: Flask, manager: Visitor, covid: Books) -> None:
        columns = send(manager, AWARDS).location
        other = Visitor(app)
        other.sign_in(Role.FINANCE)
        assert other.get(columns).status_code == 404
        assert other.post(f"{columns.removesuffix('/columns')}/record").status_code == 404
        assert other.post(f"{columns.removesuffix('/columns')}/stop").status_code == 303
        assert "Match the columns" in words(wait(manager, columns))
        assert manager.post(f"{columns.removesuffix('/columns')}/stop").status_code == 303
        assert manager.get(columns).status_code == 404

    def test_what_came_of_a_file_is_told_to_its_person_alone(self, app: Flask, manager: Visitor, covid: Books) -> None:
        path = "/imports/waiting/akey"
        me = manager.sign_in(Role.COMMISSIONING)
        done = State(Task.RECORD, "", Stage.DONE, says="Import 1 came in", url="/imports/1", person_id=me)
        with app.test_request_context():
            write_state(state_file(folder(), "akey"), done)
            write_state(state_file(folder(), "busy"), replace(done, stage=Stage.RECORDING))
        other = Visitor(app)
        other.sign_in(Role.FINANCE)
        assert other.get(path).status_code == 404
        assert other.get("/imports/waiting/busy/progress").json == {"over": True}
        assert (manager.get("/imports/waiting/busy/progress").json or {})["over"] is False
        assert manager.get(path).location == "/imports/1"


def test_finance_lines_ask_which_amount(app: Flask, covid: Books) -> None:
    finance = Visitor(app)
    finance.sign_in(Role.FINANCE)
    path = matched(finance, send(finance, LINES, "finance", fund="").location, basis="net")
    page = wait(finance, path)
    assert "Bring in 2 finance lines, £984.00" in words(page)
    assert "Finance line of −£80.00, Wellington TC, 1 May 2020" in words(page)
    confirm(finance, path, page)
    assert wait(finance, path).location == "/imports/1"
