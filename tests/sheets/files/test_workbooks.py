"""Reading workbooks: real row numbers, what calamine leaves unsaid, and a plain sentence for what cannot be read."""

import io
import zipfile
from contextlib import suppress
from datetime import date

import pytest
from openpyxl import Workbook

from fundtracker.sheets.files import kinds, workbooks
from fundtracker.sheets.files.kinds import WORKBOOKS
from fundtracker.sheets.files.sheets import read_sheets
from fundtracker.sheets.reading import Sheet
from fundtracker.sheets.unsafe import WorkbookRefusedError
from tests.sheets.offices import workbook

SHEET = "xl/worksheets/sheet1.xml"


def read_workbook(content: bytes) -> list[Sheet]:
    """Read a file that should be a workbook."""
    return read_sheets(content, "workbook.xlsx", kinds=WORKBOOKS)


def _parts(content: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(content)) as package:
        return {name: package.read(name) for name in package.namelist()}


def _package(parts: dict[str, bytes], *more: tuple[str, bytes]) -> bytes:
    saved = io.BytesIO()
    with zipfile.ZipFile(saved, "w", zipfile.ZIP_DEFLATED) as package:
        for name, content in (*parts.items(), *more):
            package.writestr(name, content)
    return saved.getvalue()


def _with_sheet(xml: bytes) -> bytes:
    return _package({**_parts(workbook(Funds=[["x"]])), SHEET: xml})


def _with_cell(at: bytes) -> bytes:
    return _with_sheet(b'<worksheet><sheetData><row><c r="%b"><v>1</v></c></row></sheetData></worksheet>' % at)


class TestRead:
    def test_gives_rows_their_own_numbers(self) -> None:
        (sheet,) = read_workbook(workbook(Funds=[[], [], ["a"], [], [None, date(2020, 5, 1)], []]))
        assert list(sheet.numbered()) == [(3, ("a", "")), (4, ("", "")), (5, ("", date(2020, 5, 1)))]

    def test_tells_formulas_without_a_result_and_errors(self) -> None:
        def spoil(book: Workbook) -> None:
            book["Funds"]["B2"].value = "#REF!"
            book["Funds"]["B2"].data_type = "e"

        (sheet,) = read_workbook(workbook(spoil, Funds=[["a", "=1+1"], ["b", ""]]))
        assert sheet.faults == {(1, 2): "holds a formula with no stored result", (2, 2): "holds the error #REF!"}

    def test_takes_the_stored_result_of_a_formula(self) -> None:
        (sheet,) = read_workbook(_with_sheet(
            b'<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData><row r="1">'
            b'<c r="A1"><f>1+1</f><v>2</v></c><c r="B1" t="str"><f>IF(1,"")</f><v></v></c>'
            b"</row></sheetData></worksheet>"
        ))  # fmt: skip
        assert (sheet.rows[0][0], sheet.faults) == (2, {})

    def test_lets_empty_cells_be_formatted_to_the_edge(self) -> None:
        def format_far(book: Workbook) -> None:
            book["Funds"]["XFD1048576"].number_format = "0.00"

        (sheet,) = read_workbook(workbook(format_far, Funds=[["a"]]))
        assert sheet.rows == (("a",),)

    def test_takes_a_workbook_with_macros_and_runs_none(self) -> None:
        parts = _parts(workbook(Funds=[["x"]]))
        kinds = parts["[Content_Types].xml"].replace(b"spreadsheetml.sheet.main", b"ms-excel.sheet.macroEnabled.main")
        (sheet,) = read_workbook(_package({**parts, "[Content_Types].xml": kinds, "xl/vbaProject.bin": b"\0macros"}))
        assert sheet.rows == (("x",),)


