"""Taking the books out: whole files or none, in place of an older one, or on the output."""

import io
import subprocess
import sys
from pathlib import Path

import openpyxl
import pytest

from tests.cli.conftest import Office
from tests.cli.test_answers import keep_books


def sheets_of(content: bytes) -> list[str]:
    return openpyxl.load_workbook(io.BytesIO(content)).sheetnames


def printed(office: Office, *words: str) -> bytes:
    command = [sys.executable, "-m", "fundtracker", *words]
    return subprocess.run(command, env=office.whole_environment, capture_output=True, check=True).stdout


@pytest.fixture
def kept(office: Office) -> Office:
    keep_books(office)
    return office


def test_the_ledger_is_written_where_it_was_asked_for(kept: Office, tmp_path: Path) -> None:
    file = tmp_path / "ledger.xlsx"
    answer = kept.ask("export", "ledger", "--fund", "srf20", "--year", "2020/21", "--as-at", "2020-09-21", "-o", file)

    assert answer == {"file": str(file), "bytes": file.stat().st_size}
    assert {"Ledger", "Summary", "About"} <= set(sheets_of(file.read_bytes()))
    assert [path.name for path in tmp_path.iterdir() if path.is_file()] == ["ledger.xlsx"]


def test_a_folder_takes_it_under_its_own_name(kept: Office, tmp_path: Path) -> None:
    said = kept.run("export", "ledger", "--as-at", "2020-09-21", "-o", tmp_path)

    written = next(tmp_path.glob("*.xlsx"))
    assert said.stdout == f"Written: {written}\n"
    assert "as-at-2020-09-21" in written.name


def test_it_goes_to_the_output_byte_for_byte(kept: Office) -> None:
    assert "Ledger" in sheets_of(printed(kept, "export", "ledger", "-o", "-"))


def test_it_takes_the_place_of_an_older_file(kept: Office, tmp_path: Path) -> None:
    file = tmp_path / "ledger.xlsx"
    file.write_text("last month's")

    assert kept.run("export", "ledger", "-o", file).exit_code == 0

    assert "Ledger" in sheets_of(file.read_bytes())


def test_the_journal_holds_every_entry(kept: Office, tmp_path: Path) -> None:
    file = tmp_path / "books.journal"
    kept.ask("export", "journal", "-o", file)

    written = file.read_bytes()
    assert written.startswith(b"; ")
    assert "2020-06-30" in written.decode()
    assert written == printed(kept, "export", "journal")


@pytest.mark.parametrize(
    ("words", "says"),
    [
        (["--fund", "NONE99"], "NONE99"),
        (["--as-at", "1 January 2199"], "has not come yet"),
        (["--as", "nobody@office.example"], "Nobody here has the email address"),
    ],
)
def test_what_cannot_be_is_refused_and_nothing_is_written(kept: Office, words: list[str], says: str) -> None:
    file = kept.folder / "ledger.xlsx"

    refused = kept.ask("export", "ledger", "-o", file, *words, status=1)["refused"]

    assert says in refused
    assert not file.exists()


def test_a_place_that_cannot_be_written_is_refused(kept: Office, tmp_path: Path) -> None:
    refused = kept.ask("export", "ledger", "-o", tmp_path / "no" / "such" / "ledger.xlsx", status=1)["refused"]
    assert "cannot be written" in refused


def test_json_and_the_file_cannot_share_the_output(kept: Office) -> None:
    assert kept.run("export", "ledger", "-o", "-", "--json").exit_code == 2


def test_the_summary_is_written_with_its_charts_under_a_name_that_says_what_it_is(kept: Office, tmp_path: Path) -> None:
    answer = kept.ask("export", "summary", "--year", "2020/21", "--as-at", "2020-09-21", "-o", tmp_path)

    file = tmp_path / "summary-2020-21-as-at-2020-09-21.xlsx"
    assert answer == {"file": str(file), "bytes": file.stat().st_size}
    assert {"About", "Charts", "Funds", "Control"} <= set(sheets_of(file.read_bytes()))
