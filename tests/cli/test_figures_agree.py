"""The same figures by every door, as at three days: the command, the page, the workbook and the Word file."""

from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from docx import Document
from openpyxl import load_workbook

from fundtracker.app import create_app
from fundtracker.config import Settings
from fundtracker.domain.money import Pence, figure
from fundtracker.domain.roles import Role
from tests.cli.conftest import Office
from tests.web.visitor import Visitor, words

DAYS = {"2019-09-30": "2019/20-Q2", "2020-03-31": "2019/20-Q4", "2020-06-30": "2020/21-Q1"}
# A figure of `summary --json`, its column in the workbook, and its column in the Word file.
FIGURES = {
    "allocated": ("Allocated (£)", "Allocated (£)"),
    "awarded": ("Awarded (£)", "Awarded (£)"),
    "remaining": ("Left to award (£)", "Left to award (£)"),
    "net_paid": ("Net paid (£)", "Given out (£)"),
    "to_pay": ("To pay (£)", ""),
    "to_recover": ("To recover (£)", ""),
}


@pytest.fixture(scope="module")
def office(tmp_path_factory: pytest.TempPathFactory) -> Office:
    """Give the demonstration with its invented year before."""
    office = Office(tmp_path_factory.mktemp("agree") / "office")
    assert office.run("demo", "--with-last-year", "--no-serve").exit_code == 0
    return office


@pytest.fixture(scope="module")
def reader(office: Office) -> Visitor:
    """Give a chief executive signed in to its pages."""
    visitor = Visitor(create_app(Settings(office.folder, office.url, https=False)))
    visitor.sign_in(Role.CHIEF_EXECUTIVE)
    return visitor


@pytest.mark.parametrize("day", DAYS)
def test_the_command_the_page_the_workbook_and_the_word_file_say_the_same(
    office: Office, reader: Visitor, tmp_path: Path, day: str
) -> None:
    totals = office.ask("summary", "--as-at", day)["totals"]
    said = {name: in_pence(totals[name]) for name in FIGURES}
    sheet = in_workbook(office, day, tmp_path)
    page = words(reader.get(f"/summary?as_at={day}"))

    assert said["allocated"] == said["awarded"] + said["remaining"] > 0
    whole = sheet[-1]
    assert {name: whole[column] for name, (column, _) in FIGURES.items()} == said
    last = page.split("All the books" if day == "2020-06-30" else "All funds")[-1]
    for name in ("allocated", "awarded", "net_paid", "to_pay", "remaining"):
        assert figure(said[name]) in last, name
    of_the_year = next(row for row in sheet if str(row[""]).startswith("All funds"))
    in_word = in_word_file(office, day, tmp_path)
    for column, in_file in FIGURES.values():
        if in_file:
            assert in_word[in_file] == of_the_year[column], in_file


def in_pence(text: str) -> Pence:
    """Read an amount as a file or an answer writes it: nought too."""
    return Pence(int(Decimal(text.replace(",", "").replace("£", "").replace("−", "-")) * 100))


def in_workbook(office: Office, day: str, folder: Path) -> list[dict[str, Any]]:
    """Export the summary and read its totals, in pence, each under the title of its column, as Excel would show it."""
    made = office.ask("export", "summary", "--as-at", day, "-o", folder)["file"]
    rows = load_workbook(made, data_only=True)["Funds"].iter_rows(values_only=True)
    titles = ["", *(str(title) for title in next(rows)[1:])]
    kept = [dict(zip(titles, row, strict=True)) for row in rows]
    return [money_of(row) for row in kept if row["Kind of row"] == "Total"]


def money_of(row: dict[str, Any]) -> dict[str, Any]:
    return {t: in_pence(f"{v:.2f}") if t.endswith("(£)") and v is not None else v for t, v in row.items() if v != ""}


def in_word_file(office: Office, day: str, folder: Path) -> dict[str, int]:
    """Export the Panel's section of the quarter and read the total of its funds, in pence."""
    made = office.ask("export", "panel", "--quarter", DAYS[day], "-o", folder)["file"]
    table = next(t for t in Document(made).tables if t.rows[0].cells[0].text == "Fund")
    titles, total = ([cell.text.replace("\n", " ") for cell in table.rows[place].cells] for place in (0, -1))
    assert total[0] == "Total"
    return {title: in_pence(text) for title, text in zip(titles, total, strict=True) if "£" in title}
