"""A council's grants brought in by keyboard: columns seen, money allocated first, confirmed, reported and undone."""

from pathlib import Path

import pytest
from flask import Flask
from openpyxl import load_workbook

from fundtracker.domain.roles import COMMAND_LINE, Role
from fundtracker.domain.statuses import Source
from fundtracker.domain.years import today, year_of
from fundtracker.services.funds import FundDetails, open_fund
from fundtracker.services.posting import Particulars
from fundtracker.web.db import transaction
from tests.journeys.conftest import WORDS, Open, check_books, email_of
from tests.journeys.watched import Watched

GRANTS = Path(__file__).parents[1] / "data" / "trafford" / "trafford_council_voluntary_sector_grants.csv"
SUM = "£1,291,436.54"


@pytest.fixture
def grants(app: Flask) -> None:
    """Open a fund with nothing in it."""
    details = FundDetails(name="Voluntary Sector Grants", funder="PCC", source=Source.OWN, year=year_of(today()),
                          reference="VSG")  # fmt: skip
    with app.app_context(), transaction() as session:
        open_fund(session, details=details, particulars=Particulars(on=today(), by=COMMAND_LINE, decision="D/1"))


@pytest.mark.usefixtures("grants")
@pytest.mark.parametrize("script", [True, False], ids=["with script", "without script"])
def test_a_file_comes_in_and_is_undone(app: Flask, open_browser: Open, tmp_path: Path, script: bool) -> None:
    officer = open_browser(script=script)
    officer.sign_in(email_of(Role.MANAGER), WORDS)
    send(officer)
    confirm(officer)
    download(officer, tmp_path)
    undo(officer)
    officer.was_quiet(refused=0)
    check_books(app)


def send(officer: Watched) -> None:
    officer.turn_to("Imports")
    officer.check("Awards")
    officer.page.get_by_label("Fund", exact=True).select_option("VSG")
    officer.page.get_by_label("File", exact=True).set_input_files(GRANTS)
    go_on(officer, "Check the file", "Match the columns")
    officer.sees("39 in the file, 20 used", "360G-traffordmbc-VSG1342")
    go_on(officer, "Check every row", "Look before it comes in")


def confirm(officer: Watched) -> None:
    officer.sees("Would be taken", SUM, "2012/13", "20,680.00")
    officer.check(f"Allocate the {SUM} that is missing first")
    go_on(officer, "Look again", f"Bring in 555 awards, {SUM}")
    go_on(officer, f"Bring in 555 awards, {SUM}", f"555 rows of {GRANTS.name}, {SUM}, came in.")


def download(officer: Watched, folder: Path) -> None:
    with officer.page.expect_download() as sent:
        officer.page.get_by_role("link", name="Download the report (.xlsx)").click()
    path = folder / "report.xlsx"
    sent.value.save_as(path)
    workbook = load_workbook(path, read_only=True)
    assert sum(1 for _ in workbook["Rows"].iter_rows()) >= 1 + 555
    workbook.close()


def undo(officer: Watched) -> None:
    officer.follow("Undo this import")
    officer.sees("555 awards", SUM)
    officer.fill({"Reason": "The wrong fund"})
    officer.press(f"Undo import 1, {SUM}")
    officer.sees("Undone on", "The wrong fund")


def go_on(officer: Watched, button: str, words: str) -> None:
    """Press a button that starts a worker, and look at the page that comes by itself when the worker is done."""
    officer.keyboard.press(officer.page.get_by_role("main").get_by_role("button", name=button, exact=True))
    officer.sees(words)
    officer.look()
