"""The main job in a browser: from signing in to the downloaded ledger, every page looked at."""

from pathlib import Path

from openpyxl import load_workbook

from fundtracker.domain.roles import Role
from tests.journeys.conftest import WORDS, Open, approve, email_of
from tests.journeys.watched import Watched


def test_from_signing_in_to_the_downloaded_ledger(open_browser: Open, tmp_path: Path) -> None:
    officer = open_browser()
    officer.sign_in(email_of(Role.COMMISSIONING), WORDS)
    open_a_fund(officer)
    log_an_application(officer)
    decide_and_award(officer)
    award = ("Wellington T.C. is awarded £11,200.00", "SRF20-001", "£268,800.00 is left to award")
    approve(open_browser, email_of(Role.CHIEF_EXECUTIVE), "Award to Wellington T.C.", *award)
    record_a_payment(officer)
    payment = ("£8,400.00 to Wellington T.C. is recorded", "SRF20-001/1", "£2,800.00 is still to pay")
    approve(open_browser, email_of(Role.FINANCE), "Payment to Wellington T.C.", *payment)
    see_the_entry(officer)
    assert read_ledger(download_ledger(officer, tmp_path)) == [
        (1, "allocation", 280_000, None, None, 280_000),
        (2, "award", None, 11_200, None, 268_800),
        (3, "payment", None, None, 8_400, 268_800),
    ]
    officer.was_quiet(refused=5)


def open_a_fund(officer: Watched) -> None:
    officer.follow("Open a fund")
    officer.fill({"Name": "Safer Roads Fund 2020", "Funder": "The Commissioner", "Reference": "SRF20"})
    officer.check("The Commissioner’s own money")
    officer.fill({"Allocation": "280,000", "Outcomes": "Fewer collisions\nMore confidence"})
    officer.fill({"Decision reference": "PCC/D/2020/31"})
    officer.press("Check and open")
    officer.press("Open SRF20 with £280,000.00")
    officer.sees("Safer Roads Fund 2020", "£280,000.00")


def log_an_application(officer: Watched) -> None:
    officer.follow("Log an application")
    officer.press("Save")
    officer.follow_problems("Enter the organisation’s name", "Enter what the money is for")
    officer.fill({"Organisation": "Wellington T.C.", "Amount asked for": "£12,400", "What it is for": "Two crossings"})
    officer.press("Save")
    officer.follow_problems("No organisation is named anything like “Wellington T.C.”")
    officer.check("Add “Wellington T.C.” as a new organisation")
    officer.press("Save")
    officer.follow_problems("Choose at least one outcome")
    officer.check("Fewer collisions")
    officer.press("Save")
    officer.sees("SRF20-A001 is logged: Wellington T.C., £12,400.00.", "Fewer collisions")


def decide_and_award(officer: Watched) -> None:
    officer.follow("Decide and award")
    officer.check("Award another amount")
    officer.fill({"This award from Safer Roads Fund 2020": "300,000", "Reasons for the decision": "Meets an outcome"})
    officer.press("Check the decision")
    officer.follow_problems("There is £280,000.00 left in Safer Roads Fund 2020. This needs £300,000.00")
    officer.fill({"This award from Safer Roads Fund 2020": "11,200"})
    officer.page.keyboard.press("Tab")
    officer.sees("268,800.00", "£1,200.00 less than asked")
    officer.press("Work out again")
    officer.sees("268,800.00", "£1,200.00 less than asked")
    officer.enter("Decision reference")
    officer.sees("Nothing has moved yet", "£11,200.00 of £12,400.00 asked for", "£268,800.00")
    officer.press("Change conditions")
    assert officer.page.evaluate("document.activeElement.id") == "conditions"
    officer.fill({"Conditions": "Consent of the highway authority"})
    officer.press("Check the decision")
    officer.sees("Consent of the highway authority")
    officer.sees("the chief executive approves up to £25,000.00")
    officer.press("Send £11,200.00 for approval")
    officer.sees("Sent for approval: Award to Wellington T.C.", "£268,800.00")


def record_a_payment(officer: Watched) -> None:
    officer.go("/awards/SRF20-001")
    officer.follow("Record a payment")
    assert officer.page.get_by_label("Amount paid").input_value() == "11,200.00"
    officer.fill({"Amount paid": "12,000", "Invoice number": "INV-77", "Voucher": "V0012"})
    officer.press("Check the payment")
    officer.follow_problems("SRF20-001 has £11,200.00 still to pay of £11,200.00 awarded.")
    officer.fill({"Amount paid": "8,400"})
    officer.press("Check the payment")
    officer.sees("Nothing has moved yet", "£2,800.00", "INV-77")
    officer.press("Send £8,400.00 for approval")
    officer.sees("Sent for approval: Payment to Wellington T.C.")


def see_the_entry(officer: Watched) -> None:
    officer.go("/payments/SRF20-001/1")
    officer.follow("#3")
    officer.sees("Approved", "by Finance Officer, finance officer")
    officer.follow("See it in the ledger")
    assert officer.page.url.endswith("/funds/SRF20?entry=3#entry-3")
    assert officer.page.locator("#entry-3").is_visible()


def download_ledger(officer: Watched, folder: Path) -> Path:
    """Download the ledger as a person does."""
    officer.go("/ledger?fund=SRF20")
    officer.keyboard.reach(officer.page.get_by_role("button", name="Download the ledger"))
    with officer.page.expect_download() as downloading:
        officer.page.keyboard.press("Enter")
    path = folder / downloading.value.suggested_filename
    downloading.value.save_as(path)
    assert path.name.startswith("safer-roads-fund-2020-ledger-as-at-")
    return path


def read_ledger(path: Path) -> list[tuple[object, ...]]:
    """Give each entry's number, type and amounts, and the remaining after it."""
    titles, *entries = load_workbook(path, data_only=True)["Ledger"].iter_rows(values_only=True)
    wanted = ["Entry no", "Entry type", "Allocation (£)", "Awarded (£)", "Paid (£)", "Running remaining to award (£)"]
    places = [titles.index(title) for title in wanted]
    return [tuple(entry[place] for place in places) for entry in entries if isinstance(entry[0], int)]
