"""Take the pictures of the guides: pages of the demonstration office, in Chromium."""

import os
import re
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from playwright.sync_api import sync_playwright

from tests.harness.tools import CHROMIUM_FLAGS, find_chromium

PICTURES = Path(__file__).parent.parent.parent / "docs" / "pictures"
PAGES = {"funds": "/funds?as_at=2020-09-21", "fund": "/funds/PCRF20?as_at=2020-09-21"}
ADDRESS = re.compile(r"http://127\.0\.0\.1:[0-9]+")
SIGN_IN = re.compile(r"(chief\.executive@\S+)\s+(\S+)")


@contextmanager
def demonstration() -> Iterator[tuple[str, str, str]]:
    """Serve a demonstration office of its own, and give its address and the chief executive's sign-in."""
    with tempfile.TemporaryDirectory() as folder:
        environ = {**os.environ, "FUNDTRACKER_INSTANCE": folder, "PYTHONUNBUFFERED": "1"}
        command = [sys.executable, "-m", "fundtracker", "demo", "--port", "0"]
        with subprocess.Popen(command, env=environ, stdout=subprocess.PIPE, text=True) as served:
            assert served.stdout is not None
            said = "".join(iter(served.stdout.readline, "Press Ctrl-C to stop.\n"))
            address, sign_in = ADDRESS.search(said), SIGN_IN.search(said)
            assert address is not None, said
            assert sign_in is not None, said
            try:
                yield address[0], sign_in[1], sign_in[2]
            finally:
                served.terminate()


def main() -> int:
    """Take each picture; return 1 where there is no Chromium to take it with."""
    chromium = find_chromium()
    if chromium is None:
        sys.stderr.write("Chromium was not found. Run make tools.\n")
        return 1
    with demonstration() as (address, email, password), sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium, args=list(CHROMIUM_FLAGS))
        page = browser.new_page(viewport={"width": 1180, "height": 900})
        page.goto(f"{address}/sign-in")
        page.locator("input[name=email]").fill(email)
        page.locator("input[name=password]").fill(password)
        page.get_by_role("button", name="Sign in").click()
        for name, path in PAGES.items():
            page.goto(address + path)
            page.screenshot(path=PICTURES / f"{name}.png", full_page=True)
        browser.close()
    return 0


if __name__ == "__main__":
    sys.exit(main())
