"""The quarter's section for the Panel: chosen, read with every figure leading to its rows, and sent as a Word file."""

from dataclasses import dataclass
from itertools import groupby
from typing import Any

from flask import Response, render_template, url_for

from fundtracker.domain.papers import Content, Words
from fundtracker.domain.quarters import Quarter
from fundtracker.domain.statuses import PaperKind
from fundtracker.domain.years import now, today, year_label
from fundtracker.services.office import find_office
from fundtracker.services.papers.drafts import FIGURE, GONE, Draft
from fundtracker.services.papers.keeping import list_papers
from fundtracker.services.papers.numbering import numbers
from fundtracker.services.papers.panel import draft_panel, panel_content
from fundtracker.services.papers.templates import template_in_use
from fundtracker.sheets.word.writing import DOCX, word_name, write_word
from fundtracker.web.access import may_open
from fundtracker.web.blueprints import reports as pages
from fundtracker.web.db import reading
from fundtracker.web.lists.sending import send_file
from fundtracker.web.reports.quarters import path_of, quarter_of_path, quarters


@dataclass(frozen=True)
class Piece:
    """A part of a text as a page shows it: words, or a figure and where its rows are."""

    text: str
    figure: bool = False
    href: str = ""


@pages.get("/reports/panel", endpoint="panel")
def choose() -> str:
    """List the quarters, the last that is over first among them."""
    offered = quarters(reading())
    over = next((quarter for quarter in offered if quarter.last < today()), None)
    years = [(year_label(year), list(some)) for year, some in groupby(offered, key=lambda quarter: quarter.year)]
    return render_template("reports/panel_choose.html", years=years, over=over, path_of=path_of, today=today())


@pages.get("/reports/panel/<path:quarter>", endpoint="quarter")
def show(quarter: str) -> str:
    """Show a quarter's report, paragraph by paragraph, with what its author is told of each."""
    session, asked = reading(), quarter_of_path(quarter)
    made = draft_panel(session, asked)
    content = panel_content(session, made)
    kept = [pair for pair in list_papers(session, PaperKind.PANEL) if pair[0].subject == asked.label]
    return render_template(
        "reports/panel.html", made=made, content=content, numbers=numbers(content), quarter=asked, path=quarter,
        pieces=pieces, kept=kept, text=as_text(content), asked=asked_of(asked),
        to_look_at=sum(bool(said.words.warnings) for said in made.said),
    )  # fmt: skip


@pages.get("/reports/panel/<path:quarter>/file", endpoint="panel_file")
def word_file(quarter: str) -> Response:
    """Send a quarter's report as a Word file."""
    session, asked = reading(), quarter_of_path(quarter)
    content = panel_content(session, draft_panel(session, asked))
    template, office = template_in_use(session, PaperKind.PANEL), find_office(session).name
    given = template.content if template else None
    session.rollback()  # nothing is read while it is written
    return send_file(write_word(content, office=office, made_at=now(), template=given), DOCX, word_name(content))


def asked_of(quarter: Quarter) -> dict[str, str]:
    """Give what a quarter's report is asked for with, for keeping it."""
    return {"year": year_label(quarter.year), "quarter": str(quarter.number)}


def pieces(draft: Draft, text: str) -> list[Piece]:
    """Cut a text of a place at its figures."""
    parts: list[Piece] = []
    for at, part in enumerate(FIGURE.split(text)):
        if at % 2 == 0:
            parts += [Piece(part)] if part else []
        else:
            fact = draft.facts.get(part)
            parts.append(Piece(fact.says if fact else GONE, True, _rows(fact) if fact else ""))
    return parts


def _rows(fact: Any) -> str:
    if fact.award:
        return url_for("awards.show", ref=fact.award)
    return f"{url_for('rows.index')}?{fact.behind}" if fact.behind and may_open("rows.index") else ""


def as_text(content: Content) -> str:
    """Write a paper as plain text, to be copied into another document."""
    numbered = numbers(content)
    lines = [content.title, ""]
    for block in content.blocks:
        if isinstance(block, Words):
            number = numbered.get(block.key)
            lines += [f"{number}. {block.text}" if number else block.text, *(f"• {one}" for one in block.bullets), ""]
    return "\n".join(lines).strip()
