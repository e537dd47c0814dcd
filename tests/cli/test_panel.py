"""The Panel's section by the command: a Word file of a quarter, and refusals in words."""

from io import BytesIO
from pathlib import Path

import pytest
from docx import Document

from tests.cli.conftest import Office
from tests.cli.test_answers import keep_books


@pytest.fixture
def kept(office: Office) -> Office:
    keep_books(office)
    return office


@pytest.mark.parametrize("quarter", ["2020/21-Q1", "2020/21 Q1"])
def test_a_quarter_is_written_where_it_was_asked_for(kept: Office, tmp_path: Path, quarter: str) -> None:
    file = tmp_path / "panel.docx"
    answer = kept.ask("export", "panel", "--quarter", quarter, "--meeting", "21 September 2020", "-o", file)
    assert answer == {"file": str(file), "bytes": file.stat().st_size}
    said = [one.text for one in Document(BytesIO(file.read_bytes())).paragraphs]
    assert "21 September 2020" in said
    assert "Members of the Panel are invited to consider this report." in said


def test_a_folder_takes_it_under_its_own_name(kept: Office, tmp_path: Path) -> None:
    kept.run("export", "panel", "--quarter", "2020/21-Q2", "-o", tmp_path)
    assert [path.name for path in tmp_path.glob("*.docx")] == ["panel-2020-21-q2-as-at-2020-09-30.docx"]


@pytest.mark.parametrize(
    ("words", "says"),
    [
        (("--quarter", "2020/21-Q7"), "“2020/21-Q7” is not a quarter. Write it like 2020/21-Q1."),
        (("--quarter", "2098/99-Q1"), "2098/99 Q1 begins on 1 April 2098. There is nothing to report yet."),
        (("--quarter", "2020/21-Q2", "--as-at", "2020-06-01"), "Enter a day of it, or a later one."),
    ],
)
def test_what_cannot_be_written_is_refused_in_words(
    kept: Office, tmp_path: Path, words: tuple[str, ...], says: str
) -> None:
    answer = kept.ask("export", "panel", *words, "-o", tmp_path / "panel.docx", status=1)
    assert says in answer["refused"]
    assert not list(tmp_path.glob("*.docx"))
