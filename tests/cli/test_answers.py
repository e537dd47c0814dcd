"""Answers for people and for programs: refusals, usage errors, exit statuses, any terminal."""

import json
import os
import subprocess
import sys
from datetime import date
from pathlib import Path

import pytest
from sqlalchemy.orm import Session

from fundtracker import __version__
from fundtracker.store.engine import open_engine
from tests.books.builder import Books
from tests.cli.conftest import Office

READERS = (("summary",), ("check",), ("user", "list"), ("user", "link", "a@b.example"))


def keep_books(office: Office) -> None:
    """Keep £50,000 on 1 April 2020, of which £1,064 is awarded at the end of June."""
    engine = open_engine(office.url)
    with Session(engine) as session:
        books = Books(session)
        books.award(books.fund("50,000"), "1,064")
    engine.dispose()


@pytest.mark.parametrize("words", READERS, ids=" ".join)
def test_where_there_is_no_office_it_says_so_and_makes_nothing(folder: Office, words: tuple[str, ...]) -> None:
    sentence = "There is no office here yet. Run fundtracker init."

    said = folder.run(*words)

    assert (said.exit_code, said.stdout, said.stderr) == (1, "", f"{sentence}\n")
    assert folder.ask(*words, status=1) == {"refused": sentence}
    assert not folder.folder.exists()


@pytest.mark.parametrize("words", [("summry",), ("summary", "--as-at", "31/2/2020"), ("summary", "--up-to-entry", "-1"),
                                   ("user", "add"), ("import",), ("export", "ledger")], ids=" ".join)  # fmt: skip
def test_what_is_typed_wrongly_is_a_usage_error(office: Office, words: tuple[str, ...]) -> None:
    said = office.run(*words)

    assert said.exit_code == 2
    assert said.stdout == ""
    assert "Usage:" in said.stderr


@pytest.mark.parametrize(
    ("address", "says"),
    [
        ("nonsense", "FUNDTRACKER_DATABASE is not the address of a database."),
        ("mysql://server/database", "FUNDTRACKER_DATABASE is not the address of a database."),
        ("postgresql://someone:secret@127.0.0.1:1/books", "cannot be used"),
        ("sqlite:////nowhere/at/all.sqlite", "There is no office here yet."),
    ],
)
def test_a_database_out_of_reach_is_refused_without_its_password(folder: Office, address: str, says: str) -> None:
    folder.database = address

    refused = folder.ask("summary", status=1)["refused"]

    assert says in refused
    assert "secret" not in refused


def test_it_says_its_version() -> None:
    said = subprocess.run(
        [sys.executable, "-m", "fundtracker", "--version"], capture_output=True, text=True, check=True
    )
    assert said.stdout == f"fundtracker {__version__}\n"


def test_the_summary_in_words_fits_100_columns_and_adds_up(office: Office) -> None:
    keep_books(office)

    lines = office.run("summary", "--as-at", "21 September 2020").stdout.splitlines()

    assert lines[0] == "As at 21 September 2020, up to entry 2"
    assert lines[4].split()[-4:] == ["50,000.00", "1,064.00", "48,936.00", "0.00"]
    assert lines[6].split()[-4:] == ["50,000.00", "1,064.00", "48,936.00", "0.00"]
    assert lines[8] == "1 award to 1 organisation."
    assert max(map(len, lines)) <= 100


def test_a_day_and_an_entry_number_repeat_an_old_answer(office: Office) -> None:
    keep_books(office)

    assert office.ask("summary", "--as-at", "1/4/2020")["totals"]["awarded"] == "0.00"
    assert office.ask("summary", "--up-to-entry", "1")["totals"]["remaining"] == "50000.00"
    assert office.ask("summary", "--as-at", "2020-06-30")["totals"]["remaining"] == "48936.00"
    assert office.ask("summary")["as_at"] >= date(2020, 6, 30).isoformat()


@pytest.mark.parametrize("encoding", ["cp1251", "cp1252", "utf-8"])
def test_any_terminal_can_show_it(office: Office, encoding: str) -> None:
    keep_books(office)
    said = subprocess.run(
        [sys.executable, "-m", "fundtracker", "summary"],
        env={**office.whole_environment, "PYTHONIOENCODING": encoding}, capture_output=True, check=True,
    )  # fmt: skip
    assert "48,936.00" in said.stdout.decode(encoding)


def test_a_sum_keeps_its_sign_on_a_terminal_that_has_no_minus(folder: Office) -> None:
    program = (
        "import click; from fundtracker.cli.terminal import suit_any_terminal; suit_any_terminal();"
        "click.echo('\\u2212\\u00a310.00 \\u201cx\\u201d \\u4e2d')"
    )
    said = subprocess.run(
        [sys.executable, "-c", program], env={**folder.whole_environment, "PYTHONIOENCODING": "cp1251"},
        capture_output=True, check=True,
    )  # fmt: skip
    assert said.stdout.decode("cp1251").strip() == "-GBP 10.00 “x” ?"


def test_json_is_ascii_so_that_no_pipe_changes_it(office: Office) -> None:
    said = office.run("user", "link", "nobody£@office.example", "--json").stdout
    assert said.isascii()
    assert "nobody£@office.example" in json.loads(said)["refused"]


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="only Linux has a device that is always full")
@pytest.mark.parametrize("words", [("summary", "--json"), ("summary",), ("export", "journal")], ids=" ".join)
def test_a_full_disk_under_the_output_is_said(office: Office, words: tuple[str, ...]) -> None:
    keep_books(office)
    with Path("/dev/full").open("wb") as full:
        said = subprocess.run(
            [sys.executable, "-m", "fundtracker", *words], stdout=full, stderr=subprocess.PIPE, check=False, text=True,
            env=office.whole_environment,
        )  # fmt: skip
    assert said.returncode == 1
    assert said.stderr == "The output cannot be written or read: No space left on device.\n"


def test_a_folder_that_cannot_be_written_is_said(office: Office) -> None:
    lock = office.folder / "fundtracker.sqlite.lock"
    lock.unlink(missing_ok=True)
    lock.mkdir()
    refused = office.ask("user", "add", "a@b.example", "--name", "A", "--role", "finance-officer", status=1)
    assert refused == {"refused": f"{lock} cannot be written or read: Is a directory."}


def test_a_file_that_may_not_be_read_is_refused(
    office: Office, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    workbook, allowed, read = tmp_path / "tracker.xlsx", os.access, Path.read_bytes
    workbook.touch()

    def forbidden(path: Path) -> bytes:
        if path == workbook:
            raise PermissionError(13, "Permission denied", str(path))
        return read(path)

    monkeypatch.setattr("os.access", lambda path, *how, **more: path != workbook and allowed(path, *how, **more))
    monkeypatch.setattr(Path, "read_bytes", forbidden)
    refused = office.ask("import", "office", workbook, status=1)
    assert refused == {"refused": f"{workbook} cannot be read: Permission denied."}


def test_a_day_that_has_not_come_is_refused(office: Office) -> None:
    refused = office.ask("summary", "--as-at", "1 January 2199", status=1)["refused"]
    assert refused == "1 January 2199 has not come yet. Enter today's date or an earlier one."
