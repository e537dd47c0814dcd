"""Why an operation on a fund cannot begin, said before a form is filled in, and where to go first."""

from enum import StrEnum
from typing import NamedTuple

from flask import url_for

from fundtracker.domain.statuses import FundStatus
from fundtracker.store.funds import Fund


class Needs(StrEnum):
    """What an operation needs of its fund."""

    NOTHING = ""
    NOT_CLOSED = "not closed"
    LEFT = "something left to award"
    HELD = "something received and not returned"


class Stop(NamedTuple):
    """Why not, and what to do first."""

    sentence: str
    href: str
    first: str


def stopped(fund: Fund, needs: Needs) -> Stop | None:
    """Give what stops an operation, or nothing; the books refuse it too, if it is sent all the same."""
    if needs is Needs.NOT_CLOSED and fund.status is FundStatus.CLOSED:
        return _stop(fund, f"{fund.name} is closed, so it takes no new allocation.", "reopen", "Reopen the fund first")
    if needs is Needs.LEFT and not any(line.remaining > 0 for line in fund.lines):
        return _stop(
            fund, f"{fund.name} has nothing left to award, so nothing can be taken from it.", "show", "See the fund"
        )
    if needs is Needs.HELD and sum(line.received - line.returned for line in fund.lines) <= 0:
        sentence = f"Nothing that {fund.funder} sent for {fund.name} is recorded and not returned already."
        return _stop(fund, sentence, "record_receipt", "Record the receipt first")
    return None


def _stop(fund: Fund, sentence: str, page: str, first: str) -> Stop:
    return Stop(sentence, url_for(f"funds.{page}", ref=fund.reference), first)
