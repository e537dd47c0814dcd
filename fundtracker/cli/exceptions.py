"""`fundtracker export exceptions`: the monthly exception report as a workbook."""

from datetime import date

import click

from fundtracker.cli.offices import find_actor, open_books
from fundtracker.cli.options import as_at_option, as_option
from fundtracker.cli.output import TO, refuse_mixture, write_output
from fundtracker.cli.terminal import Command, json_option
from fundtracker.domain.roles import Power
from fundtracker.domain.years import now
from fundtracker.services.exceptions.papers import exceptions_paper
from fundtracker.services.office import find_office
from fundtracker.sheets.papers.workbook import paper_name, write_paper


@click.command(cls=Command)
@as_at_option
@click.option("-o", "--output", metavar="FILE", required=True, help=TO)
@as_option
@json_option
def exceptions(*, as_at: date | None, output: str, email: str | None, as_json: bool) -> None:
    """Write the exception report: what is late, over or missing, with its owner, action and due date, as a workbook."""
    refuse_mixture(output, as_json=as_json)
    with open_books() as session:
        by = find_actor(session, email, Power.READ)
        content = exceptions_paper(session, day=as_at)
        made = write_paper(content, made_at=now(), made_by=by.name, office=find_office(session).name)
    write_output(output, paper_name(content), [made], as_json=as_json)
