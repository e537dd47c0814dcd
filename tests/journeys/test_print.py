"""On paper: the chief executive's page, a fund and a list on A4, nothing cut off, and nothing to press."""

import re

import pytest
from flask import Flask
from playwright.sync_api import Browser, Page

from fundtracker.domain.roles import Role
from tests.catalogue.visits import enter
from tests.journeys.test_every_page import open_as

# A4 less the margins of the style sheet, 12 mm on each side, at 96 pixels an inch.
PAPER = round((210 - 2 * 12) / 25.4 * 96)
PAGES = {
    "/": 3, "/funds": 3, "/funds/SSF20": 2, "/funds/OWE20": 2, "/funds/CUT20": 2, "/funds/MANY20": 3,
    "/awards": 4, "/awards?fund=SSF20": 1, "/applications": 4, "/payments": 4, "/organisations": 4, "/bids": 1,
    "/funds/SSF20/briefing": 1, "/funds/MANY20/briefing": 1, "/reports/year-in-numbers": 1,
    "/organisations/1/passport": 1,
}  # fmt: skip

_BEYOND = """(edge) => {
  const words = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT), faults = [];
  while (words.nextNode()) {
    const range = document.createRange();
    range.selectNodeContents(words.currentNode);
    const seen = words.currentNode.parentElement.checkVisibility() && words.currentNode.data.trim();
    const box = range.getBoundingClientRect();
    if (seen && box.width > 1 && box.right > edge + 1) faults.push("beyond the edge: " + words.currentNode.data.trim());
  }
  return faults;
}"""
_PRESSED = """() => [...document.querySelectorAll("button, input, select, textarea, nav, [role=search]")]
  .filter((it) => it.type !== "hidden" && it.checkVisibility()).map((it) => it.outerHTML.slice(0, 120))"""


@pytest.fixture
def app(office: Flask) -> Flask:
    """Serve the office in every state."""
    return office


def test_pages_fit_on_paper(browser: Browser, app: Flask, address: str) -> None:
    faults = []
    page, _said = open_as(browser, address, enter(app, Role.CHIEF_EXECUTIVE))
    for path, most in PAGES.items():
        page.goto(address + path)
        faults += [f"{path}: {fault}" for fault in faults_on_paper(page, most)]
    page.context.close()
    assert not faults, "\n".join(faults)


def faults_on_paper(page: Page, most: int) -> list[str]:
    """Give what is wrong with a page on A4: too many sheets, words beyond the edge, or something to press."""
    page.emulate_media(media="print")
    printed = page.pdf(prefer_css_page_size=True)
    sheets = len(re.findall(rb"/Type\s*/Page\b", printed))
    sizes = {size.decode() for size in re.findall(rb"/MediaBox\s*\[([^\]]*)\]", printed)}
    faults = [] if 0 < sheets <= most else [f"{sheets} sheets, not {most}"]
    faults += [f"not A4: {size}" for size in sizes if [round(float(side)) for side in size.split()[2:]] != [595, 842]]
    page.set_viewport_size({"width": PAPER, "height": 1000})
    faults += [*page.evaluate(_BEYOND, PAPER), *(f"to press: {tag}" for tag in page.evaluate(_PRESSED))]
    return faults
