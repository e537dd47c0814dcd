"""From what an organisation asked for to what it was paid: each step between them, so that they add up."""

from collections.abc import Iterable
from datetime import date

from fundtracker.domain.money import ZERO, Pence
from fundtracker.domain.papers import Cell, CellType, Column, Row, RowKind, Table
from fundtracker.domain.statuses import ApplicationStatus
from fundtracker.services.listings.applications import ApplicationRow
from fundtracker.services.listings.awards import AwardRow
from fundtracker.services.organisation_sums import Sums

_TURNED_DOWN = (ApplicationStatus.DECLINED, ApplicationStatus.WITHDRAWN)
_COLUMNS = (Column("step", "Step"), Column("amount", "Amount", CellType.MONEY))


def steps_table(applications: Iterable[ApplicationRow], awards: Iterable[AwardRow], sums: Sums, day: date) -> Table:
    """Say what stands between what was asked for, what was awarded and what was paid, as at a day."""
    asked = _asked(applications, awards, day)
    awarded, requested = sums.awarded or ZERO, sums.asked_for or ZERO
    became = sum(given for _, given in asked["answered"])
    less = sum(wanted for wanted, _ in asked["answered"]) - became
    steps = [
        ("asked_for", "Asked for", requested, RowKind.SUBTOTAL),
        ("turned_down", "Declined or withdrawn", -_wanted(asked["turned_down"]), RowKind.ROW),
        ("waiting", "Waiting for a decision", -_wanted(asked["waiting"]), RowKind.ROW),
        (
            "less",
            "Awarded less than was asked for" if less > 0 else "Awarded more than was asked for",
            -less,
            RowKind.ROW,
        ),
        ("unasked", "Awarded where no amount was asked for", awarded - became, RowKind.ROW),
        ("awarded", "Awarded", awarded, RowKind.SUBTOTAL),
        ("to_pay", "Still to pay", -sums.to_pay, RowKind.ROW),
        ("to_recover", "Held beyond its awards, to recover", sums.to_recover, RowKind.ROW),
        ("paid", "Paid, less what came back", sums.paid, RowKind.TOTAL),
    ]
    rows = (
        Row(key, (Cell(words), Cell(amount)), kind)
        for key, words, amount, kind in steps
        if amount or kind is not RowKind.ROW
    )
    return Table("steps", "From asking to paying", _COLUMNS, tuple(rows))


Pairs = list[tuple[int, int]]


def _asked(applications: Iterable[ApplicationRow], awards: Iterable[AwardRow], day: date) -> dict[str, Pairs]:
    """Sort each amount that was asked for by what became of it by the day, with what was awarded for it."""
    found: dict[str, Pairs] = {"turned_down": [], "waiting": [], "answered": []}
    for one in applications:
        if one.asked_for is not None:
            found[_became(one, day)].append((one.asked_for, one.awarded or 0))
    for award in awards:
        if award.application is None and award.asked_for is not None:
            found["answered"].append((award.asked_for, award.awarded or 0))
    return found


def _became(one: ApplicationRow, day: date) -> str:
    if one.awarded:
        return "answered"
    decided = one.status is not ApplicationStatus.RECEIVED and (one.decided is None or one.decided <= day)
    if not decided:
        return "waiting"
    return "turned_down" if one.status in _TURNED_DOWN else "answered"


def _wanted(pairs: Pairs) -> Pence:
    return Pence(sum(wanted for wanted, _ in pairs))
