"""What is late or at risk, for the chief executive's first page: what one rule finds in one fund is one line."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from flask import url_for

from fundtracker.domain.money import Pence
from fundtracker.services.exceptions.listing import ExceptionRow
from fundtracker.services.exceptions.rules import Rule
from fundtracker.services.listings.filters import TO_PAY, TO_RECOVER

TO_DECIDE = (Rule.CLOSED, Rule.SUSPENDED)
_SEVERAL = {
    Rule.OVERDUE: "instalments overdue",
    Rule.HELD: "instalments on hold",
    Rule.TO_RECOVER: "amounts to recover",
}
_OWED = {Rule.OVERDUE: TO_PAY, Rule.HELD: TO_PAY, Rule.TO_RECOVER: TO_RECOVER}


@dataclass(frozen=True)
class Risk:
    """One line: what, where, how much in pence (None where not stated), by when at the earliest, and whose it is."""

    text: str
    href: str
    amount: Pence | None
    due: date
    action: str
    owner: str


def risks(exceptions: Iterable[ExceptionRow]) -> list[Risk]:
    """Give what is late or at risk, most money first, without what is to decide."""
    groups: dict[tuple[Rule, str], list[ExceptionRow]] = defaultdict(list)
    for one in exceptions:
        if one.rule not in TO_DECIDE:
            groups[one.rule, one.found.fund_reference or one.key].append(one)
    found = [_risk(rows) for rows in groups.values()]
    return sorted(found, key=lambda one: -(one.amount or 0))


def _risk(rows: Sequence[ExceptionRow]) -> Risk:
    first, stated = rows[0], [one.value for one in rows if one.value is not None]
    several = len(rows) > 1
    named = _SEVERAL.get(first.rule, f"times “{first.rule.words}”")
    text = f"{first.found.fund}: {len(rows)} {named}"
    return Risk(
        text if several else first.found.what, _address(first, several=several),
        Pence(sum(stated)) if stated else None, min(one.due for one in rows), first.action, first.owner,
    )  # fmt: skip


def _address(one: ExceptionRow, *, several: bool) -> str:
    if several and one.found.fund_reference:
        owed = _OWED.get(one.rule)
        fund = one.found.fund_reference
        return url_for("awards.index", fund=fund, owed=owed) if owed else url_for("funds.show", ref=fund)
    return url_for("funds.show" if one.found.kind == "fund" else "awards.show", ref=one.found.reference)
