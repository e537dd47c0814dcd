"""Bringing files in from the command line: published files whole, the second adding nothing, refused in one object."""

import gzip
import json
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from openpyxl import Workbook, load_workbook
from sqlalchemy import select, union
from sqlalchemy.orm import Session

from fundtracker.domain.kinds import Kind
from fundtracker.domain.roles import COMMAND_LINE
from fundtracker.domain.statuses import Source
from fundtracker.domain.years import FinancialYear
from fundtracker.services.funds import FundDetails, open_fund
from fundtracker.services.posting import Particulars
from fundtracker.sheets.batches.report import write_report
from fundtracker.sheets.files.turns import one_at_a_time
from fundtracker.store.books import Entry
from fundtracker.store.engine import open_engine
from fundtracker.store.organisations import Organisation, OtherName
from fundtracker.store.transactions import transaction
from tests.books.builder import DAY
from tests.cli.conftest import Office

DATA = Path(__file__).parents[1] / "data"
GRANTS = DATA / "trafford" / "trafford_council_voluntary_sector_grants.csv"
UNITS = DATA / "trafford" / "trafford-grant-units-2024-25.csv"
FOUNDATION = DATA / "funders" / "andrew-lloyd-webber-foundation.xlsx"
KEYS = {
    *("sheet", "header_row", "rows_read", "taken", "already_there", "left_out", "amount_read", "amount_taken"),
    *("amount_already_there", "amount_left_out", "problems"),
}


@pytest.fixture
def funded(office: Office) -> Office:
    """Give an office with a fund of nothing, VSG."""
    engine = open_engine(office.url)
    with Session(engine) as session, transaction(session):
        details = FundDetails(
            name="Voluntary Sector Grants",
            funder="Council",
            source=Source.OWN,
            year=FinancialYear(2020),
            reference="VSG",
        )
        open_fund(session, details=details, particulars=Particulars(on=DAY, by=COMMAND_LINE))
    engine.dispose()
    return office


def counted(answer: dict[str, Any]) -> tuple[Any, ...]:
    parts = ("taken", "already_there", "left_out")
    assert answer["rows_read"] == sum(answer[part] for part in parts)
    assert Decimal(answer["amount_read"]) == sum(Decimal(answer[f"amount_{part}"]) for part in parts)
    return answer["taken"], answer["amount_taken"], answer["already_there"], answer["left_out"]


def test_a_councils_grants_come_in_whole_and_their_json_adds_nothing(funded: Office, tmp_path: Path) -> None:
    same = tmp_path / "grants.json"
    same.write_bytes(gzip.decompress(GRANTS.with_suffix(".json.gz").read_bytes()))

    first = funded.ask("import", "awards", GRANTS, "--fund", "VSG", "--with-allocation")
    again = funded.ask("import", "awards", same, "--fund", "VSG", "--with-allocation")

    assert first.keys() >= KEYS
    assert counted(first) == (555, "1291436.54", 0, 0)
    assert (counted(again), again["batch"]) == ((0, "0.00", 555, 0), None)
    assert len(first["new_organisations"]) == 323
    with Session(engine := open_engine(funded.url)) as session:
        names = session.scalars(union(select(Organisation.name), select(OtherName.name))).all()
    engine.dispose()
    assert len(names) == 359
    assert funded.run("check").exit_code == 0


def test_more_than_the_fund_has_is_refused_with_the_shortfall(funded: Office) -> None:
    refused = funded.ask("import", "awards", FOUNDATION, "--fund", "vsg", status=1)

    assert "£21,757,793.27 more" in refused["refused"]
    assert counted(refused) == (0, "0.00", 0, 475)
    dry = funded.ask("import", "awards", FOUNDATION, "--fund", "VSG", "--with-allocation", "--dry-run")
    assert (counted(dry), dry["dry_run"]) == ((475, "21757793.27", 0, 0), True)
    assert funded.ask("summary")["last_entry"] == 0


