"""Picture every page at desk and phone width, side by side on one sheet: `make screens`, then open build/screens."""

import re
import shutil
import sys
import tempfile
import threading
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from html import escape
from pathlib import Path

import flask_migrate
from flask import Flask
from playwright.sync_api import Browser, Error, Page, sync_playwright
from sqlalchemy.orm import Session
from werkzeug.serving import WSGIRequestHandler, make_server

from fundtracker.app import create_app
from fundtracker.config import Settings
from fundtracker.domain.roles import Role
from fundtracker.web.db import db
from tests.catalogue.addresses import Address, addresses
from tests.catalogue.office import keep_every_state
from tests.catalogue.visits import enter, opens
from tests.harness.tools import CHROMIUM_FLAGS, find_chromium

SHEET = Path(__file__).parent.parent.parent / "build" / "screens"
WIDTHS = (1280, 320)
FILES = (".xlsx", ".csv", ".svg")
MOST = 4  # of one page's addresses, which stand for its states
PAIR = '<h2>{0}</h2><p><img src="{1}-1280.png" width="800" alt=""> <img src="{1}-320.png" alt=""></p>\n'


class _Quiet(WSGIRequestHandler):
    def log(self, *_said: object) -> None:
        """Say nothing of each request."""


@contextmanager
def office() -> Iterator[tuple[Flask, str, list[Address]]]:
    """Serve an office in every state, and give its application, its address and the places in it."""
    with tempfile.TemporaryDirectory() as folder:
        app = create_app(Settings(Path(folder), f"sqlite:///{folder}/fundtracker.sqlite"))
        with app.app_context():
            flask_migrate.upgrade()
            with Session(db.engine) as session:
                keep_every_state(session)
                places = list(addresses(app, session))
        server = make_server("127.0.0.1", 0, app, threaded=True, request_handler=_Quiet)
        threading.Thread(target=server.serve_forever, daemon=True).start()
        try:
            yield app, f"http://127.0.0.1:{server.server_port}", places
        finally:
            server.shutdown()


def visit(app: Flask, browser: Browser, address: str, role: Role) -> Page:
    """Open a browser's page in which a post's person is signed in."""
    name = app.config["SESSION_COOKIE_NAME"]
    cookie = enter(app, role).client.get_cookie(name)
    assert cookie is not None
    context = browser.new_context()
    context.add_cookies([{"name": name, "value": cookie.value, "url": address}])
    return context.new_page()


def readers(place: Address) -> list[Role]:
    """Give the posts for whom a place is pictured: all for the first page, else the first that may open it."""
    if place.endpoint in ("static", "home.live", "home.ready") or place.path.partition("?")[0].endswith(FILES):
        return []
    may = [role for role in Role if opens(place.endpoint, role)]
    return may if place.path == "/" else may[:1]


def picture(page: Page, address: str, place: Address, name: str) -> bool:
    """Picture one place at both widths; says whether it is a page, and no file to download."""
    try:
        page.goto(address + place.path)
    except Error as error:
        if "Download is starting" in error.message:
            return False
        raise
    for width in WIDTHS:
        page.set_viewport_size({"width": width, "height": 900})
        page.screenshot(path=SHEET / f"{name}-{width}.png", full_page=True)
    return True


def take(wanted: str) -> int:
    """Picture the pages whose endpoint or address fits a pattern, and put them on the sheet."""
    shutil.rmtree(SHEET, ignore_errors=True)
    SHEET.mkdir(parents=True)
    seen: Counter[str] = Counter()
    with office() as (app, address, places), sync_playwright() as playwright, (SHEET / "index.html").open("w") as sheet:
        browser = playwright.chromium.launch(executable_path=find_chromium(), args=list(CHROMIUM_FLAGS))
        pages = {role: visit(app, browser, address, role) for role in Role}
        for place in places:
            if not re.search(wanted, f"{place.endpoint} {place.path}"):
                continue
            for role in readers(place):
                name = f"{place.endpoint}-{seen[place.endpoint] + 1}"
                if seen[place.endpoint] < MOST and picture(pages[role], address, place, name):
                    seen[place.endpoint] += 1
                    sheet.write(PAIR.format(escape(f"{place.path}, {role}"), name))
    sys.stdout.write(f"{len(seen)} pages are pictured on {SHEET.relative_to(Path.cwd())}/index.html\n")
    return 0


if __name__ == "__main__":
    sys.exit(take(sys.argv[1] if len(sys.argv) > 1 else ""))
