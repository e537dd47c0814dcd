"""The workbook's proof: both totals, what is matched and explained, and a difference that Excel works out again."""

from collections.abc import Iterator

from fundtracker.domain.money import Pence
from fundtracker.domain.statuses import Explanation
from fundtracker.services.reconciling.rows import State
from fundtracker.services.reconciling.standing import Standing, Sums
from fundtracker.sheets.about import Row
from fundtracker.sheets.reconciliation.columns import (
    AMOUNT,
    DIFFERENCE,
    LEFT,
    LINES,
    MATCHES,
    MINE,
    OURS,
    REASON,
    REF,
    STATE,
    THEIRS,
    cells,
    letter,
)  # fmt: skip
from fundtracker.sheets.summary import RIGHT, WRONG
from fundtracker.sheets.writing import Cell, Type

STILL = "Difference still to explain"
UNDEALT = "Lines and payments not dealt with"


class Last:
    """The last row of each sheet that formulas add up."""

    def __init__(self, standing: Standing, left: int) -> None:
        self.of = {OURS: len(standing.ours) + 1, LINES: len(standing.lines) + 1, LEFT: left + 1,
                   MATCHES: len(standing.matchings) + 1}  # fmt: skip

    def cells(self, sheet: str, title: str) -> str:
        """Name a column's cells for a formula."""
        return cells(sheet, title, self.of[sheet])


def summary_rows(standing: Standing, left: int) -> list[Row]:
    """Give the rows of the proof, each formula with the value that it has now."""
    last = Last(standing, left)
    rows = [_all(standing, last), _matched(standing, last)]
    rows += [_because(reason, standing.because(reason), last, 4 + place) for place, reason in enumerate(Explanation)]
    first, end = 4, len(rows) + 1
    rows.append([Cell("Matched with a difference"), None, None,
                 Cell(standing.stated, Type.MONEY, f"SUM({last.cells(MATCHES, DIFFERENCE)})")])  # fmt: skip
    explained = Cell(standing.explained, Type.MONEY, f"SUM(D{first}:D{end + 1})", strong=True)
    rows.append([Cell("Explained in all", strong=True), None, None, explained])
    right = standing.difference == 0
    rows.append([
        Cell(STILL, strong=True), None, None,
        Cell(standing.difference, Type.MONEY, f"ROUND(D2-D{end + 2},2)", strong=True),
        Cell(RIGHT if right else WRONG, Type.TEXT, f'IF(D{end + 3}=0,"{RIGHT}","{WRONG}")', strong=True),
    ])  # fmt: skip
    rows.append(_undealt(left, last))
    return rows


def _all(standing: Standing, last: Last) -> Row:
    return _sums("All", standing.everything, f"SUM({last.cells(OURS, AMOUNT)})", f"SUM({last.cells(LINES, AMOUNT)})", 2)


def _matched(standing: Standing, last: Last) -> Row:
    ours, lines = (_when(last, sheet, STATE, State.MATCHED.value) for sheet in (OURS, LINES))
    return _sums("Matched", standing.of(State.MATCHED), ours, lines, 3)


def _because(reason: Explanation, sums: Sums, last: Last, at: int) -> Row:
    """Add what was explained before to what is typed in this workbook."""
    both = [
        f"{_when(last, sheet, REASON, reason.value)}+{_when(last, LEFT, REASON, reason.value, column)}"
        for sheet, column in ((OURS, MINE), (LINES, THEIRS))
    ]
    return _sums(f"Explained: {reason.value}", sums, both[0], both[1], at)


def _when(last: Last, sheet: str, title: str, value: str, amount: str = AMOUNT) -> str:
    return f'SUMIFS({last.cells(sheet, amount)},{last.cells(sheet, title)},"{value}")'


def _sums(words: str, sums: Sums, ours: str, theirs: str, at: int) -> Row:
    return [Cell(words), Cell(sums.ours, Type.MONEY, ours), Cell(sums.theirs, Type.MONEY, theirs),
            Cell(sums.difference, Type.MONEY, f"C{at}-B{at}")]  # fmt: skip


def _undealt(left: int, last: Last) -> Row:
    typed = "+".join(f'COUNTIF({last.cells(LEFT, REASON)},"{reason.value}")' for reason in Explanation)
    formula = f"COUNTA({last.cells(LEFT, REF)})-({typed})"
    return [Cell(UNDEALT), None, None, Cell(left, Type.WHOLE, formula)]


def counted_here(at: int) -> Cell:
    """Give the cell of a row that counts once a reason is typed beside it."""
    reason, mine, theirs = (f"{letter(LEFT, title)}{at}" for title in (REASON, MINE, THEIRS))
    known = ",".join(f'{reason}="{each.value}"' for each in Explanation)
    return Cell(Pence(0), Type.MONEY, f"IF(OR({known}),N({theirs})-N({mine}),0)")


def rows_of(found: list[Row]) -> Iterator[tuple[int, Row]]:
    """Give rows with the numbers that Excel shows beside them, below the heading."""
    return enumerate(iter(found), start=2)
