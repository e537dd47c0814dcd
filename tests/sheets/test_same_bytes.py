"""The same content gives the same bytes, whatever the clock said when each was made."""

import io
import zipfile
from datetime import UTC, datetime

from docx import Document
from openpyxl import Workbook, load_workbook

from fundtracker.sheets.same_bytes import same_bytes

MOMENT = datetime(2020, 9, 21, 9, 30, 12, tzinfo=UTC)


def workbook(year: int, names: list[str]) -> bytes:
    book, saved = Workbook(), io.BytesIO()
    book.create_sheet("Figures")["A1"] = "£47,279.94"
    book.properties.created = book.properties.modified = datetime(year, 1, 2, tzinfo=UTC).replace(tzinfo=None)
    book.save(saved)
    shuffled = io.BytesIO()
    with zipfile.ZipFile(saved) as before, zipfile.ZipFile(shuffled, "w", zipfile.ZIP_DEFLATED) as after:
        for name in sorted(before.namelist(), reverse=bool(names)):
            after.writestr(zipfile.ZipInfo(name, (year, 3, 4, 5, 6, 8)), before.read(name))
    return shuffled.getvalue()


def test_two_makings_of_one_workbook_are_the_same_to_the_byte() -> None:
    first, again = workbook(2020, []), workbook(2024, ["the other way round"])
    assert first != again
    assert same_bytes(first, MOMENT) == same_bytes(again, MOMENT)
    book = load_workbook(io.BytesIO(same_bytes(first, MOMENT)))
    assert book["Figures"]["A1"].value == "£47,279.94"
    assert book.properties.created == MOMENT.replace(tzinfo=None)


def test_another_moment_is_another_file_and_a_word_file_still_opens() -> None:
    saved = io.BytesIO()
    document = Document()
    document.add_paragraph("In total")
    document.save(saved)
    made = same_bytes(saved.getvalue(), MOMENT)
    assert made == same_bytes(made, MOMENT)
    assert made != same_bytes(made, MOMENT.replace(year=2021))
    assert Document(io.BytesIO(made)).paragraphs[0].text == "In total"
    with zipfile.ZipFile(io.BytesIO(made)) as package:
        assert {part.date_time for part in package.infolist()} == {(2020, 9, 21, 9, 30, 12)}
