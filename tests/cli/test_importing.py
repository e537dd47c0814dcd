"""Bringing in a workbook: as a dry run and for good, by whom, once, and refused in one object."""

from pathlib import Path

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from fundtracker.cli.demo import STORY
from fundtracker.store.books import Entry
from fundtracker.store.engine import open_engine
from tests.cli.conftest import Office


def posted_by(office: Office) -> set[tuple[str, int | None]]:
    engine = open_engine(office.url)
    with Session(engine) as session:
        found = {(name, person) for name, person in session.execute(select(Entry.posted_by, Entry.posted_by_id))}
    engine.dispose()
    return found


def test_a_dry_run_answers_as_the_real_one_and_records_nothing(office: Office) -> None:
    dry = office.ask("import", "office", STORY, "--dry-run")
    assert office.ask("summary")["last_entry"] == 0

    real = office.ask("import", "office", STORY)

    assert (dry["dry_run"], real["dry_run"]) == (True, False)
    assert {name: dry[name] for name in ("taken", "amount_taken")} == {
        name: real[name] for name in ("taken", "amount_taken")
    }
    assert office.ask("summary")["totals"]["remaining"] == "832720.06"


def test_the_same_file_twice_adds_nothing(office: Office) -> None:
    office.ask("import", "office", STORY)
    before = office.ask("summary")

    again = office.ask("import", "office", STORY)

    assert again["taken"] == 0
    assert office.ask("summary") == before


def test_it_is_done_by_the_person_named_or_by_the_command_line(office: Office) -> None:
    office.ask("user", "add", "finance@office.example", "--name", "Finance", "--role", "finance-officer")

    assert office.run("import", "office", str(STORY), "--as", "Finance@office.example").exit_code == 0

    assert posted_by(office) == {("Finance", 2)}


def test_without_a_name_it_is_the_command_line(office: Office) -> None:
    office.ask("import", "office", STORY)
    assert posted_by(office) == {("command line", None)}


@pytest.mark.parametrize(
    ("who", "says"),
    [
        ("nobody@office.example", "Nobody here has the email address nobody@office.example."),
        ("administrator@office.example", "Administrator's post, administrator, may not record in the books."),
    ],
)
def test_somebody_who_may_not_is_refused(office: Office, who: str, says: str) -> None:
    assert says in office.ask("import", "office", STORY, "--as", who, status=1)["refused"]
    assert office.ask("summary")["last_entry"] == 0


def test_a_day_for_undated_rows_is_written_as_people_write_it(office: Office) -> None:
    answer = office.ask("import", "office", STORY, "--undated", "2 April 2020", "--year", "2020/21")
    assert answer["undated"]["date"] == "2020-04-02"


@pytest.mark.parametrize("dry", [[], ["--dry-run"]], ids=["for good", "dry run"])
def test_a_file_that_is_no_workbook_is_refused_in_one_object(office: Office, tmp_path: Path, dry: list[str]) -> None:
    file = tmp_path / "notes.xlsx"
    file.write_text("not a workbook")

    answer = office.ask("import", "office", file, *dry, status=1)
    said = office.run("import", "office", file, *dry)

    assert answer["file"] == "notes.xlsx"
    assert answer["refused"] in said.stderr
    assert (said.exit_code, said.stdout) == (1, "")


def test_a_file_that_is_not_there_is_refused(office: Office, tmp_path: Path) -> None:
    for missing in (tmp_path / "none.xlsx", tmp_path):
        assert "cannot be read" in office.ask("import", "office", missing, status=1)["refused"]
