"""Workbooks with a sheet for each month on the import pages: taken together where that is ticked."""

import io

from openpyxl import Workbook

from tests.books.builder import Books
from tests.web.test_imports_files import chosen, covid, send, wait
from tests.web.visitor import Visitor, hidden, words

__all__ = ["covid"]


def test_months_as_sheets_are_taken_together_where_that_is_ticked(officer: Visitor, covid: Books) -> None:
    columns = send(officer, _months("April", "May")).location
    page = wait(officer, columns)
    assert "Take the other sheets with the same headings too: May" in words(page)
    answers = {"map_name": hidden(page, "map_name"), **chosen(page), "all_sheets": "y", "step": "again"}
    assert officer.post(columns, **answers).location == columns
    assert "Taken with it, for their headings are the same: “May” (1 row)." in words(wait(officer, columns))
    path = officer.post(columns, **{**answers, "step": "check"}).location
    look = wait(officer, path)
    assert "Taken 2 30.00" in words(look)
    assert all(f'2<span class="ft-sub">{name}</span>' in look.text for name in ("April", "May"))


def _months(*names: str) -> bytes:
    book = Workbook()
    for number, name in enumerate(names, start=4):
        sheet = book.create_sheet(name)
        for row in (["Paid to", "Date", "Amount"], ["Weobley PC", f"1/{number}/20", 15]):
            sheet.append(row)
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()
