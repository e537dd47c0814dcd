"""What a figure is, in a sentence: `Awarded by Safer Roads Fund 2020, 2020/21, as at 30 June 2020`."""

from collections.abc import Mapping
from typing import NamedTuple

from fundtracker.domain.asks import Figure
from fundtracker.domain.money import pounds
from fundtracker.domain.statuses import Source
from fundtracker.domain.years import long_date
from fundtracker.services.behind.asked import Asked, Cut
from fundtracker.services.behind.rows import COUNTS, Behind


class _Words(NamedTuple):
    """What a figure is called, how a fund is joined to it, and how an organisation is."""

    name: str
    fund: str
    organisation: str = "to"


_WORDS: Mapping[Figure, _Words] = {
    Figure.ORIGINAL: _Words("First allocated", "to"),
    Figure.ALLOCATED: _Words("Allocated", "to"),
    Figure.AWARDED: _Words("Awarded", "by"),
    Figure.REMAINING: _Words("Left to award", "in"),
    Figure.PAID: _Words("Paid, refunds not taken off,", "from"),
    Figure.RECOVERED: _Words("Refunded", "to", "by"),
    Figure.NET_PAID: _Words("Paid", "from"),
    Figure.TO_PAY: _Words("To pay", "from"),
    Figure.TO_RECOVER: _Words("To recover", "for", "from"),
    Figure.RECEIVED: _Words("Received from the funder", "for"),
    Figure.RETURNED: _Words("Returned to the funder", "from"),
    Figure.AWARDS: _Words("Awards", "from"),
    Figure.ORGANISATIONS: _Words("Organisations awarded money", "by", "being"),
}
_SOURCES = {
    Source.EXTERNAL: "external money",
    Source.OWN: "the Commissioner’s own money",
    Source.RESERVE: "reserves",
}
_ALL_FUNDS = "all funds"
_SAID: Mapping[str, tuple[str, str]] = {
    "year": ("{}", ""),
    "funder": ("money of {}", ""),
    "programme": ("programme {}", "funds of no programme"),
    "spend_type": ("{}", ""),
    "objective": ("objective “{}”", "no objective stated"),
    "area": ("area {}", "no area stated"),
    "recipient_type": ("organisations of the kind “{}”", "organisations whose kind is not stated"),
    "since": ("from {} on", ""),
}


def name_of(figure: Figure) -> str:
    """Give what a figure is called."""
    return _WORDS[figure].name.rstrip(",")


def heading(asked: Asked) -> str:
    """Say which figure it is: of which fund, to whom, and every other cut."""
    words, fund, whom = _WORDS[asked.figure], asked.cut("fund"), asked.cut("organisation")
    whole = f"{words.name} {words.fund} {fund.words if fund else _ALL_FUNDS}"
    whole += f" {words.organisation} {whom.words}" if whom else ""
    return ", ".join([whole, *(_said(cut) for cut in asked.cuts if cut not in (fund, whom))])


def sentence(found: Behind) -> str:
    """Say the whole of it: which figure, as at which day, what it comes to, and in how many rows."""
    asked = found.asked
    up_to = f", up to entry #{asked.when.last_entry:,}" if asked.up_to is not None else ""
    return f"{heading(asked)}, as at {long_date(asked.when.day)}{up_to}: {comes_to(found)}"


def comes_to(found: Behind) -> str:
    """Say what a figure comes to, and in how many rows: `£38,640.00 in 7 entries`."""
    figure, number = found.asked.figure, f"{found.count:,}"
    if figure in COUNTS:
        return f"{number}, worth {pounds(found.amount)}"
    if figure in (Figure.TO_PAY, Figure.TO_RECOVER):
        return f"{pounds(found.amount)} on {number} {'award line' if found.count == 1 else 'award lines'}"
    return f"{pounds(found.amount)} in {number} {'entry' if found.count == 1 else 'entries'}"


def _said(cut: Cut) -> str:
    if cut.name == "source":
        return _SOURCES[cut.value]
    stated, unstated = _SAID[cut.name]
    return stated.format(cut.words) if cut.typed else unstated
