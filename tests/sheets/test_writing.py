"""Cells that must come back as they went in, or, where Excel cannot hold them, never break the workbook."""

from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from openpyxl import Workbook

from fundtracker.sheets.skeleton import Column, add_sheet, plan_of, start_workbook, styles_of
from fundtracker.sheets.stream import stream_workbook
from fundtracker.sheets.writing import LONGEST_TEXT, Cell, Type, letter_of, write_cells, write_row
from tests.sheets.workbooks import Rows, by_calamine, by_openpyxl, opened, recalculated

FORMULAS = (
    "=1+1", "=cmd|'/C calc'!A0", '=HYPERLINK("http://example.org","x")', '=WEBSERVICE("http://example.org")', "==1",
    "=\u00a01", "#REF!", "#N/A", "+1+1", "-1+1", "@SUM(1,1)", "\t=1", "\n=1", "＝1", "＋1", "－1", "＠x", "\u200b=1",
    "\ufeff=1", ";=1", ",=1", '"=1', "'=1", "TRUE", "1E5", "007", "1/4", "MAR20", "<script>alert(1)</script>",
    "a & b", "]]>", "--><", "&#x41;", "&amp;", "javascript:1", "{{7*7}}", "\u202eabc", "😀", "two\nlines",
    " led", "trail ",
)  # fmt: skip


def workbook_of(*texts: str) -> bytes:
    """Write texts down one column."""
    workbook = start_workbook("Texts", "Office")
    columns = (Column("Text"),)
    add_sheet(workbook, "Texts", columns, last_row=len(texts) + 1, heading="Texts & more")
    plan = plan_of(columns, styles_of(workbook))
    rows = (write_row(number, plan, [text]) for number, text in enumerate(texts, start=2))
    return b"".join(stream_workbook(workbook, {"Texts": rows}))


def texts_in(rows: Rows) -> list[object]:
    return [row[0] for row in rows]


class TestText:
    def test_comes_back_as_text_from_each_reader(self) -> None:
        content = workbook_of(*FORMULAS)

        assert texts_in(by_openpyxl(content, "Texts").rows) == list(FORMULAS)
        assert texts_in(by_calamine(content, "Texts").rows) == list(FORMULAS)
        cells = opened(content)["Texts"]["A"][1:]
        assert {(cell.data_type, cell.quotePrefix) for cell in cells} == {("s", True)}

    @pytest.mark.needs_libreoffice
    def test_is_no_formula_after_libreoffice(self, tmp_path: Path, libreoffice_path: Path) -> None:
        again = recalculated(workbook_of(*FORMULAS), tmp_path, libreoffice_path)

        assert texts_in(by_openpyxl(again, "Texts").rows) == list(FORMULAS)
        assert {cell.data_type for cell in opened(again)["Texts"]["A"]} == {"s"}

    def test_that_no_workbook_can_hold_never_breaks_one(self) -> None:
        content = workbook_of("nul\x00bel\x07", "half \ud800 pair", "not \uffff a character", "old\rMac")

        expected = ["nul\ufffdbel\ufffd", "half \ufffd pair", "not \ufffd a character", "old\nMac"]
        assert texts_in(by_openpyxl(content, "Texts").rows) == expected
        assert texts_in(by_calamine(content, "Texts").rows) == expected

    def test_is_cut_where_excel_would_call_the_file_damaged(self) -> None:
        long, wide = texts_in(by_openpyxl(workbook_of("x" * 40_000, "😀" * 20_000), "Texts").rows)

        assert long == "x" * LONGEST_TEXT
        assert wide == "😀" * (LONGEST_TEXT // 2)

    def test_that_looks_like_an_escape_of_excels_is_kept_as_it_was_typed(self) -> None:
        (value,) = texts_in(by_calamine(workbook_of("_x0041_"), "Texts").rows)

        assert value == "_x0041_"


class TestCells:
    def test_dates_pounds_and_formulas_are_what_excel_writes_itself(self) -> None:
        styles = {(type_, strong): 7 for type_ in Type for strong in (False, True)}
        row = write_cells(3, styles, [
            Cell(date(2020, 4, 1), Type.DATE), Cell(-8_097_500, Type.MONEY), None, Cell(5, Type.MONEY, "A1<B1"),
            Cell(datetime(2020, 4, 1, 11, 0, tzinfo=UTC), Type.MOMENT),
            Cell("OK", formula='IF(A1=0,"OK","")'), Cell(""),
        ])  # fmt: skip

        assert row == (
            '<row r="3"><c r="A3" s="7"><v>43922</v></c><c r="B3" s="7"><v>-80975.00</v></c>'
            '<c r="D3" s="7"><f>A1&lt;B1</f><v>0.05</v></c><c r="E3" s="7"><v>43922.5000000000</v></c>'
            '<c r="F3" s="7" t="str"><f>IF(A1=0,"OK","")</f><v>OK</v></c></row>'
        )

    def test_columns_have_excels_letters(self) -> None:
        assert [letter_of(place) for place in (1, 26, 27, 52, 702, 703, 16_384)] == [
            "A", "Z", "AA", "AZ", "ZZ", "AAA", "XFD",
        ]  # fmt: skip


class TestStream:
    def test_sends_the_beginning_before_a_row_is_read(self) -> None:
        asked: list[int] = []

        def rows() -> "list[str]":
            asked.append(1)
            return []

        workbook = Workbook()
        chunks = stream_workbook(workbook, {"Sheet": (row for _ in [0] for row in rows())})
        assert next(chunks).startswith(b"PK")
        assert asked == []

    def test_a_row_that_cannot_be_read_leaves_no_file_that_opens(self) -> None:
        def rows() -> "list[str]":
            raise RuntimeError("the database went away")

        taken: list[bytes] = []
        with pytest.raises(RuntimeError, match="went away"):
            taken.extend(stream_workbook(Workbook(), {"Sheet": (row for _ in [0] for row in rows())}))
        with pytest.raises(Exception, match="zip"):
            opened(b"".join(taken))
