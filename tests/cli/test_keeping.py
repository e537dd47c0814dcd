"""`fundtracker backup` and `restore`: the whole office in a file and back, in words, and what is refused."""

import os
import stat
from pathlib import Path

import pytest
from sqlalchemy import create_engine, make_url, text

from fundtracker.cli.starting import make_database
from fundtracker.config import Settings
from tests.cli.conftest import Office
from tests.cli.test_answers import keep_books


@pytest.fixture
def office(folder: Office) -> Office:
    """Keep an office's books in a file."""
    folder.ask("init", "--name", "West Mercia PCC")
    keep_books(folder)
    return folder


def test_an_office_comes_back_without_init_on_the_other_engine(
    anywhere: Office, empty_postgresql: str, tmp_path: Path
) -> None:
    office = anywhere
    office.ask("init", "--name", "West Mercia PCC")
    keep_books(office)
    other = Office(tmp_path / "again", "" if office.database else empty_postgresql)
    (tmp_path / "backups").mkdir()

    made = office.ask("backup", "-o", tmp_path / "backups")
    done = other.ask("restore", made["file"])
    again = other.ask("backup", "-o", tmp_path / "again.zip")

    assert Path(made["file"]).name.startswith("west-mercia-pcc-backup-20")
    assert (made["last_entry"], made["differences"], made["faults"]) == (2, [], [])
    assert made["sha256"] == done["sha256"] == again["sha256"]
    assert made["history"] == done["history"] == again["history"] == other.ask("verify")["head"]
    assert {made["engine"], again["engine"]} == {"sqlite", "postgresql"}
    assert other.ask("summary") == office.ask("summary")
    assert other.ask("check")["differences"] == []


@pytest.mark.skipif(os.name != "posix", reason="Windows keeps permissions elsewhere")
def test_what_it_makes_only_its_owner_reads(office: Office, tmp_path: Path) -> None:
    file = office.ask("backup", "-o", tmp_path / "backup.zip")["file"]
    again = Office(tmp_path / "again")
    again.ask("restore", file)

    made = (Path(file), again.folder / "fundtracker.sqlite", again.folder / "secret_key")
    assert [stat.S_IMODE(path.stat().st_mode) for path in made] == [0o600] * 3
    assert stat.S_IMODE(again.folder.stat().st_mode) == 0o700
    assert sorted(path.name for path in again.folder.iterdir()) == ["fundtracker.sqlite", "secret_key"]
    assert (again.folder / "secret_key").read_text() != (office.folder / "secret_key").read_text()


def test_it_says_in_words_what_was_done(office: Office, tmp_path: Path) -> None:
    said = office.run("backup", "-o", tmp_path / "backup.zip")
    back = Office(tmp_path / "again").run("restore", tmp_path / "backup.zip")

    assert (said.exit_code, back.exit_code) == (0, 0), said.output + back.output
    assert f"Written: {tmp_path / 'backup.zip'}\nIt holds West Mercia PCC as it was on " in said.stdout
    assert "up to entry 2" in said.stdout
    assert "restored on trial" in said.stdout
    assert back.stdout.startswith(f"Restored in {tmp_path / 'again'}: West Mercia PCC as it was on ")
    for words in (said.stdout, back.stdout):
        assert "2 entries, difference £0.00." in words
        assert "The history was verified: " in words


def test_nothing_that_is_there_is_written_over(office: Office, tmp_path: Path) -> None:
    file = tmp_path / "backup.zip"
    office.ask("backup", "-o", file)
    before = file.read_bytes()

    refused = office.ask("backup", "-o", file, status=1)["refused"]
    over_an_office = office.ask("restore", file, status=1)["refused"]

    assert refused == f"{file} is there already, and was left as it is. Name another file, or use --force."
    assert over_an_office.startswith("There is an office already in")
    assert file.read_bytes() == before
    assert office.ask("backup", "-o", file, "--force")["last_entry"] == 2
    assert office.run("backup", "-o", "-").exit_code == 2


def test_a_place_with_tables_and_no_office_is_left_alone(office: Office, empty_postgresql: str, tmp_path: Path) -> None:
    file = office.ask("backup", "-o", tmp_path / "backup.zip")["file"]
    for other in (Office(tmp_path / "file"), Office(tmp_path / "server", empty_postgresql)):
        make_database(Settings(other.folder, other.url))

        refused = other.ask("restore", file, status=1)["refused"]

        assert refused == "This database holds tables already, though no office. Name an empty one."


def test_a_file_that_is_no_backup_is_refused(folder: Office, tmp_path: Path) -> None:
    (tmp_path / "notes.zip").write_text("not a zip")

    for name, says in (("notes.zip", "is no backup"), ("missing.zip", "No such file")):
        assert says in folder.ask("restore", tmp_path / name, status=1)["refused"]
    assert not folder.folder.exists()
    assert folder.ask("backup", "-o", tmp_path / "b.zip", status=1)["refused"].startswith("There is no office here yet")


def test_on_postgresql_one_who_may_make_no_tables_is_refused(
    office: Office, empty_postgresql: str, tmp_path: Path
) -> None:
    file = office.ask("backup", "-o", tmp_path / "backup.zip")["file"]
    role = f"reader_{os.urandom(4).hex()}"
    owner = create_engine(empty_postgresql, isolation_level="AUTOCOMMIT")
    with owner.connect() as connection:
        connection.execute(text(f"CREATE ROLE {role} LOGIN"))
        address = make_url(empty_postgresql).set(username=role).render_as_string(hide_password=False)
        other = Office(tmp_path / "other", address)

        refused = other.ask("restore", file, status=1)["refused"]

        assert "may not make tables" in refused
        connection.execute(text(f"DROP ROLE {role}"))
    owner.dispose()
