"""Backups: every row of every table, from one engine to the other and back, with equal digests."""

import hashlib
import stat
import zipfile
from pathlib import Path

import pytest
from sqlalchemy import Engine, create_engine, text
from sqlalchemy.orm import Session

from fundtracker.services.keeping.archive import BackupRefusal
from fundtracker.services.keeping.backup import write_backup
from fundtracker.services.keeping.manifest import Manifest
from fundtracker.services.keeping.still import DamagedError
from fundtracker.services.recount import recount
from fundtracker.store.engine import open_engine
from tests.books.builder import Books
from tests.harness.figures import Measured
from tests.services.keeping.conftest import MIGRATIONS, Back, back_up, nothing_left, onto_server
from tests.store.test_migrations import guards

EMPTY = {"sent_form"}  # tests/store/rows.py has no row of it


def test_every_row_goes_to_the_other_engine_and_back_equal(
    full: Engine, onto_sqlite: Back, empty_server: Engine, tmp_path: Path, figure: Measured
) -> None:
    first = back_up(full, tmp_path / "first.zip")
    onto_server(tmp_path / "first.zip", empty_server)
    second = back_up(empty_server, tmp_path / "second.zip")
    third = back_up(onto_sqlite(tmp_path / "second.zip"), tmp_path / "third.zip")

    assert {part.table for part in first.manifest.parts if not part.rows} <= EMPTY
    assert first.manifest.parts == second.manifest.parts == third.manifest.parts
    assert first.manifest.sha256 == second.manifest.sha256 == third.manifest.sha256
    assert first.found.recount.differences == second.found.recount.differences == third.found.recount.differences
    figure(9, across=2)


def test_what_is_brought_back_is_guarded_and_goes_on(
    books: Books, onto_sqlite: Back, empty_server: Engine, tmp_path: Path
) -> None:
    books.pay(books.award(books.fund("100"), "60"), "50")
    books.session.rollback()
    engine = books.session.get_bind().engine
    made = back_up(engine, tmp_path / "backup.zip")
    onto_server(made.file, empty_server)
    brought_back = onto_sqlite(made.file)

    for again in (brought_back, empty_server):
        with Session(again) as session:
            more = Books(session)
            more.pay(more.award(more.fund("30", name="Another"), "20", more.organisation("Another council")), "5")
            assert recount(session).agrees
    same = brought_back if engine.dialect.name == "sqlite" else empty_server
    assert guards(str(same.url)) == guards(engine.url.render_as_string(hide_password=False))


def test_any_program_can_check_its_digests(full: Engine, tmp_path: Path) -> None:
    made = back_up(full, tmp_path / "backup.zip")

    with zipfile.ZipFile(made.file) as package:
        names = sorted(name for name in package.namelist() if name.startswith("tables/"))
        listed = "".join(f"{hashlib.sha256(package.read(name)).hexdigest()}  {name}\n" for name in names)
        said = package.read("README.txt").decode()
    assert hashlib.sha256(listed.encode()).hexdigest() == made.manifest.sha256
    assert "fundtracker restore" in said
    assert stat.S_IMODE(made.file.stat().st_mode) == 0o600
    assert (made.manifest.office, made.manifest.last_entry) == ("O", 3)


def test_a_backup_that_fails_leaves_nothing(full: Engine, tmp_path: Path) -> None:
    def refuse(manifest: Manifest) -> Path:
        raise BackupRefusal(manifest.office)

    with nothing_left(tmp_path), pytest.raises(BackupRefusal):
        write_backup(full, tmp_path, refuse, MIGRATIONS)


def test_a_damaged_file_is_not_passed_on(sqlite_url: str, tmp_path: Path) -> None:
    engine = open_engine(sqlite_url)
    with Session(engine) as session:
        books = Books(session)
        for number in range(30):
            books.organisation(f"Council {number} " + "x" * 300)
    engine.dispose()
    file = tmp_path / "fundtracker.sqlite"
    content = file.read_bytes()
    file.write_bytes(content.replace(b"Council 7 xxx", b"Council 7\xff\xff\xff\xff"))
    plain = create_engine(sqlite_url)
    with plain.begin() as connection:
        connection.execute(text("PRAGMA writable_schema = ON"))
        connection.execute(text("UPDATE sqlite_master SET rootpage = 2 WHERE name = 'ix_organisation_match_key'"))
    plain.dispose()

    with nothing_left(tmp_path), pytest.raises(DamagedError, match="damaged"):
        back_up(open_engine(sqlite_url), tmp_path / "backup.zip")
