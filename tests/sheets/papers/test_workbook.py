"""Any paper as a workbook: typed, adding up, safe to open, and the same to the byte when it is made again."""

from collections.abc import Mapping
from datetime import UTC, date, datetime

import time_machine

from fundtracker.domain.papers import Cell, CellType, Column, Content, Row, RowKind, Table, Words
from fundtracker.domain.statuses import PaperKind
from fundtracker.sheets.papers.workbook import paper_name, write_paper
from tests.sheets.workbooks import by_calamine, by_openpyxl, opened

DAY, MOMENT = date(2020, 9, 21), datetime(2020, 9, 22, 8, 30, tzinfo=UTC)
HOSTILE = '=HYPERLINK("http://example.org","x") & <b>'
COLUMNS = (
    Column("fund", "Fund"),
    Column("allocated", "Allocated £", CellType.MONEY),
    Column("awarded", "Awarded £", CellType.MONEY),
    Column("remaining", "Left to award £", CellType.MONEY),
    Column("used", "Used", CellType.SHARE),
    Column("organisations", "Organisations", CellType.NUMBER),
    Column("decided", "Decided", CellType.DAY),
)


def row(key: str, allocated: int, awarded: int, organisations: int, kind: RowKind = RowKind.ROW) -> Row:
    used = Cell(awarded * 1000 // allocated) if allocated else Cell(None, "n/a")
    cells = (Cell(key), Cell(allocated), Cell(awarded), Cell(allocated - awarded), used, Cell(organisations), Cell(DAY))
    return Row(key, cells, kind)


def paper(**changed: object) -> Content:
    rows = (
        Row("external", (Cell("External"),), RowKind.GROUP),
        row(HOSTILE, 50_000_00, 20_000_00, 3),
        row("CF20", 10_000_00, 10_000_00, 4),
        row("External", 60_000_00, 30_000_00, 5, RowKind.SUBTOTAL),
        row("NIL20", 0, 0, 0),
        row("All funds", 60_000_00, 30_000_00, 5, RowKind.TOTAL),
    )
    words = Words("says", "Given out:", bullets=("+£1,064 to Weobley Parish Council",), warnings=("Undated",))
    given: dict[str, object] = {
        "kind": PaperKind.SUMMARY, "title": "The funds", "as_at": DAY, "last_entry": 42,
        "meeting_on": date(2020, 10, 1),
        "blocks": (Words("head", "Roads", level=2), words, Table("funds", "Funds: all", COLUMNS, rows, "Left out")),
    }  # fmt: skip
    return Content(**{**given, **changed})  # type: ignore[arg-type]  # named as Content names them


def written(content: Content) -> bytes:
    return write_paper(content, made_at=MOMENT, made_by="A. Officer", office="West Mercia")


class TestWhatItIs:
    def test_says_as_at_meeting_and_last_entry(self) -> None:
        about = by_openpyxl(written(paper()), "About")
        said: Mapping[str, object] = dict(about.rows)

        assert said["As at"] == datetime(2020, 9, 21)  # noqa: DTZ001 - a day, as openpyxl gives it
        assert said["Made at (Europe/London)"] == datetime(2020, 9, 22, 9, 30)  # noqa: DTZ001 - the office's clock
        assert (said["Last entry number"], said["For the meeting of"]) == (42, "1 October 2020")
        assert said["On Funds: all"] == "Left out"
        assert paper_name(paper()) == "the-funds-as-at-2020-09-21.xlsx"

    def test_keeps_its_words_in_order_with_what_its_author_is_warned_of(self) -> None:
        words = by_calamine(written(paper()), "Words")

        assert words.column("Words") == [
            None, "Given out:", "• +£1,064 to Weobley Parish Council", "Table: Funds: all, on the sheet “Funds  all”",
        ]  # fmt: skip
        assert words.column("To look at first")[1] == "Undated"

    def test_has_no_sheet_of_words_where_it_has_none(self) -> None:
        content = paper()
        assert opened(written(paper(blocks=content.blocks[-1:]))).sheetnames == ["About", "Funds  all"]

    def test_is_the_same_to_the_byte_when_it_is_made_again(self) -> None:
        first = written(paper())
        with time_machine.travel(datetime(2030, 1, 1, tzinfo=UTC)):
            assert written(paper()) == first


class TestTables:
    def test_are_typed_and_ready_to_filter(self) -> None:
        sheet = opened(written(paper()))["Funds  all"]

        assert (sheet.freeze_panes, sheet.auto_filter.ref) == ("A2", "A1:H7")
        assert sheet.merged_cells.ranges == set()
        formats = {cell.value: sheet.cell(3, cell.column or 0).number_format for cell in sheet[1]}
        assert formats["Allocated (£)"] == "#,##0.00;[Red]-#,##0.00;0.00"
        assert (formats["Used"], formats["Decided"]) == ("0.0%", "dd/mm/yyyy")

    def test_carry_formulas_with_their_values_only_where_these_agree(self) -> None:
        content = written(paper())
        formulas, values = opened(content)["Funds  all"], opened(content, values=True)["Funds  all"]

        assert [formulas[at].value for at in ("B5", "B7", "D3", "E3")] == [
            "=SUM(B3:B4)", "=SUM(B3:B4,B6:B6)", "=B3-C3", '=IF(B3=0,"n/a",ROUND(C3/B3,3))',
        ]  # fmt: skip
        assert [values[at].value for at in ("B5", "B7", "D3", "E3", "E6")] == [60_000, 60_000, 30_000, 0.4, "n/a"]
        assert formulas["F5"].value == 5  # organisations count once, so they do not add up

    def test_tell_totals_from_rows(self) -> None:
        kinds = by_calamine(written(paper()), "Funds  all").column("Kind of row")
        assert kinds == ["Group", "Row", "Row", "Subtotal", "Row", "Total"]

    def test_keep_hostile_text_as_text(self) -> None:
        content = written(paper())
        cell = opened(content)["Funds  all"]["A3"]

        assert (cell.value, cell.data_type, cell.quotePrefix) == (HOSTILE, "s", True)
        assert by_calamine(content, "Funds  all").rows[1][0] == HOSTILE

    def test_put_words_in_place_of_a_value_and_beside_one(self) -> None:
        column = Column("before", "2019/20 £", CellType.MONEY)
        rows = (Row("a", (Cell(None, "New"),)), Row("b", (Cell(5_00, "(example)"),)))
        sheet = by_calamine(written(paper(blocks=(Table("t", "Last year", (column,), rows),))), "Last year")

        assert sheet.headings == ["2019/20 (£)", "2019/20: note"]
        assert sheet.rows == [["New", ""], [5, "(example)"]]

    def test_of_one_name_have_sheets_of_their_own(self) -> None:
        tables = tuple(Table(key, "About", COLUMNS[:1], ()) for key in "ab")
        assert opened(written(paper(blocks=tables))).sheetnames == ["About", "About 2", "About 3"]
