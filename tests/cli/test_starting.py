"""An empty office: made once, with its first administrator, and never over another."""

import os
import sqlite3
import stat
from pathlib import Path

import pytest

from fundtracker.app import create_app
from fundtracker.config import Settings
from fundtracker.services.office import list_names
from fundtracker.store.office import Area, Objective
from fundtracker.store.office import Office as Kept
from fundtracker.store.people import Person
from fundtracker.web.db import db
from tests.cli.conftest import Office


def test_it_makes_an_empty_office_whose_administrator_sets_a_password(anywhere: Office) -> None:
    answer = anywhere.ask("init")

    assert answer["office"] == "Office of the Police and Crime Commissioner"
    assert answer["email"] == "administrator@office.example"
    assert anywhere.ask("summary")["totals"]["allocated"] == "0.00"
    assert anywhere.ask("check")["differences"] == []
    app = create_app(Settings(anywhere.folder, anywhere.url.replace("postgresql://", "postgresql+psycopg://")))
    page = app.test_client().get(answer["link"])
    with app.app_context():
        db.engine.dispose()
    assert page.status_code == 200
    assert "New password" in page.text


def test_its_names_objectives_and_areas_are_what_was_asked_for(folder: Office) -> None:
    words = ["--name", "West Mercia PCC", "--panel-name", "The Panel", "--objective", "One", "--objective", "Two"]
    folder.ask("init", *words, "--area", "Shropshire", "--email", "Head@office.example", "--administrator", "Head")

    app = create_app(Settings(folder.folder, folder.url))
    with app.app_context():
        kept = db.session.get_one(Kept, 1)
        assert (kept.name, kept.panel_name, kept.demonstration) == ("West Mercia PCC", "The Panel", False)
        assert list_names(db.session(), Objective) == ["One", "Two"]
        assert list_names(db.session(), Area) == ["Shropshire"]
        assert [(p.name, p.email, p.role) for p in db.session.query(Person)] == [
            ("Head", "head@office.example", "administrator")
        ]
        db.session.remove()
        db.engine.dispose()


def test_a_second_office_in_the_same_place_is_refused(anywhere: Office) -> None:
    anywhere.ask("init", "--name", "The first")
    people = anywhere.ask("user", "list")

    again = anywhere.ask("init", "--name", "The second", status=1)

    assert again["refused"].startswith("There is an office already in")
    assert anywhere.ask("user", "list") == people


def test_a_file_that_is_no_database_is_left_alone(folder: Office) -> None:
    folder.folder.mkdir()
    file = folder.folder / "fundtracker.sqlite"
    file.write_text("these are not the books" * 100)

    for words in (("init",), ("summary",), ("check",), ("doctor",), ("user", "list")):
        refused = folder.ask(*words, status=1)["refused"]
        assert refused == f"The database {file} cannot be used: file is not a database."
    assert file.read_text().startswith("these are not the books")


def test_another_programs_tables_are_left_alone(folder: Office) -> None:
    folder.folder.mkdir()
    with sqlite3.connect(folder.folder / "fundtracker.sqlite") as other:
        other.execute("CREATE TABLE recipe (name TEXT)")
    other.close()

    for words in (("init",), ("summary",)):
        assert "not fundtracker's" in folder.ask(*words, status=1)["refused"]


@pytest.mark.skipif(os.name != "posix", reason="Windows keeps permissions elsewhere")
def test_only_its_owner_reads_it(office: Office) -> None:
    def mode(path: Path) -> int:
        return stat.S_IMODE(path.stat().st_mode)

    assert mode(office.folder) == 0o700
    assert mode(office.folder / "fundtracker.sqlite") == 0o600
    assert mode(office.folder / "secret_key") == 0o600


def test_a_folder_that_cannot_be_made_is_refused(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("in the way")
    in_the_way = Office(tmp_path / "file" / "office")

    refused = in_the_way.run("init")

    assert (refused.exit_code, refused.stdout) == (1, "")
    assert "cannot be written" in refused.stderr


def test_an_address_that_is_none_is_refused_before_anything_is_kept(folder: Office) -> None:
    folder.ask("init", "--email", "nobody", status=1)

    assert folder.ask("init", "--email", "somebody@office.example")["email"] == "somebody@office.example"
