"""What this person may do to a fund, as its state allows: one button for the usual thing, and links in groups."""

from typing import NamedTuple

from flask import url_for

from fundtracker.domain.balances import Balance
from fundtracker.domain.statuses import FundStatus, Source
from fundtracker.store.funds import Fund
from fundtracker.web.access import may_open

_SHOWN = 4  # the button, and as many links as stand beside a title


class Action(NamedTuple):
    """One thing to do, and where."""

    text: str
    href: str


class Actions(NamedTuple):
    """The usual thing, what stands beside it, and the rest in groups by their words."""

    button: Action | None
    beside: list[Action]
    groups: dict[str, list[Action]]


Choice = tuple[bool, str, str]  # whether the state allows it, the page, its words


def fund_actions(fund: Fund, balance: Balance) -> Actions:
    """Give what may be done to a fund now, by the person signed in."""
    usual = _open(fund, _usual(fund, balance))
    offered = {words: _open(fund, choices) for words, choices in _groups(fund, balance).items()}
    rest = {
        words: [one for one in actions if one.href not in {first.href for first in usual[:_SHOWN]}]
        for words, actions in offered.items()
    }
    return Actions(
        usual[0] if usual else None, usual[1:_SHOWN], {words: found for words, found in rest.items() if found}
    )


def _open(fund: Fund, choices: list[Choice]) -> list[Action]:
    return [Action(words, _address(page, fund)) for may, page, words in choices if may and may_open(page)]


def _address(page: str, fund: Fund) -> str:
    of_list = page.endswith(".index")
    return url_for(page, fund=fund.reference) if of_list else url_for(page, ref=fund.reference)


def _usual(fund: Fund, balance: Balance) -> list[Choice]:
    """Put the usual thing first: what it is depends on whether the fund gives, waits, or is done."""
    opened, left = fund.status is FundStatus.OPEN, balance.remaining > 0
    closed_left = fund.status is FundStatus.CLOSED and left
    external = fund.source is Source.EXTERNAL
    return [
        (opened and not balance.original, "funds.allocate", "Allocate to this fund"),
        (closed_left and external, "funds.return_to_funder", "Return what is left to the funder"),
        (closed_left, "funds.transfer", "Transfer what is left"),
        (closed_left, "funds.carry_forward", "Carry it forward"),
        (opened, "applications.log", "Log an application"),
        (opened, "awards.direct", "Award without an application"),
        (opened and balance.original > 0, "funds.allocate", "Add to the allocation"),
        (opened and left, "funds.transfer", "Transfer (virement)"),
        (fund.status is FundStatus.SUSPENDED, "funds.reopen", "Reopen this fund"),
    ]


def _groups(fund: Fund, balance: Balance) -> dict[str, list[Choice]]:
    closed = fund.status is FundStatus.CLOSED
    left, held = balance.remaining > 0, balance.received > balance.returned
    add = "Add to the allocation" if balance.original else "Allocate to this fund"
    return {
        "Money in": [
            (not closed, "funds.allocate", add),
            (True, "funds.record_receipt", "Record a receipt from the funder"),
        ],
        "Money moved": [
            (left, "funds.transfer", "Transfer to another line or fund"),
            (left, "funds.carry_forward", "Carry forward to the next year"),
            (left, "funds.reduce", "Reduce the allocation"),
            (balance.allocated > 0, "funds.record_cut", "Record a funder’s cut"),
            (held, "funds.return_to_funder", "Return money to the funder"),
            (not closed or balance.over_allowed > 0, "funds.set_allowance", "Set the allowance"),
        ],
        "Year end": [
            (True, "cash.fund", "What we are owed and what we owe"),
            (fund.source is Source.EXTERNAL, "cash.expect", "Expect money from the funder"),
            (True, "accruals.index", "Accruals and prepayments"),
            (True, "year_end.statement", "Year-end grant statement"),
            (True, "assertions.record", "Type what the general ledger says"),
            (True, "year_end.follow", "Open next year’s fund"),
        ],
        "The fund itself": _itself(fund),
    }


def _itself(fund: Fund) -> list[Choice]:
    opened, closed = fund.status is FundStatus.OPEN, fund.status is FundStatus.CLOSED
    return [
        (True, "funds.words", "Edit the words"),
        (True, "funds.coding", "Coding for the finance system"),
        (not closed, "funds.add_line", "Add a budget line"),
        (opened, "funds.suspend", "Suspend it"),
        (not closed, "funds.close", "Close it"),
        (not opened, "funds.reopen", "Reopen it"),
    ]
