"""The rows behind a figure: what the address asks for, in words, its rows, and their download."""

from dataclasses import dataclass
from typing import Any

from flask import Blueprint, Response, render_template, request, url_for
from flask.typing import ResponseReturnValue

from fundtracker.domain.asks import Figure
from fundtracker.domain.refusals import Refusal
from fundtracker.domain.years import long_date, year_label
from fundtracker.services.behind.asked import read_asked, stated
from fundtracker.services.behind.rows import FIRST, Behind, Place, all_behind, count_behind, page_behind
from fundtracker.services.behind.words import heading, name_of, sentence
from fundtracker.services.listings.choices import choices
from fundtracker.sheets.lists import check_fits
from fundtracker.web.addresses import whole_number
from fundtracker.web.db import reading
from fundtracker.web.lists.sending import send_list
from fundtracker.web.rows.columns import columns_of
from fundtracker.web.rows.links import leads_of, rows_of

pages = Blueprint("rows", __name__)
pages.add_app_template_global(rows_of)
pages.add_app_template_global(leads_of)

FIGURES = {figure.value: name_of(figure) for figure in Figure}


@dataclass(frozen=True, kw_only=True)
class Shown:
    """A figure with a page of its rows, and the addresses that lead on from it."""

    found: Behind
    said: dict[str, str]

    def href(self, **changes: Any) -> str:
        """Give the address of these rows with something changed; None takes it out."""
        kept = {name: text for name, text in ({**self.said, **changes}).items() if text is not None}
        return url_for("rows.index", **kept)

    @property
    def download_href(self) -> str:
        """Give the address of the workbook of all these rows."""
        said: dict[str, Any] = {**self.said}
        return url_for("rows.download", **said)

    @property
    def chips(self) -> list[tuple[str, str]]:
        """List what the figure is cut by, each with the address without it."""
        asked = self.found.asked
        said = [(f"{cut.label}: {cut.words}", self.href(**{cut.name: None})) for cut in asked.cuts]
        if "as_at" in self.said:
            said.append((f"As at: {long_date(asked.when.day)}", self.href(as_at=None)))
        if asked.up_to is not None:
            said.append((f"Up to entry: #{asked.when.last_entry}", self.href(up_to=None)))
        return said

    @property
    def earlier_href(self) -> str:
        """Give the address of the page before this one."""
        return self.href(before=self.found.rows[0].key)

    @property
    def later_href(self) -> str:
        """Give the address of the page after this one."""
        return self.href(after=self.found.rows[-1].key)


@pages.get("/rows")
def index() -> ResponseReturnValue:
    """Show the rows that make a figure, or ask which figure is meant."""
    said = stated(request.args)
    if "figure" not in said:
        return _page()
    try:
        asked = read_asked(reading(), said)
    except Refusal as refusal:
        return _page(problem=refusal.sentence), refusal.status
    found = page_behind(reading(), asked, _place())
    if found.count and not found.rows:
        found = page_behind(reading(), asked)  # there is no such page
    return _page(Shown(found=found, said=said), words=sentence(found), title=heading(asked))


@pages.get("/rows.xlsx")
def download() -> Response:
    """Send all the rows that make a figure as a workbook."""
    session = reading()
    asked = read_asked(session, stated(request.args))
    check_fits(count_behind(session, asked).count)
    rows = all_behind(session, asked).rows
    cuts = [(cut.label, cut.words) for cut in asked.cuts]
    return send_list(heading(asked), columns_of(asked), rows, as_at=asked.when.day, filters=cuts)


def _place() -> Place:
    """Read which page is asked for, the first where none is."""
    for name in Place._fields:
        if (key := whole_number(request.args.get(name, ""))) is not None:
            return Place(**{name: key})
    return FIRST


def _page(shown: Shown | None = None, *, problem: str = "", words: str = "", title: str = "") -> str:
    known = choices(reading())
    return render_template(
        "rows/index.html", shown=shown, problem=problem, words=words, title=title, figures=FIGURES, funds=known.funds,
        years={year_label(year): year_label(year) for year in known.years},
    )  # fmt: skip
