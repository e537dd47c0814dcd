"""`fundtracker export handover` and `dossier`: the office's records, or one award's, for people without fundtracker."""

from pathlib import Path
from typing import cast

import click
from sqlalchemy import Engine

from fundtracker.cli.offices import find_actor, open_books
from fundtracker.cli.options import as_option
from fundtracker.cli.output import STANDARD, output_option, refuse_mixture, write_output
from fundtracker.cli.terminal import Command, json_option, print_json
from fundtracker.config import beside
from fundtracker.domain.roles import Power
from fundtracker.sheets.dossier.writing import write_dossier
from fundtracker.sheets.handover.handing_over import write_handover

whole_option = click.option("-o", "--output", metavar="FILE", required=True, help="The file to write, or a folder.")


@click.command(cls=Command)
@whole_option
@as_option
@json_option
def handover(*, output: str, email: str | None, as_json: bool) -> None:
    """Write all of the office's records in one ZIP that needs no fundtracker: workbooks, CSV, JSON and files."""
    refuse_standard(output)
    with open_books() as session:
        by, engine = find_actor(session, email, Power.READ), session.get_bind()
        session.rollback()
        file = write_handover(cast("Engine", engine), Path(output), beside("migrations"), made_by=by.name)
    if as_json:
        print_json({"file": str(file), "bytes": file.stat().st_size})
    else:
        click.echo(f"Written: {file}")


@click.command(cls=Command)
@click.argument("reference")
@output_option
@as_option
@json_option
def dossier(*, reference: str, output: str, email: str | None, as_json: bool) -> None:
    """Write all that is recorded of the award REFERENCE as one ZIP, with what proves that none of it was altered."""
    refuse_mixture(output, as_json=as_json)
    with open_books() as session:
        by, engine = find_actor(session, email, Power.READ), session.get_bind()
        made = write_dossier(cast("Engine", engine), session, reference, made_by=by.name)
        write_output(output, made.file_name, made.chunks, as_json=as_json)


def refuse_standard(output: str) -> None:
    """Refuse the output itself for a file that is written whole or not at all; raises UsageError."""
    if output == STANDARD:
        raise click.UsageError("-o names a file or a folder here: it is written whole or not at all.")
