"""Restoring: all of a backup or nothing, and nothing that was altered, damaged or made by a newer program."""

import json
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import flask_migrate
import pytest
from sqlalchemy import Engine, inspect
from sqlalchemy.orm import Session

from fundtracker.app import create_app
from fundtracker.config import Settings
from fundtracker.services.keeping import loading
from fundtracker.services.keeping.archive import BackupRefusal
from fundtracker.store.engine import open_engine
from fundtracker.web.db import db
from tests.books.builder import Books
from tests.services.keeping.conftest import MIGRATIONS, Back, back_up, nothing_left, onto_server

Change = Callable[[dict[str, bytes]], None]


def altered(file: Path, change: Change) -> Path:
    """Write a backup anew with some of its parts changed."""
    with zipfile.ZipFile(file) as package:
        parts = {name: package.read(name) for name in package.namelist()}
    change(parts)
    other = file.with_name("altered.zip")
    with zipfile.ZipFile(other, "w") as package:
        for name, content in parts.items():
            package.writestr(name, content)
    return other


def one_row(parts: dict[str, bytes]) -> None:
    parts["tables/entry.jsonl"] = parts["tables/entry.jsonl"].replace(b'"amount":6000', b'"amount":6001')


def no_table(parts: dict[str, bytes]) -> None:
    del parts["tables/person.jsonl"]


def one_more(parts: dict[str, bytes]) -> None:
    parts["tables/other.jsonl"] = b"{}\n"


def no_manifest(parts: dict[str, bytes]) -> None:
    del parts["manifest.json"]


def said(**what: Any) -> Change:
    def change(parts: dict[str, bytes]) -> None:
        parts["manifest.json"] = json.dumps({**json.loads(parts["manifest.json"]), **what}).encode()

    return change


ALTERED = {
    "a row": (one_row, "the rows of entry"),
    "a table less": (no_table, "does not hold the tables"),
    "a table more": (one_more, "does not hold the tables"),
    "no manifest": (no_manifest, "manifest is missing"),
    "another digest": (said(sha256="0" * 64), "altered"),
    "a later format": (said(format=2), "later format"),
    "a newer migration": (said(migration="9999", program="9.9"), "fundtracker 9.9, which is newer"),
}


@pytest.fixture
def file(sqlite_url: str, tmp_path: Path) -> Path:
    """Give a backup of a small office."""
    engine = open_engine(sqlite_url)
    with Session(engine) as session:
        books = Books(session)
        books.pay(books.award(books.fund("100"), "60"), "50")
    made = back_up(engine, tmp_path / "backup.zip")
    engine.dispose()
    return made.file


def test_what_was_altered_is_not_restored(file: Path, onto_sqlite: Back, tmp_path: Path) -> None:
    for number, (what, (change, words)) in enumerate(ALTERED.items()):
        with pytest.raises(BackupRefusal, match=words):
            onto_sqlite(altered(file, change))

        assert list((tmp_path / f"office-{number}").iterdir()) == [], what


def test_a_file_cut_short_is_not_restored(file: Path, onto_sqlite: Back, tmp_path: Path) -> None:
    whole = file.read_bytes()
    for number, keep in enumerate((0, 100, -3000, -30)):
        file.write_bytes(whole[:keep])

        with pytest.raises(BackupRefusal):
            onto_sqlite(file)

        assert list((tmp_path / f"office-{number}").iterdir()) == []


def test_what_stops_in_the_middle_leaves_nothing(
    file: Path, onto_sqlite: Back, empty_server: Engine, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    filled: list[str] = []

    def stop(*given: Any) -> None:
        filled.append(given[2].table)
        if len(filled) % 10 == 0:
            raise KeyboardInterrupt
        real(*given)

    real = loading._fill  # noqa: SLF001 - where a restore is stopped, in the middle of its tables
    monkeypatch.setattr(loading, "_fill", stop)
    with pytest.raises(KeyboardInterrupt):
        onto_sqlite(file)
    with nothing_left(tmp_path), pytest.raises(KeyboardInterrupt):
        onto_server(file, empty_server)

    assert list((tmp_path / "office-0").iterdir()) == []
    assert inspect(empty_server).get_table_names() == []


def test_a_backup_of_an_earlier_migration_is_brought_up_to_date(
    database_url: str, engine: Engine, onto_sqlite: Back, empty_server: Engine, tmp_path: Path
) -> None:
    app = create_app(Settings(tmp_path / "instance", database_url))
    with app.app_context():
        flask_migrate.downgrade(revision="0003")
        db.engine.dispose()
    earlier = back_up(engine, tmp_path / "earlier.zip")

    onto_server(earlier.file, empty_server)
    again = back_up(onto_sqlite(earlier.file), tmp_path / "again.zip")

    assert earlier.manifest.migration == "0003"
    assert again.manifest.migration == max(file.name[:4] for file in (MIGRATIONS / "versions").glob("0*.py"))
    # The history begins when the tables are brought up to date, at another moment on each.
    for part, other in zip(
        back_up(empty_server, tmp_path / "server.zip").manifest.parts, again.manifest.parts, strict=True
    ):
        assert part == other or part.table in {"change", "seal"}