class TestRefused:
    @pytest.mark.parametrize(
        ("content", "words"),
        [
            (b"", "is empty"),
            (b"Fund,Amount\nA,1\n", "a text file of rows .*, not a workbook"),
            (b"<html><table></table></html>", "a web page"),
            (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600, "not an Excel workbook"),
            (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "EncryptedPackage".encode("utf-16-le"), "protected by a password"),
            (workbook()[:3000], "cut short: its end is missing"),
            (_package({"a.txt": b"a"}), "not an Excel workbook"),
            (b"%PDF-1.7 a report", "is a PDF"),
            (_package({"xl/workbook.bin": b"a"}), "binary Excel workbook"),
            (_package({"mimetype": b"a", "content.xml": b"<a/>"}), "damaged"),
            (_package({"word/document.xml": b"<a/>"}), "Word document"),
            (_package({**_parts(workbook()), "../../etc/cron": b"x"}), "not put together as Excel does"),
            (_with_sheet(b"<!DOCTYPE a [<!ENTITY b 'c'>]><worksheet/>"), "instructions that no workbook needs"),
            (_with_sheet("<!DOCTYPE a>".encode("utf-16")), "instructions that no workbook needs"),
            (_with_sheet(b"<worksheet>" + b" " * 5_000_000), "far more than its size"),
            (_package({**_parts(workbook()), "xl/workbook.xml": b"<workbook"}), "damaged"),
            (_package({f"part{i}": b"" for i in range(400)}), "unpacks to more"),
            (_with_cell(b"XFD9"), "beyond"),
            (_with_cell(b"A900000"), "beyond"),
        ],
    )  # fmt: skip
    def test_says_what_the_file_is(self, content: bytes, words: str) -> None:
        with pytest.raises(WorkbookRefusedError, match=words):
            read_workbook(content)

    def test_says_that_a_file_is_too_large(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(kinds, "LARGEST_FILE", 100)
        with pytest.raises(WorkbookRefusedError, match="larger than 30 MB"):
            read_workbook(workbook())

    def test_no_part_may_stand_twice(self) -> None:
        with pytest.warns(UserWarning, match="Duplicate name"):
            twice = _package(_parts(workbook()), (SHEET, b"<worksheet/>"))
        with pytest.raises(WorkbookRefusedError, match="not put together"):
            read_workbook(twice)

    @pytest.mark.parametrize("at", range(0, 6000, 97))
    def test_a_damaged_file_is_read_or_refused_and_nothing_else(self, at: int) -> None:
        content = bytearray(workbook())
        if at < len(content):
            content[at] ^= 0xFF
        with suppress(WorkbookRefusedError):
            assert read_workbook(bytes(content))

    @pytest.mark.parametrize(
        "xml",
        [
            b"".join(b'<c r="A%d" t="e" <c r="B%d"><f>' % (i, i) for i in range(100_000)),
            b'<c r="XFDZZZZ1"><v>1</v></c>',
            b"<c r='XFD1048576'><v>1</v></c>",
            b'<c r="A1"><v>1</v></c><c spans="' + b"1" * 900 + b'" note=">" r="A9999999"><v>1</v></c>',
            b'<c r="A1"><v>1</v></c><c r="IV249000"><v>1</v></c>',
            b"".join(b"<row ht='%d'/>" % i for i in range(250_001)) + b"<row><c><v>1</v></c></row>",
            b"<row>" + b"<c><v>1</v></c>" * 257 + b"</row>",
        ],
        ids=("beginnings", "letters", "single quotes", "beside a >", "area", "rows unnumbered", "columns unnumbered"),
    )
    def test_no_sheet_takes_all_the_memory(self, xml: bytes) -> None:
        with pytest.raises(WorkbookRefusedError, match=r"damaged|goes beyond"):
            read_workbook(_with_sheet(b"<worksheet><sheetData>" + xml + b"</sheetData></worksheet>"))

    def test_no_part_takes_all_the_memory_whatever_it_is_called(self) -> None:
        parts = _parts(workbook(Funds=[["x"]]))
        parts["xl/elsewhere.XML"] = b'<worksheet><sheetData><c r="XFDZZZZ1"><v>1</v></c></sheetData></worksheet>'
        with pytest.raises(WorkbookRefusedError, match="goes beyond"):
            read_workbook(_package(parts))

    def test_what_the_reader_gives_up_on_is_damaged(self) -> None:
        def a_date(book: Workbook) -> None:
            book["Funds"]["A1"].number_format = "dd/mm/yyyy"

        dated = _parts(workbook(a_date, Funds=[[1.5]]))
        impossible = dated[SHEET].replace(b"<v>1.5</v>", b"<v>-1e308</v>")
        assert impossible != dated[SHEET]
        with pytest.raises(WorkbookRefusedError, match="damaged"):
            read_workbook(_package({**dated, SHEET: impossible}))

    def test_a_stop_from_the_keyboard_is_no_damage(self, monkeypatch: pytest.MonkeyPatch) -> None:
        def stop(*_: object) -> None:
            raise KeyboardInterrupt

        monkeypatch.setattr(workbooks, "_sheet", stop)
        with pytest.raises(KeyboardInterrupt):
            read_workbook(workbook())
