"""`fundtracker export summary|panel|exceptions|year-in-numbers`: the papers for meetings, as files."""

from datetime import date

import click
from sqlalchemy.orm import Session

from fundtracker.cli.offices import find_actor, open_books
from fundtracker.cli.options import as_at_option, as_option, read_day, year_option
from fundtracker.cli.output import output_option, refuse_mixture, write_output
from fundtracker.cli.terminal import Command, json_option
from fundtracker.domain.papers import Content
from fundtracker.domain.quarters import parse_quarter
from fundtracker.domain.roles import Power
from fundtracker.domain.statuses import PaperKind
from fundtracker.domain.years import FinancialYear, now
from fundtracker.services.exceptions.papers import exceptions_paper
from fundtracker.services.history.heads import printed_head
from fundtracker.services.office import find_office
from fundtracker.services.papers.panel import panel_paper
from fundtracker.services.papers.templates import template_in_use
from fundtracker.services.papers.year_in_numbers import year_in_numbers_paper
from fundtracker.sheets.papers.summary import write_summary
from fundtracker.sheets.papers.workbook import paper_name, write_paper
from fundtracker.sheets.word.writing import word_name, write_word


@click.command(cls=Command)
@year_option
@as_at_option
@output_option
@as_option
@json_option
def summary(*, year: FinancialYear | None, as_at: date | None, output: str, email: str | None, as_json: bool) -> None:
    """Write the summary of a financial year, the one in hand where none is named, as an Excel workbook with charts."""
    refuse_mixture(output, as_json=as_json)
    with open_books() as session:
        by = find_actor(session, email, Power.READ)
        made = write_summary(session, day=as_at, year=year, made_by=by.name)
    write_output(output, made.file_name, made.chunks, as_json=as_json)


@click.command(cls=Command)
@click.option("--quarter", metavar="QUARTER", required=True, help="A quarter, like 2020/21-Q1: April to June 2020.")
@click.option("--meeting", type=read_day, metavar="DATE", help="The day of the Panel's meeting.")
@as_at_option
@output_option
@json_option
def panel(*, quarter: str, meeting: date | None, as_at: date | None, output: str, as_json: bool) -> None:
    """Write the quarter's section for the Police and Crime Panel as a Word file, as at the quarter's last day."""
    refuse_mixture(output, as_json=as_json)
    asked = parse_quarter(quarter)
    with open_books() as session:
        content = panel_paper(session, asked.year, asked.number, as_at, meeting_on=meeting)
        template, office = template_in_use(session, PaperKind.PANEL), find_office(session).name
        made = write_word(content, office=office, made_at=now(), template=template.content if template else None)
    write_output(output, word_name(content), [made], as_json=as_json)


@click.command(cls=Command)
@as_at_option
@output_option
@as_option
@json_option
def exceptions(*, as_at: date | None, output: str, email: str | None, as_json: bool) -> None:
    """Write the exception report: what is late, over or missing, with its owner, action and due date, as a workbook."""
    refuse_mixture(output, as_json=as_json)
    with open_books() as session:
        _write(session, exceptions_paper(session, day=as_at), output, email, as_json=as_json)


@click.command(cls=Command)
@year_option
@as_at_option
@output_option
@as_option
@json_option
def year_in_numbers(
    *, year: FinancialYear | None, as_at: date | None, output: str, email: str | None, as_json: bool
) -> None:
    """Write a year in numbers, the one in hand where none is named, with the year before beside it, as a workbook."""
    refuse_mixture(output, as_json=as_json)
    with open_books() as session:
        _write(session, year_in_numbers_paper(session, day=as_at, year=year), output, email, as_json=as_json)


def _write(session: Session, content: Content, output: str, email: str | None, *, as_json: bool) -> None:
    by, office = find_actor(session, email, Power.READ), find_office(session).name
    made = write_paper(content, made_at=now(), made_by=by.name, office=office, head=printed_head(session))
    write_output(output, paper_name(content), [made], as_json=as_json)
