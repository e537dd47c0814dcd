"""Read a page as a person does: the figures over it, and the tables' cells by the words over each, in pence."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from html.parser import HTMLParser

_MONEY = re.compile(r"(?P<minus>−?)£?(?P<pounds>[0-9,]+)\.(?P<pence>[0-9]{2})")  # a minus sign is meant
_VOID = frozenset({"input", "link", "meta", "br", "rect", "line", "path", "img", "hr"})


@dataclass
class Row:
    """A row of a table: its kind, as its class says, its heading's address, and its cells by label."""

    kind: str = ""
    href: str = ""
    cells: dict[str, str] = field(default_factory=dict)

    def pence(self, label: str) -> int | None:
        """Give the amount in a cell; None where there is none."""
        return in_pence(self.cells.get(label, ""))


def in_pence(text: str) -> int | None:
    """Read the one amount that a text is, £ or not; None for any other text."""
    found = _MONEY.fullmatch(text.strip())
    if found is None:
        return None
    amount = int(found["pounds"].replace(",", "")) * 100 + int(found["pence"])
    return -amount if found["minus"] else amount


class Page(HTMLParser):
    """A page, read from its HTML; second lines and meanings that are folded away are not taken for figures."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.rows: list[Row] = []
        self.figures: dict[str, str] = {}
        self._open: list[tuple[str, dict[str, str]]] = []
        self._term = ""
        self.feed(html)

    def pence(self, label: str) -> int:
        """Give the figure of a label over the page, in pence; raises LookupError for one that is not there."""
        amount = in_pence(self.figures[label])
        if amount is None:
            raise LookupError(f"{label} is {self.figures[label]!r}")
        return amount

    def of_kind(self, kind: str) -> Iterator[Row]:
        """Give the rows of a kind: none for those that are rows of the list, `ft-total` for its totals."""
        return (row for row in self.rows if row.kind == kind and row.cells)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Note what is open; a row of a body or foot begins a new row."""
        given = {name: value or "" for name, value in attrs}
        if tag not in _VOID:
            self._open.append((tag, given))
        if tag == "tr":
            self.rows.append(Row(given.get("class", "")))
        if tag == "dt":
            self._term = ""
        if tag == "a" and self._within("th") and self.rows and not self.rows[-1].href:
            self.rows[-1].href = given.get("href", "")

    def handle_endtag(self, tag: str) -> None:
        """Close what was open."""
        while self._open and self._open.pop()[0] != tag:
            pass

    def handle_data(self, data: str) -> None:
        """Take the text of a cell, of a figure's label or of the figure itself."""
        if not data.strip() or self._aside():
            return
        if label := self._label():
            cells = self.rows[-1].cells
            cells[label] = cells.get(label, "") + data.strip()
        elif self._within("dt"):
            self._term += data.strip()
        elif self._within("dd") and self._term:
            self.figures.setdefault(self._term, data.strip())

    def _within(self, tag: str) -> bool:
        return any(name == tag for name, _ in self._open)

    def _aside(self) -> bool:
        meaning = self._within("details") and not self._within("summary")
        return meaning or any("ft-sub" in given.get("class", "").split() for _, given in self._open)

    def _label(self) -> str:
        return next((given["data-label"] for name, given in self._open if name == "td" and "data-label" in given), "")
