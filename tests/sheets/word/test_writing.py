"""Papers as Word files: read back with real styles, the same to the byte, and no author's note in them."""

from datetime import UTC, date, datetime
from io import BytesIO
from zipfile import ZipFile

from docx import Document

from fundtracker.domain.papers import Cell, CellType, Column, Content, Row, RowKind, Table, Words
from fundtracker.domain.statuses import PaperKind
from fundtracker.sheets.word.making import DEFAULT, make_template
from fundtracker.sheets.word.writing import word_name, write_word

MOMENT = datetime(2020, 9, 21, 9, 0, tzinfo=UTC)
SAID = "In total £47,279.94 {{ 7 * 7 }} was “given” & <taken>."
TABLE = Table(
    "funds", "Funds",
    (Column("fund", "Fund"), Column("awarded", "Awarded", CellType.MONEY), Column("n", "Used", CellType.SHARE)),
    (
        Row("g", (Cell("Putting victims first"), Cell(), Cell()), RowKind.GROUP),
        Row("A", (Cell("Roads & <Streets>"), Cell(4727994), Cell(946))),
        Row("B", (Cell("None stated"), Cell(None, "Not stated"), Cell(None, "n/a"))),
        Row("total", (Cell("Total"), Cell(4727994), Cell(946)), RowKind.TOTAL),
    ),
    "A note & more",
)  # fmt: skip
CONTENT = Content(
    PaperKind.PANEL, "Activity report (April to June 2020)", date(2020, 6, 30), 25,
    (
        Words("panel", "West Mercia Police and Crime Panel"), Words("h", "Putting victims first", 1),
        Words("f", "A fund", 2), Words("p", SAID, bullets=("One", "Two"), warnings=("Undated",)), Words("q", "Second"),
        TABLE, Words("end.risk.head", "Risk management implications", 1), Words("end.risk", "None."),
    ),
    "2020/21 Q1", date(2020, 9, 21),
)  # fmt: skip


def written(content: Content = CONTENT) -> bytes:
    return write_word(content, office="West Mercia (example)", made_at=MOMENT)


def test_a_paper_is_read_back_with_words_own_styles() -> None:
    document = Document(BytesIO(written()))
    said = [(one.style.name if one.style else "", one.text) for one in document.paragraphs if one.text]
    assert said == [
        ("Heading 1", "West Mercia Police and Crime Panel"),
        ("Normal", "21 September 2020"),
        ("Title", "Activity report (April to June 2020)"),
        ("Heading 1", "Putting victims first"),
        ("Heading 2", "A fund"),
        ("Numbered paragraph", SAID),
        ("List Bullet", "One"),
        ("List Bullet", "Two"),
        ("Numbered paragraph", "Second"),
        ("Heading 2", "Funds"),
        ("Table words", "A note & more"),
        ("Heading 1", "Risk management implications"),
        ("Plain paragraph", "None."),
    ]
    section = document.sections[0]
    assert section.header.paragraphs[0].text == "West Mercia Police and Crime Panel\t2020/21 Q1"
    assert section.footer.paragraphs[0].text.startswith("West Mercia (example). As at 30 June 2020, entries to 25.")
    assert (document.core_properties.title, document.core_properties.language) == (CONTENT.title, "en-GB")


def test_a_table_keeps_its_groups_and_figures() -> None:
    (table,) = Document(BytesIO(written())).tables
    rows = [[cell.text.strip() for cell in row.cells] for row in table.rows]
    assert rows[0] == ["Fund", "Awarded (£)", "Used"]
    assert rows[1] == ["Putting victims first"] * 3  # one cell that spans them
    assert rows[2:] == [["Roads & <Streets>", "47,279.94", "94.6%"], ["None stated", "Not stated", "n/a"],
                        ["Total", "47,279.94", "94.6%"]]  # fmt: skip


def test_the_same_paper_is_the_same_file_and_warnings_stay_out() -> None:
    assert written() == written()
    with ZipFile(BytesIO(written())) as package:
        assert all(b"Undated" not in package.read(name) for name in package.namelist())
        assert b'w:lang w:val="en-GB"' in package.read("word/styles.xml")
    assert word_name(CONTENT) == "panel-2020-21-q1-as-at-2020-06-30.docx"


def test_a_paper_without_a_meeting_or_a_panel_has_no_line_for_them() -> None:
    bare = Content(PaperKind.SUMMARY, "Summary", date(2020, 6, 30), 25, (Words("w", "Words"),))
    document = Document(BytesIO(written(bare)))
    assert [one.text for one in document.paragraphs if one.text] == ["Summary", "Words"]
    assert document.sections[0].header.paragraphs[0].text == "West Mercia (example)\t"


def test_the_template_is_what_its_script_makes() -> None:
    assert make_template() == DEFAULT.read_bytes()
