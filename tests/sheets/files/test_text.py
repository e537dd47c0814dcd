"""Text files of rows: how people's programs encode them, part their cells and break their lines."""

import pytest

from fundtracker.sheets.files.sheets import read_sheets
from fundtracker.sheets.reading import Sheet
from fundtracker.sheets.unsafe import WorkbookRefusedError

ROWS = (("Name", "Paid (£)"), ("Café", "£1,064"))
TEXT = 'Name,Paid (£)\r\nCafé,"£1,064"\r\n'
TWICE = TEXT.encode().decode("cp1252").encode()


def _read(content: bytes) -> Sheet:
    (sheet,) = read_sheets(content, "Payments 2020.csv")
    return sheet


@pytest.mark.parametrize(
    "content",
    [
        TEXT.encode(),
        TEXT.encode("utf-8-sig"),
        TEXT.encode("cp1252"),
        b"\xef\xbb\xbf\xef\xbb\xbf" + TEXT.encode(),
        b"\xc3\xaf\xc2\xbb\xc2\xbf" + TEXT.encode(),
        b"\xc3\xaf\xc2\xbb\xc2\xbf" + TWICE,
        TEXT.encode("utf-16"),
        TEXT.encode("utf-16-be"),
        b"\xfe\xff" + TEXT.encode("utf-16-be"),
        TEXT.encode("utf-16-le"),
        TEXT.replace("\r\n", "\n").encode(),
        TEXT.replace("\r\n", "\r").encode(),
        TEXT.rstrip().encode(),
        TEXT.replace(",P", ";P").replace(',"', ';"').encode(),
        TEXT.replace(",P", "\tP").replace(',"', '\t"').encode(),
        TEXT.replace(",P", "|P").replace(',"', '|"').encode(),
        b"sep=;\r\n" + TEXT.replace(",P", ";P").replace(',"', ';"').encode(),
        TEXT.replace("Name", "Na\0me").encode(),
        b"\r\n\r\n" + TEXT.encode() + b",\r\n\r\n",
    ],
    ids=(
        "utf-8", "mark", "windows", "two marks", "mark encoded twice", "all encoded twice", "utf-16 marked",
        "utf-16 big end first", "utf-16 big marked", "utf-16 little end first", "lf", "cr", "no last line end",
        "semicolons", "tabs", "bars", "sep=", "nul", "blank rows around",
    ),
)  # fmt: skip
def test_reads_the_same_rows_however_they_are_written(content: bytes) -> None:
    sheet = _read(content)
    assert (sheet.name, sheet.visible, sheet.rows) == ("Payments 2020", True, ROWS)
    assert sheet.first_row == (3 if content.startswith(b"\r\n") else 1)


@pytest.mark.parametrize(
    ("content", "says"),
    [
        (
            b"Caf\xe9,Caf\xc3\xa9\n",
            "Parts of this file are UTF-8 and parts are Windows text: each was read as what it is.",
        ),
        (b"\xc3\xaf\xc2\xbb\xc2\xbf" + TWICE, "This file was encoded twice: its letters were put right."),
        (b"a\0b,c\n", "This file holds NUL characters, which stand for nothing: they were left out."),
    ],
)
def test_says_what_was_put_right(content: bytes, says: str) -> None:
    assert _read(content).notes == (says,)


def test_a_cell_may_break_its_lines_and_a_row_may_be_longer_or_shorter() -> None:
    sheet = _read(b'a,b,c\n"1\r\n2",\n\nx,y,z,"say ""w"""\n')
    assert list(sheet.numbered()) == [
        (1, ("a", "b", "c")),
        (2, ("1\r\n2", "")),
        (3, ()),
        (4, ("x", "y", "z", 'say "w"')),
    ]


def test_decimal_commas_do_not_part_cells() -> None:
    assert _read(b"Name;Net;VAT\nA;1,50;0,30\nB;2,50;0,50\n").rows[1] == ("A", "1,50", "0,30")


def test_titles_above_do_not_say_what_parts_cells() -> None:
    content = b"Payments over 500, April, May and June, all of them\n\n" + b"Name\tNet\n" + b"A, B and C\t1\n" * 9
    assert _read(content).rows[-1] == ("A, B and C", "1")


@pytest.mark.parametrize("content", [b'a,b\n"c,d\n', b'a,b\n1,2\n3,"4\n5,6\n'])
def test_a_quotation_mark_that_is_never_closed_swallows_no_rows(content: bytes) -> None:
    with pytest.raises(WorkbookRefusedError, match=r"Row [23] has a quotation mark that is never closed"):
        _read(content)


def test_a_quotation_mark_within_a_cell_is_a_letter() -> None:
    assert _read(b'a,b\nThe "Old" Mill,"2" x\n').rows[1][0] == 'The "Old" Mill'


def test_empty_cells_to_the_edge_are_no_columns() -> None:
    assert _read(b"a,b" + b"," * 20_000 + b"\n").rows == (("a", "b"),)
