"""Areas merged over several rows: words and dates count for each row, an amount only for the first."""

from bisect import bisect_left
from collections.abc import Sequence

from fundtracker.services.bringing.fields import Holds, field_named
from fundtracker.sheets.reading import Cell
from fundtracker.sheets.tabular.found import Found

MERGED = "is merged with row "


def spread_merged(found: Found, name: str, start: int, cells: Sequence[Cell]) -> tuple[Sequence[Cell], dict[int, str]]:
    """
    Fill the cells below the first of each merged area; of amounts say instead, by place, what is the matter.

    `start` is the place of the first of the cells among those below the headings.
    """
    spans = found.sheet.tall.get(found.places[name], [])
    first = found.first_row + start
    amounts = field_named(name).holds is Holds.AMOUNT
    filled, faults = list(cells) if spans else cells, {}
    for top, last in spans[max(0, bisect_left(spans, (first, 0)) - 1) : bisect_left(spans, (first + len(cells), 0))]:
        value = found.cells(name)[top - found.first_row] if top >= found.first_row else ""
        for place in range(max(top + 1 - first, 0), min(last + 1 - first, len(cells))):
            if amounts and value != "":
                faults[place] = f"{MERGED}{top} above, so what is this row’s own cannot be told"
            elif isinstance(filled, list) and value != "":
                filled[place] = value
    return filled, faults
