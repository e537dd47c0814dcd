"""Reading while a file comes in: pages are not locked out by what a long import has written so far."""

import sqlite3
from typing import Any

import pytest
from sqlalchemy.orm import Session

from fundtracker.cli import bringing
from fundtracker.services.bringing.answer import Answer
from fundtracker.sheets.batches.bringing import record
from tests.cli.conftest import Office
from tests.cli.test_import_files import UNITS


def test_pages_are_read_while_an_import_is_under_way(office: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    seen: list[int] = []

    def record_much(session: Session, *given: Any, **more: Any) -> Answer:
        answer = record(session, *given, **more)
        # Five megabytes: more than SQLite keeps of what a transaction has written, unless it is told to.
        session.connection().exec_driver_sql("UPDATE batch_row SET cells = printf('%.*c', 100000, 'x')")
        seen.append(_count(office))
        return answer

    monkeypatch.setattr(bringing, "record", record_much)
    office.ask("import", "finance", UNITS)
    assert (seen, _count(office)) == ([0], 49)


def _count(office: Office) -> int:
    reader = sqlite3.connect(office.folder / "fundtracker.sqlite", timeout=0.1)
    (count,) = reader.execute("SELECT count(*) FROM finance_line").fetchone()
    reader.close()
    return int(count)
