"""`fundtracker export panel`: the quarter's section for the Panel as a Word file."""

from datetime import date

import click

from fundtracker.cli.offices import open_books
from fundtracker.cli.options import as_at_option, read_day
from fundtracker.cli.output import TO, refuse_mixture, write_output
from fundtracker.cli.terminal import Command, json_option
from fundtracker.domain.quarters import parse_quarter
from fundtracker.domain.statuses import PaperKind
from fundtracker.domain.years import now
from fundtracker.services.office import find_office
from fundtracker.services.papers.panel import panel_paper
from fundtracker.services.papers.templates import template_in_use
from fundtracker.sheets.word.writing import word_name, write_word


@click.command(cls=Command)
@click.option("--quarter", metavar="QUARTER", required=True, help="A quarter, like 2020/21-Q1: April to June 2020.")
@click.option("--meeting", type=read_day, metavar="DATE", help="The day of the Panel's meeting.")
@as_at_option
@click.option("-o", "--output", metavar="FILE", required=True, help=TO)
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
