"""What the values of cells leave unsaid is told alike of .xls, .ods and .xlsx."""

import struct
import zipfile
from datetime import date
from pathlib import Path

import pytest

from fundtracker.sheets.files.sheets import read_sheets
from fundtracker.sheets.unsafe import WorkbookRefusedError
from tests.hostile.packages import STRINGS, package, parts, sheet, strings

UNSAID = Path(__file__).parents[2] / "data" / "unsaid"
FORMATS = ("xls", "ods", "xlsx")
STRICT = {
    b"http://schemas.openxmlformats.org/spreadsheetml/2006/main": b"http://purl.oclc.org/ooxml/spreadsheetml/main",
    b"http://schemas.openxmlformats.org/officeDocument/2006": b"http://purl.oclc.org/ooxml/officeDocument",
}


@pytest.mark.parametrize("kind", FORMATS)
def test_tells_errors_hidden_rows_and_merged_areas(kind: str) -> None:
    awards, hidden = read_sheets((UNSAID / f"awards.{kind}").read_bytes(), "")
    assert awards.faults == {(2, 2): "holds the error #DIV/0!", (8, 2): "holds the error #N/A"}
    assert (awards.hidden, awards.merged) == ({4}, (((6, 2), (7, 2)),))
    assert awards.rows[1][2] == date(2020, 5, 1)
    assert (awards.visible, hidden.visible) == (True, False)


@pytest.mark.parametrize("kind", FORMATS)
@pytest.mark.parametrize("part", [3, 2])
def test_a_part_of_a_file_is_cut_short(kind: str, part: int) -> None:
    content = (UNSAID / f"awards.{kind}").read_bytes()
    with pytest.raises(WorkbookRefusedError, match="is cut short: its end is missing"):
        read_sheets(content[: len(content) * 1 // part], "")


def test_a_chain_of_sectors_that_goes_round_is_damage() -> None:
    content = bytearray((UNSAID / "awards.xls").read_bytes())
    (lists,) = struct.unpack_from("<I", content, 76)
    for sector in range(128):
        struct.pack_into("<I", content, (lists + 1) * 512 + sector * 4, sector)
    with pytest.raises(WorkbookRefusedError, match="is damaged"):
        read_sheets(bytes(content), "")


def test_a_formula_of_an_old_workbook_that_was_never_worked_out_has_no_result() -> None:
    content = bytearray((UNSAID / "awards.xls").read_bytes())
    result = content.index(struct.pack("<d", 15.0))
    content[result : result + 9] = bytes(8) + b"\x03"
    awards, _ = read_sheets(bytes(content), "")
    assert awards.faults[3, 2] == "holds a formula with no stored result"


def test_an_open_document_formula_without_a_result_has_none() -> None:
    with zipfile.ZipFile(UNSAID / "awards.ods") as opened:
        made = {name: opened.read(name) for name in opened.namelist()}
    worked_out = b' office:value-type="float" office:value="15" calcext:value-type="float"><text:p>15</text:p>'
    assert worked_out in made["content.xml"]
    made["content.xml"] = made["content.xml"].replace(worked_out, b">")
    awards, _ = read_sheets(package(made=made), "")
    assert awards.faults[3, 2] == "holds a formula with no stored result"


def test_a_strict_workbook_is_read_and_says_so() -> None:
    rows = b'<row r="1"><c r="A1" t="s"><v>1</v></c><c r="B1" t="d"><v>2020-05-01</v></c><c r="C1"><v>8.5</v></c></row>'
    made = parts({"Awards": sheet(rows)})
    made[STRINGS] = strings(b"first", b"second")
    for old, new in STRICT.items():
        made = {name: content.replace(old, new) for name, content in made.items()}
    (awards,) = read_sheets(package(made=made), "")
    assert awards.rows == (("second", date(2020, 5, 1), 8.5),)
    assert awards.notes[0].startswith("This workbook is saved as Strict Open XML.")


def test_more_merged_areas_than_anyone_makes_are_refused() -> None:
    merged = b"".join(b'<mergeCell ref="A%d:A%d"/>' % (row, row + 1) for row in range(1, 40_003, 2))
    with pytest.raises(WorkbookRefusedError, match="more than 20,000 merged areas"):
        read_sheets(package(made=parts({"A": sheet(after=b"<mergeCells>%b</mergeCells>" % merged)})), "")
