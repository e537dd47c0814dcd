"""Take the pictures of the guides: pages of the demonstration office on 21 September 2020, in Chromium."""

import logging
import sys
import tempfile
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path

import time_machine
from playwright.sync_api import Browser, Page, sync_playwright
from werkzeug.serving import make_server

from fundtracker.app import create_app
from fundtracker.cli.demo import set_up_demo
from fundtracker.config import Settings
from fundtracker.domain.roles import Role
from tests.harness.tools import CHROMIUM_FLAGS, find_chromium

PICTURES = Path(__file__).parent.parent.parent / "docs" / "pictures"
# What the finance system might say of the demonstration's payments: one split over two lines, one ten pence out.
EXTRACT = """Date,Supplier,Reference,Amount
30/04/2020,WEOBLEY PARISH COUNCIL,5100101,1064.00
15/05/2020,WELLINGTON TOWN COUNCIL,5100102,1680.00
29/05/2020,WYTHALL PARISH COUNCIL,5100103,810.10
30/06/2020,OTHER COVID-19 RESPONSE RECIPIENTS,5100104,30000.00
30/06/2020,OTHER COVID-19 RESPONSE RECIPIENTS,5100105,13725.94
30/06/2020,BANK CHARGES,5100106,25.00
"""
STORY_DAY = datetime(2020, 9, 21, 9, tzinfo=UTC)  # the day of the report, so that a picture taken again is the same
WIDTH, LARGEST = 1000, 150_000  # pixels, bytes


@contextmanager
def demonstration() -> Iterator[tuple[str, dict[Role, tuple[str, str]]]]:
    """Serve a demonstration office of its own on the story's day; give its address and sign-ins by post."""
    with tempfile.TemporaryDirectory() as folder, time_machine.travel(STORY_DAY):
        settings = Settings.read({"FUNDTRACKER_INSTANCE": folder})
        people = {one.role: (one.email, one.password) for one in set_up_demo(settings)}
        server = make_server("127.0.0.1", 0, create_app(settings), threaded=True)
        thread = threading.Thread(target=server.serve_forever)
        thread.start()
        try:
            yield f"http://127.0.0.1:{server.server_port}", people
        finally:
            server.shutdown()
            thread.join()
            server.server_close()


def take(page: Page, name: str, height: int, *, of: str = "body") -> None:
    """Keep a page from one of its parts down as a picture; raises ValueError for one too large for a guide."""
    page.set_viewport_size({"width": WIDTH, "height": height})
    page.evaluate("part => { document.activeElement.blur(); document.querySelector(part).scrollIntoView() }", of)
    picture = page.screenshot(path=PICTURES / f"{name}.png")
    if len(picture) > LARGEST:
        raise ValueError(f"{name}.png has {len(picture):,} bytes, more than {LARGEST:,}: take less of the page")


def chief_executive(page: Page) -> None:
    """Take what the chief executive reads: home, and a fund with its ledger."""
    page.goto("/")
    take(page, "home-chief-executive", 860)
    page.goto("/funds/PCRF20")
    take(page, "fund", 820)
    take(page, "ledger", 560, of="#ledger")


def commissioning(page: Page) -> None:
    """Log an application and begin to decide it, with a picture of each screen."""
    page.goto("/applications/log/SRF20")
    page.locator("input[name=organisation]").fill("Wellington Town Council")
    page.locator("input[name=asked_for]").fill("11,200.00")
    page.locator("textarea[name=purpose]").fill("Speed indicator signs on Haygate Road")
    page.keyboard.press("Tab")
    page.locator("input[name=outcomes]").first.check()
    take(page, "log-an-application", 800)
    page.get_by_role("button", name="Save", exact=True).click()
    page.goto("/")
    take(page, "home-commissioning", 700)
    page.goto("/applications/SRF20-A001/decide")
    page.locator("input[name=answer]").first.check()
    take(page, "decide", 860)


def finance(page: Page) -> None:
    """Take what the finance officer pays from."""
    page.goto("/")
    take(page, "home-finance", 700)
    page.goto("/payments/due")
    for tick in page.locator("tbody input[type=checkbox]").all()[:3]:
        tick.check()
    take(page, "payments-due", 580, of="form.ft-form")
    bring_extract(page)
    page.goto("/reconcile")
    take(page, "reconcile", 660, of="main")
    take(page, "suggested-matches", 656, of="#suggested")


def bring_extract(page: Page) -> None:
    """Bring the extract in, with a picture of what would become of its rows."""
    page.goto("/imports")
    page.get_by_label("Lines of the finance system").check()
    content = {"name": "extract-2020-06.csv", "mimeType": "text/csv", "buffer": EXTRACT.encode()}
    page.locator("input[type=file]").set_input_files(content)  # type: ignore[arg-type]  # it takes plain dictionaries
    page.get_by_role("button", name="Check the file").click()
    page.get_by_label("Net, without VAT").check()
    page.get_by_role("button", name="Check every row").click()
    recorded = page.get_by_role("button", name="Bring in 6 finance lines")
    recorded.wait_for()
    take(page, "check-every-row", 700, of="main")
    recorded.click()
    page.get_by_text("came in").first.wait_for()


ALBUM = {Role.CHIEF_EXECUTIVE: chief_executive, Role.COMMISSIONING: commissioning, Role.FINANCE: finance}


def signed_in(browser: Browser, address: str, email: str, password: str) -> Page:
    """Open a browser of its own for one person."""
    page = browser.new_context(base_url=address, viewport={"width": WIDTH, "height": WIDTH}).new_page()
    page.goto("/sign-in")
    page.locator("input[name=email]").fill(email)
    page.locator("input[name=password]").fill(password)
    page.get_by_role("button", name="Sign in").click()
    return page


def main() -> int:
    """Take each picture; return 1 where there is no Chromium to take it with."""
    chromium = find_chromium()
    if chromium is None:
        sys.stderr.write("Chromium was not found. Run make tools.\n")
        return 1
    logging.getLogger("werkzeug").setLevel(logging.ERROR)
    with demonstration() as (address, people), sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium, args=list(CHROMIUM_FLAGS))
        for role, photograph in ALBUM.items():
            photograph(signed_in(browser, address, *people[role]))
        browser.close()
    return 0


if __name__ == "__main__":
    sys.exit(main())