def test_finance_lines_come_in_once_are_reported_and_undone(funded: Office) -> None:
    first = funded.ask("import", "finance", UNITS)
    again = funded.ask("import", "finance", UNITS, "--amount", "net")
    engine = open_engine(funded.url)
    report = b"".join(write_report(engine, first["batch"], made_by="tests").chunks)
    engine.dispose()
    undone = funded.ask("import", "undo", str(first["batch"]))

    assert counted(first) == (49, "1728139.94", 0, 0)
    assert counted(again) == (0, "0.00", 49, 0)
    (kept := funded.folder / "report.xlsx").write_bytes(report)
    rows = list(load_workbook(kept)["Rows"].iter_rows(min_row=2, values_only=True))
    assert len(rows) == 49
    assert sum(Decimal(str(row[4])) for row in rows) == Decimal("1728139.94")
    assert {row[2] for row in rows} == {"taken"}
    assert undone["undone"]
    assert funded.ask("import", "undo", str(first["batch"]), status=1) == {"refused": "This import is undone already."}
    assert counted(funded.ask("import", "finance", UNITS)) == (49, "1728139.94", 0, 0)


def test_a_mapping_is_saved_and_used_again(funded: Office, tmp_path: Path) -> None:
    rows = 'Who,When,How much,What\nAge UK,03/04/20,£500,Tea\nMind,4 May 2020,"1,000.50",Talk\nTotal,,1500.50,\n'
    (tmp_path / "odd.csv").write_text(rows, encoding="utf-8")
    maps = (
        "--map",
        "Who=organisation",
        "--map",
        "When=awarded_on",
        "--map",
        "How much=amount",
        "--map",
        "What=purpose",
    )
    common = ("import", "awards", tmp_path / "odd.csv", "--fund", "VSG", "--with-allocation")

    first = funded.ask(*common, *maps, "--save-map", "Odd")
    again = funded.ask(*common, "--use-map", "odd")
    unknown = funded.ask(*common, "--use-map", "other", status=1)

    assert counted(first) == (2, "1500.50", 0, 1)
    assert counted(again) == (0, "0.00", 2, 1)
    assert "There are: Odd." in unknown["refused"]
    with Session(engine := open_engine(funded.url)) as session:
        days = session.scalars(select(Entry.on_date).where(Entry.kind == Kind.AWARD).order_by(Entry.number)).all()
    engine.dispose()
    assert [day.isoformat() for day in days] == ["2020-04-03", "2020-05-04"]


@pytest.mark.parametrize(
    ("words", "says"),
    [
        (("awards", GRANTS, "--fund", "NONE"), "There is no fund with the reference NONE."),
        (("finance", DATA / "none.csv"), "cannot be read"),
        (("finance", DATA / "awkward-workbooks" / "pass_protected.xlsx"), "password"),
        (("awards", GRANTS, "--fund", "VSG", "--map", "Colour=amount"), "There is no column “Colour”"),
        (("awards", GRANTS, "--fund", "VSG", "--map", "Title=colour"), "There is no field “colour”"),
        (("undo", "7"), "There is no import with this number."),
    ],
)
def test_a_refusal_is_one_object(funded: Office, words: tuple[str | Path, ...], says: str) -> None:
    answer = funded.ask("import", *words, status=1)
    assert says in answer["refused"]


def test_what_is_to_be_known_of_the_table_is_said(funded: Office, tmp_path: Path) -> None:
    months = Workbook()
    for name in ("April", "May"):
        sheet = months.create_sheet(name)
        for row in (["Supplier", "Date", "Amount"], ["ABC", "1/4/20", 5]):
            sheet.append(row)
    months.save(tmp_path / "spend.xlsx")
    command = ("import", "finance", tmp_path / "spend.xlsx", "--dry-run")
    says = "The sheet “May” has the same headings, and nothing of it is read. "
    says += "Take all such sheets together, or bring it in by its name."
    assert funded.ask(*command)["notes"] == [says]
    assert says in funded.run(*command).output
    both = funded.ask(*command, "--all-sheets")
    assert (both["rows_read"], both["amount_read"], both["sheet"]) == (2, "10.00", "April")
    assert {problem["sheet"] for problem in both["problems"]} <= {"April", "May"}


def test_one_file_at_a_time_is_read_for_each_person(funded: Office) -> None:
    finance = ("import", "finance", UNITS, "--dry-run")
    with one_at_a_time(funded.folder, 0):
        refused = funded.ask(*finance, status=1)
        assert refused["refused"].startswith("Another file of yours is still being read")
    assert funded.ask(*finance)["rows_read"] == 49


def test_what_a_person_reads(funded: Office) -> None:
    said = funded.run("import", "finance", UNITS).stdout

    assert "49 rows read (£1,728,139.94): 49 taken (£1,728,139.94), 0 already there (£0.00), 0 left out (£0.00)" in said
    assert "fundtracker import undo 1" in said
    assert json.dumps("refused") not in said
