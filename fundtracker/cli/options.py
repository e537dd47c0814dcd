"""What is typed after a command: dates as people write them, financial years, and who does it."""

from datetime import date

import click

from fundtracker.domain.dates import parse_day
from fundtracker.domain.refusals import Refusal
from fundtracker.domain.years import FinancialYear, parse_year


def read_day(text: str) -> date:
    """Read 2020-09-21, 21/9/2020 or 21 September 2020; raises BadParameter, which is a usage error."""
    try:
        return parse_day(text)
    except Refusal as refusal:
        raise click.BadParameter(refusal.sentence) from None


def read_year(text: str) -> FinancialYear:
    """Read 2020/21; raises BadParameter, which is a usage error."""
    try:
        return parse_year(text)
    except Refusal as refusal:
        raise click.BadParameter(refusal.sentence) from None


as_at_option = click.option(
    "--as-at", type=read_day, metavar="DATE", help="The day it is as at; today where it is left out."
)
up_to_option = click.option(
    "--up-to-entry", type=click.IntRange(min=0), metavar="N", help="Count entries up to this number only."
)
year_option = click.option("--year", type=read_year, metavar="YEAR", help="A financial year, like 2020/21.")
as_option = click.option(
    "--as", "email", metavar="EMAIL", help="Who does it, by email address; “command line” where it is left out."
)
