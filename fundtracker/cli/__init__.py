"""The fundtracker command, for people and programs."""

import click

from fundtracker import __version__
from fundtracker.cli import papers
from fundtracker.cli.books import check, summary
from fundtracker.cli.demo import demo
from fundtracker.cli.exporting import export
from fundtracker.cli.handing_on import dossier, handover
from fundtracker.cli.health import doctor
from fundtracker.cli.history import erase, verify
from fundtracker.cli.importing import import_
from fundtracker.cli.keeping import backup, restore
from fundtracker.cli.people import user
from fundtracker.cli.schema import db
from fundtracker.cli.serving import serve
from fundtracker.cli.starting import init
from fundtracker.cli.terminal import Group, suit_any_terminal

SETTINGS = {"help_option_names": ["-h", "--help"], "max_content_width": 100}


@click.group(cls=Group, context_settings=SETTINGS)
@click.version_option(__version__, prog_name="fundtracker", message="%(prog)s %(version)s")
def command() -> None:
    """
    Keep the funds of an office: one set of books, in one folder.

    FUNDTRACKER_INSTANCE names the folder, FUNDTRACKER_DATABASE another database's address.
    """


for part in (demo, init, serve, import_, export, summary, check, verify, erase, backup, restore, doctor, user, db):
    command.add_command(part)
for paper in (papers.summary, papers.panel, papers.exceptions, papers.year_in_numbers, handover, dossier):
    export.add_command(paper)


def main() -> None:
    """Run the command on any terminal."""
    suit_any_terminal()
    command(prog_name="fundtracker")
