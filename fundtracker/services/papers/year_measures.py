"""The measures of the year in numbers: what each is called, how it is worked out, and which rows make it."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from fundtracker.domain.asks import Figure
from fundtracker.domain.money import pounds
from fundtracker.domain.papers import CellType
from fundtracker.domain.percentages import tenths_of
from fundtracker.services.papers.year_figures import YearFigures

Said = Callable[[YearFigures], str]


def _nothing(_: YearFigures) -> str:
    return ""


@dataclass(frozen=True)
class Measure:
    """One measure of a year: its value, in the type of its table, None where nothing was stated; and its note."""

    key: str
    words: str
    value: Callable[[YearFigures], int | None]
    figure: Figure | None = None
    note: Said = _nothing
    on_value: bool = False
    notes_both: bool = True
    of_applied: bool = False

    def said(self, years: Iterable[YearFigures]) -> bool:
        """Say whether a table has this row: what became of applications is left out where none came in."""
        return not self.of_applied or any(year.applied.received for year in years)

    def comparable(self, one: YearFigures, other: YearFigures) -> bool:
        """Say whether two years can be compared: what waits for funding is missing from what was awarded."""
        return not self.on_value or not (one.proposed or other.proposed)


def _waits(year: YearFigures) -> str:
    return f"{pounds(year.proposed)} subject to funding is not counted" if year.proposed else ""


def _requested(year: YearFigures) -> int | None:
    return year.applied.requested if year.applied.states_any else None


def _unstated(year: YearFigures) -> str:
    number = year.applied.unstated
    return f"{number:,} {'application states' if number == 1 else 'applications state'} no amount" if number else ""


def _without_value(year: YearFigures) -> str:
    number = year.counts.without_value
    return f"{number:,} {'has' if number == 1 else 'have'} no value stated" if number else ""


def _decided(year: YearFigures) -> str:
    return f"Awarded, of the {year.applied.decided:,} decided" if year.applied.decided else ""


def _areas(year: YearFigures) -> str:
    return ", ".join(year.areas)


def _became(what: str) -> Measure:
    words = f"Applications {what}"
    return Measure(f"applications_{what}", words, lambda year: getattr(year.applied, what), of_applied=True)


MEASURES: dict[tuple[str, str, CellType], tuple[Measure, ...]] = {
    ("money", "Money", CellType.MONEY): (
        Measure("allocated", "Allocated", lambda year: year.balance.allocated, Figure.ALLOCATED),
        Measure("awarded", "Awarded", lambda year: year.balance.awarded, Figure.AWARDED, _waits, on_value=True),
        Measure("paid", "Paid", lambda year: year.balance.net_paid, Figure.NET_PAID),
        Measure("requested", "Asked for", _requested, None, _unstated),
        Measure("average_award", "Average award", lambda year: year.average, None, on_value=True),
    ),
    ("counts", "Counts", CellType.NUMBER): (
        Measure("funds", "Funds", lambda year: year.funds),
        Measure("organisations", "Organisations", lambda year: year.counts.organisations, Figure.ORGANISATIONS),
        Measure("awards", "Awards", lambda year: year.counts.awards, Figure.AWARDS, _without_value),
        Measure("applications", "Applications received", lambda year: year.applied.received),
        *(_became(what) for what in ("awarded", "declined", "withdrawn", "waiting")),
        Measure("areas", "Areas reached", lambda year: len(year.areas), None, _areas, notes_both=False),
    ),
    ("rates", "Success", CellType.SHARE): (
        Measure(
            "success_rate", "Success rate", lambda year: tenths_of(year.applied.awarded, year.applied.decided), None,
            _decided, of_applied=True,
        ),
    ),
}  # fmt: skip
