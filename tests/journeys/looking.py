"""Looking at a page in a browser: axe, a phone's width, twice the size, and a mark on whatever has the focus."""

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, ViewportSize

STANDARDS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
DESK: ViewportSize = {"width": 1280, "height": 900}
# 1280 pixels at 200 % are 640, and at 400 %, or on a small phone, 320 (WCAG 2.2, 1.4.4 and 1.4.10); 900 are a window
# beside another, in which a table still has all of its columns.
NARROW: tuple[ViewportSize, ...] = (
    {"width": 900, "height": 700},
    {"width": 640, "height": 450},
    {"width": 320, "height": 800},
)
_AXE = Axe()
# What passes is told by one node a rule, or a list of fifty rows answers with thousands.
_ASKED = {"runOnly": STANDARDS, "resultTypes": ["violations"]}
# Of a table's rows that are built alike, and state and leave empty the same, axe looks at one.
_AGAIN = "data-row-again"
_MARK_AGAIN = """(mark) => {
  for (const table of document.querySelectorAll("table")) {
    const seen = new Set();
    for (const row of table.querySelectorAll("tbody > tr")) {
      const state = (it) => it.getAttributeNames().map((name) => name + (it.getAttribute(name) ? "=" : ""));
      const built = (it) => [it.tagName, it.className, ...state(it), it.textContent.trim() ? "words" : ""].join(" ");
      const made = [row, ...row.querySelectorAll("*")].map(built).join(", ");
      if (seen.has(made)) row.setAttribute(mark, "");
      seen.add(made);
    }
  }
}"""

# What is wider than the window, and what is cut off by the box it stands in; a box that scrolls cuts nothing off.
_CUT_OFF = """() => {
  const faults = [];
  if (document.documentElement.scrollWidth > window.innerWidth) {
    const right = (it) => it.getBoundingClientRect().right;
    const beyond = [...document.querySelectorAll("body *")].filter((it) => right(it) > window.innerWidth);
    faults.push("scrolls sideways: " + (beyond.at(-1)?.outerHTML ?? "").slice(0, 160));
  }
  for (const box of document.querySelectorAll("body *")) {
    const style = getComputedStyle(box);
    const drawn = box.clientWidth > 1 && !box.matches("input, select") && !box.closest("svg");
    const hides = drawn && ["hidden", "clip"].includes(style.overflowX);
    if (hides && box.scrollWidth > box.clientWidth + 1) faults.push("cut off: " + box.outerHTML.slice(0, 120));
  }
  return faults;
}"""

# What shows no difference when it has the focus; radios and boxes show it beside them, on their label.
_NO_FOCUS = """() => {
  const look = (it) => {
    const label = it.matches("[type=radio], [type=checkbox]") ? it.labels[0] : null;
    const drawn = [getComputedStyle(it), ...(label ? [getComputedStyle(label, "::before")] : [])];
    return JSON.stringify(drawn.map((s) => [s.outline, s.boxShadow, s.backgroundColor, s.borderColor]));
  };
  const places = "a[href], button, input:not([type=hidden]), select, textarea, summary, [tabindex='0']";
  const faults = [];
  for (const it of document.querySelectorAll(places)) {
    if (!it.checkVisibility() || it.disabled) continue;
    if (document.activeElement) document.activeElement.blur();
    const before = look(it);
    it.focus({ preventScroll: true });
    if (document.activeElement !== it || look(it) === before) faults.push("no focus: " + it.outerHTML.slice(0, 120));
  }
  if (document.activeElement) document.activeElement.blur();
  return faults;
}"""


def faults_of(page: Page) -> list[str]:
    """Give every fault of the page in the browser, and leave it at the width of a desk."""
    page.evaluate(_MARK_AGAIN, _AGAIN)
    found = _AXE.run(page, context={"exclude": [[f"[{_AGAIN}]"]]}, options=_ASKED).response["violations"]
    faults = [f"axe {fault['id']}: {node['html'][:160]}" for fault in found for node in fault["nodes"]]
    return faults + faults_of_width(page)


def faults_of_width(page: Page) -> list[str]:
    """Give what scrolls sideways or is cut off at each width; asks no script of the page, unlike axe."""
    faults = []
    for size in (*NARROW, DESK):
        page.set_viewport_size(size)
        faults += [f"at {size['width']} pixels {fault}" for fault in page.evaluate(_CUT_OFF)]
    return faults


def faults_of_focus(page: Page) -> list[str]:
    """Give what can have the focus and does not show it; takes the focus away from where it is."""
    return list(page.evaluate(_NO_FOCUS))
