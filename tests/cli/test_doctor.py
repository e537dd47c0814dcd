"""The doctor: what the office runs on, and each thing that puts its books at risk."""

import os
import shutil
import sqlite3
from collections import namedtuple
from pathlib import Path

import pytest
from sqlalchemy import create_engine, text

from fundtracker.services import doctor, folders
from fundtracker.store.engine import journal_mode
from tests.cli.conftest import Office

KEYS = ["engine", "version", "journal_mode", "migrations", "free_bytes", "problems"]


def test_a_new_office_in_a_file_is_well(office: Office) -> None:
    answer = office.ask("doctor")

    assert list(answer) == KEYS
    assert (answer["engine"], answer["version"], answer["problems"]) == ("sqlite", sqlite3.sqlite_version, [])
    assert answer["journal_mode"] == journal_mode()
    assert answer["free_bytes"] > 0
    assert "No problems found." in office.run("doctor").stdout


def test_where_there_is_no_office_it_says_so(folder: Office) -> None:
    answer = folder.ask("doctor", status=1)

    assert list(answer) == KEYS
    assert answer["problems"] == ["There is no office here yet. Run fundtracker init."]
    assert not folder.folder.exists()


def test_on_postgresql_another_user_should_own_the_tables(tmp_path: Path, empty_postgresql: str) -> None:
    office = Office(tmp_path / "office", empty_postgresql)
    office.ask("init")
    assert [problem[:42] for problem in office.ask("doctor", status=1)["problems"]] == [
        "The database's user owns the tables, and s"
    ]

    role = f"app_{os.urandom(4).hex()}"
    owner = create_engine(empty_postgresql, isolation_level="AUTOCOMMIT")
    with owner.connect() as connection:
        connection.execute(text(f"CREATE ROLE {role} LOGIN"))
        connection.execute(text(f"GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA public TO {role}"))
        connection.execute(text(f"GRANT USAGE ON ALL SEQUENCES IN SCHEMA public TO {role}"))
        app = owner.url.set(username=role).render_as_string(hide_password=False)
        user = Office(office.folder, app)
        answer = user.ask("doctor")
        added = user.ask("user", "add", "a@office.example", "--name", "A", "--role", "finance-officer")
        connection.execute(text(f"DROP OWNED BY {role}"))
        connection.execute(text(f"DROP ROLE {role}"))
    owner.dispose()
    assert (answer["engine"], answer["journal_mode"], answer["problems"]) == ("postgresql", None, [])
    assert added["name"] == "A"


def test_on_postgresql_a_guard_switched_off_is_missed(tmp_path: Path, empty_postgresql: str) -> None:
    office = Office(tmp_path / "office", empty_postgresql)
    office.ask("init")
    owner = create_engine(empty_postgresql, isolation_level="AUTOCOMMIT")
    with owner.connect() as connection:
        connection.execute(text("ALTER TABLE entry DISABLE TRIGGER entry_never_changes"))
    owner.dispose()

    assert any("off: entry_never_changes." in problem for problem in office.ask("doctor", status=1)["problems"])


@pytest.mark.skipif(os.name != "posix", reason="Windows keeps permissions elsewhere")
@pytest.mark.parametrize("name", ["secret_key", "fundtracker.sqlite"])
def test_a_file_that_others_can_read_is_a_problem(office: Office, name: str) -> None:
    file = office.folder / name
    file.chmod(0o640)

    assert office.ask("doctor", status=1)["problems"] == [
        f"Others on this machine can read {file}. Let its owner alone read it: chmod 600"
    ]


def test_little_free_space_is_a_problem(office: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    usage = namedtuple("usage", "total used free")
    monkeypatch.setattr(shutil, "disk_usage", lambda _path: usage(10, 10, 499_000_000))

    answer = office.ask("doctor", status=1)

    assert answer["free_bytes"] == 499_000_000
    assert answer["problems"] == ["Only 499 MB are free on the disk. Make room; a full disk refuses every entry."]


@pytest.mark.parametrize(
    ("path", "kind"),
    [
        ("/srv/office/fundtracker.sqlite", "nfs4"),
        ("/srv/local/fundtracker.sqlite", ""),
        ("/srv/two words/fundtracker.sqlite", "cifs"),
        ("/home/fundtracker.sqlite", ""),
        ("\\\\server\\share\\fundtracker.sqlite", "a shared folder"),
    ],
)
def test_a_network_disk_is_known_by_its_kind(tmp_path: Path, path: str, kind: str) -> None:
    mounts = tmp_path / "mounts"
    mounts.write_text(
        "/dev/sda1 / ext4 rw 0 0\nserver:/office /srv/office nfs4 rw 0 0\n/dev/sdb1 /srv/local ext4 rw 0 0\n"
        "//server/share /srv/two\\040words cifs rw 0 0\nserver:/old /home nfs rw 0 0\n/dev/sdc1 /home xfs rw 0 0\n"
    )
    assert folders.network_kind(Path(path), mounts) == kind


def test_a_database_on_a_network_disk_is_a_problem(office: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(folders, "network_kind", lambda _path: "nfs4")
    assert "is on a network disk (nfs4)" in office.ask("doctor", status=1)["problems"][0]


def test_wal_is_a_problem_where_sqlite_has_the_bug(office: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("fundtracker.store.engine.journal_mode", lambda: "WAL")
    monkeypatch.setattr(doctor, "journal_mode", lambda: "TRUNCATE")

    answer = office.ask("doctor", status=1)

    assert answer["journal_mode"] == "WAL"
    assert "can damage the database" in answer["problems"][0]
