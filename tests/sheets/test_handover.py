"""The hand-over: everything in files that need no fundtracker, recounted from its CSV alone, and no secret in it."""

import csv
import hashlib
import io
import json
import zipfile
from collections import defaultdict
from decimal import Decimal
from pathlib import Path

import openpyxl
import pytest
from sqlalchemy import Engine, inspect

from fundtracker.config import beside
from fundtracker.domain.kinds import Kind
from fundtracker.sheets.handover.described import HISTORY, SESSIONS
from fundtracker.sheets.handover.handing_over import write_handover
from fundtracker.sheets.handover.tables import file_name
from fundtracker.store.engine import WRITE
from tests.books.builder import Books
from tests.services.keeping.everything import FORMULA, keep_everything

HASH = "argon2-of-somebody"
REPORT = b"%PDF-1.7 what was attached"


@pytest.fixture
def office(books: Books) -> Engine:
    """Keep a row in every table, a file, a secret and an entry that is reversed, on each engine in turn."""
    engine = keep_everything(books)
    books.reverse(3)
    books.session.rollback()
    held = f"X'{REPORT.hex()}'" if engine.dialect.name == "sqlite" else f"'\\x{REPORT.hex()}'"
    with engine.connect().execution_options(**{WRITE: True}) as connection:
        connection.exec_driver_sql(f"UPDATE person SET password_hash = '{HASH}'")  # noqa: S608 - our own words
        connection.exec_driver_sql(f"UPDATE attachment SET content = {held}, name = '../../Interim report.PDF'")  # noqa: S608
        connection.commit()
    return engine


def test_it_holds_everything_for_a_stranger(office: Engine, tmp_path: Path) -> None:
    kept = {name for name in inspect(office).get_table_names() if name not in SESSIONS}
    file = write_handover(office, tmp_path, beside("migrations"), made_by="Tests")

    with zipfile.ZipFile(file) as package:
        every_table_and_no_secret(package, kept)
        totals_recount_from_the_csv(package)
        every_column_is_described(package)
        no_words_become_a_formula_and_no_file_leads_out(package)


def rows(package: zipfile.ZipFile, table: str) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(package.read(f"csv/{table}.csv").decode("utf-8-sig"), newline="")))


def every_table_and_no_secret(handed: zipfile.ZipFile, kept: set[str]) -> None:
    names = set(handed.namelist())
    assert {f"{kind}/{table}.{kind}" for table in kept for kind in ("csv", "json")} <= names
    assert kept >= HISTORY
    assert {
        "README.txt",
        "office.xlsx",
        "ledger.xlsx",
        "ledger.journal",
        "summary-2020-21.xlsx",
        "columns.csv",
    } <= names
    whole = {name: handed.read(name) for name in names}
    assert not [name for name, content in whole.items() if HASH.encode() in content]
    assert b"password_hash" not in whole["csv/person.csv"] + whole["json/person.json"]
    listed = whole.pop("SHA256SUMS.txt").decode()
    assert sorted(listed.splitlines()) == sorted(
        f"{hashlib.sha256(content).hexdigest()}  {name}" for name, content in whole.items()
    )


def totals_recount_from_the_csv(handed: zipfile.ZipFile) -> None:
    said = handed.read("README.txt").decode()
    sums: dict[tuple[str, str], Decimal] = defaultdict(Decimal)
    for entry in rows(handed, "entry"):
        sums[entry["budget_line_id"], Kind(entry["kind"]).measure.value] += Decimal(entry["amount"])

    for line in rows(handed, "budget_line"):
        for measure in ("allocated", "awarded", "paid", "recovered"):
            assert Decimal(line[measure]) == sums[line["id"], measure]
            assert f"   {measure} = " in said
    assert "-50.00" in {entry["amount"] for entry in rows(handed, "entry")}
    assert [entry["amount"] for entry in json.loads(handed.read("json/entry.json"))][:2] == [10_000, 6_000]


def every_column_is_described(handed: zipfile.ZipFile) -> None:
    described = {(row["table"], row["column"]): row for row in csv.DictReader(
        io.StringIO(handed.read("columns.csv").decode("utf-8-sig")))}  # fmt: skip
    heads = {(name[4:-4], column) for name in handed.namelist() if name.startswith("csv/")
             for column in handed.read(name).decode("utf-8-sig").splitlines()[0].split(",")}  # fmt: skip
    assert heads == described.keys()
    assert described["entry", "amount"]["holds"].startswith("money")


def no_words_become_a_formula_and_no_file_leads_out(handed: zipfile.ZipFile) -> None:
    assert f"'{FORMULA}" in {row["name"] for row in rows(handed, "organisation")}
    book = openpyxl.load_workbook(io.BytesIO(handed.read("office.xlsx")))
    sealed = max(rows(handed, "seal"), key=lambda seal: int(seal["number"]))
    told = {str(cell.value) for row in book["About"].iter_rows() for cell in row}
    assert any(sealed["hash"] in words for words in told)  # the head of the history
    cells = [cell for row in book["Organisation"].iter_rows() for cell in row if cell.value == FORMULA]
    assert [cell.data_type for cell in cells] == ["s"]
    assert handed.read("files/attachment-1-interim-report.pdf") == REPORT
    assert "attachment-1-interim-report.pdf" in handed.read("files.csv").decode()
    assert not [name for name in handed.namelist() if ".." in name or name.startswith("/")]


@pytest.mark.parametrize(
    ("called", "name"),
    [("a.b.c", "attachment-7-a-b.c"), ("..", "attachment-7-fund"), ("C:\\x\\CON.txt", "attachment-7-con.txt"),
     ("no ending", "attachment-7-no-ending"), ("x." + "é" * 300, "attachment-7-x." + "e" * 80)],
)  # fmt: skip
def test_files_are_named_safely(called: str, name: str) -> None:
    assert file_name("attachment", 7, called) == name
