"""Rows of a file, page by page, filtered by what became of them."""

from dataclasses import dataclass
from typing import Final

from flask import request, url_for

from fundtracker.domain.statuses import Fate
from fundtracker.web.addresses import whole_number
from fundtracker.web.imports.found import ROWS_SHOWN, Found, RowFound, Which

TO_LOOK_AT: Final = "to look at"
EVERY: Final = "every row"
WHATS: Final[dict[str, str]] = {
    TO_LOOK_AT: "Rows to look at",
    Fate.LEFT_OUT.value: "Rows left out",
    Fate.ALREADY_THERE.value: "Rows already there",
    Fate.TAKEN.value: "Rows taken",
    EVERY: "Every row",
}


@dataclass(frozen=True)
class Shown:
    """One page of rows, which of them were asked for, and how many there are of each."""

    what: str
    rows: list[RowFound]
    page: int
    last: int
    counts: dict[str, int]

    @property
    def words(self) -> dict[str, str]:
        """Give what each choice of rows is called."""
        return WHATS

    def address(self, page: int = 1, what: str = "") -> str:
        """Give the address of a page of these rows, or of others."""
        endpoint, arguments = request.endpoint or "", request.view_args or {}
        return url_for(endpoint, **arguments, rows=what or self.what, page=page, _anchor="rows")


def shown_rows(found: Found) -> Shown:
    """Give the rows that the address asks for."""
    counts = {what: found.count(_which(what)) for what in WHATS}
    named = request.args.get("rows", "")
    what = named if named in WHATS else (TO_LOOK_AT if counts[TO_LOOK_AT] else EVERY)
    last = max(1, -(-counts[what] // ROWS_SHOWN))
    page = min(max(1, whole_number(request.args.get("page", "")) or 1), last)
    return Shown(what, found.rows(_which(what), page), page, last, counts)


def _which(what: str) -> Which:
    return Which(to_look_at=True) if what == TO_LOOK_AT else Which("" if what == EVERY else what)
