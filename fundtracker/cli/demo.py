"""The demonstration: West Mercia's office of September 2020, ready to click, in a folder of its own."""

from dataclasses import replace
from datetime import date
from pathlib import Path

import click
from sqlalchemy import exists, select
from sqlalchemy.orm import Session

from fundtracker.app import create_app
from fundtracker.cli.demo_requests import ask_for_approvals
from fundtracker.cli.offices import connect, holds_something, open_books, require_current, schema_of
from fundtracker.cli.serving import LOOPBACK, address_of, listen, listen_on_next_free, serve_until_stopped
from fundtracker.cli.signing_in import FILE, SignIn, keep_sign_ins
from fundtracker.cli.starting import is_taken, make_database
from fundtracker.cli.tables import word_table
from fundtracker.cli.terminal import Command
from fundtracker.config import PACKAGE, Settings
from fundtracker.domain.money import Pence
from fundtracker.domain.refusals import Refusal
from fundtracker.domain.roles import COMMAND_LINE
from fundtracker.domain.statuses import Doubt, FundStatus
from fundtracker.services.allocations import reduce
from fundtracker.services.funds import close_fund, find_fund
from fundtracker.services.office import find_office, set_up_office
from fundtracker.services.payments import pay
from fundtracker.services.posting import Particulars
from fundtracker.sheets.office import bring_in
from fundtracker.store.awards import AwardLine
from fundtracker.store.bids import Bid
from fundtracker.store.funds import Fund
from fundtracker.store.imports import Batch
from fundtracker.store.office import Office
from fundtracker.store.transactions import transaction

STORY = PACKAGE / "demo" / "west-mercia-2020.xlsx"
LAST_YEAR = PACKAGE / "demo" / "example-2019-20.xlsx"
NAME = "West Mercia Police and Crime Commissioner"
PANEL = "West Mercia Police and Crime Panel"
# The Safer West Mercia Plan's four key objectives, as the Panel's report of 21 September 2020 heads them.
OBJECTIVES = (
    "Putting victims and survivors first",
    "Building a more secure West Mercia",
    "Reforming West Mercia",
    "Reassuring West Mercia's communities",
)
WON_ON = date(2019, 10, 21)  # the invented year's bid, which its fund came of
SETTLED_ON = date(2020, 5, 29)
AREAS = ("Force-wide", "Herefordshire", "Shropshire", "Telford & Wrekin", "Worcestershire")


class NotDemonstrationError(Refusal):
    """A database that the demonstration did not make."""


class StoryRefusal(Refusal):
    """The demonstration's own workbook, not brought in."""


@click.command(cls=Command)
@click.option("--port", type=click.IntRange(0, 65535), help="The port; 8000 or the next free one where left out.")
@click.option("--no-serve", is_flag=True, help="Make the office and print the sign-ins, and serve nothing.")
@click.option("--with-last-year", is_flag=True, help="Add an invented 2019/20; the folder is instance/demo-last-year.")
def demo(port: int | None, no_serve: bool, with_last_year: bool) -> None:
    """Serve a demonstration office, to this machine only; its folder is instance/demo."""
    # Its cookies must work on a plain loopback address, whatever the office proper needs.
    folder = "demo-last-year" if with_last_year else "demo"
    settings = replace(Settings.read(folder=folder), https=False, hosts=())
    sign_ins = set_up_demo(settings, with_last_year=with_last_year)
    if no_serve:
        _print_sign_ins(settings, sign_ins, "ready, and not served")
        return
    listening = listen_on_next_free() if port is None else listen(LOOPBACK, port)
    app = create_app(settings)
    _print_sign_ins(settings, sign_ins, address_of(listening))
    click.echo("Press Ctrl-C to stop.")
    serve_until_stopped(app, listening)


def set_up_demo(settings: Settings, *, with_last_year: bool = False) -> list[SignIn]:
    """Make the demonstration office, or find it made; raises NotDemonstrationError for any other."""
    _refuse_others(settings)
    make_database(settings)
    with open_books(settings) as session:
        if not _told(session, STORY):
            _tell_story(session)
        if with_last_year and not _told(session, LAST_YEAR):
            _tell_last_year(session)
        sign_ins = keep_sign_ins(session, settings.instance)
        ask_for_approvals(session)
        return sign_ins


def _refuse_others(settings: Settings) -> None:
    if not holds_something(settings):
        return
    with connect(settings) as engine:
        schema = schema_of(engine)
        if schema.foreign or schema.is_newer:
            require_current(schema)
        if not schema.current:
            return
        with Session(engine) as session:
            ours = session.scalar(select(Office.demonstration))
            if not ours and is_taken(session):
                raise NotDemonstrationError(
                    "This database was not made by fundtracker demo, so the demonstration leaves it alone. "
                    "Take FUNDTRACKER_INSTANCE and FUNDTRACKER_DATABASE away, or name an empty folder."
                )


def _told(session: Session, story: Path) -> bool:
    return bool(session.scalar(select(exists().where(Batch.file_name == story.name))))


def _tell_story(session: Session) -> None:
    with transaction(session):
        office = set_up_office(session, name=NAME, panel_name=PANEL, objectives=OBJECTIVES, areas=AREAS)
        office.demonstration = True
    _bring_in(session, STORY)


def _tell_last_year(session: Session) -> None:
    """Bring an invented year in; from then on the office's own name says on every page and file that it is one."""
    _bring_in(session, LAST_YEAR)
    with transaction(session):
        find_office(session).name = f"{NAME} (example)"
        find_fund(session, "SRF20").follows = find_fund(session, "SRF19")
        bid = session.scalars(select(Bid).where(Bid.title == "Early help for young people (example)")).one()
        bid.fund, bid.decided_on = find_fund(session, "EHF19"), WON_ON
        _settle_last_year(session)


def _settle_last_year(session: Session) -> None:
    """Pay what the invented year still owed, give back what it did not award and close its funds: that year is over."""
    said = Particulars(
        on=SETTLED_ON, by=COMMAND_LINE, narrative="The year’s end", decision="EX 2020/02 (example)",
        amount_doubt=Doubt.ILLUSTRATIVE,
    )  # fmt: skip
    for fund in session.scalars(select(Fund).where(Fund.name.endswith("(example)"))):
        for line in fund.lines:
            for award in session.scalars(select(AwardLine).where(AwardLine.budget_line_id == line.id)):
                if award.to_pay:
                    pay(session, line=award, amount=award.to_pay, particulars=said)
            if line.allocated > line.awarded:
                reduce(session, line=line, amount=Pence(line.allocated - line.awarded), particulars=said)
        if fund.status is not FundStatus.CLOSED:
            close_fund(session, fund=fund, particulars=said)


def _bring_in(session: Session, story: Path) -> None:
    answer = bring_in(session, story.read_bytes(), file_name=story.name, by=COMMAND_LINE)
    if answer.refused:
        raise StoryRefusal(answer.refused)


def _print_sign_ins(settings: Settings, sign_ins: list[SignIn], address: str) -> None:
    rows = [(sign_in.post, sign_in.email, sign_in.password) for sign_in in sign_ins]
    click.echo(f"The demonstration office of {NAME}: {address}\n")
    click.echo("\n".join(word_table([("Post", "Email address", "Password"), *rows])))
    click.echo(f"\nIts folder is {settings.instance}; {FILE} there keeps these.")
