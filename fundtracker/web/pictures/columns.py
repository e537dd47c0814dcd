"""Months drawn from a picture's table: this year as bars and last year as a line over them."""

from collections.abc import Sequence
from itertools import count

from fundtracker.domain.papers import Cell, RowKind, Table
from fundtracker.web.pictures.strokes import Column, Columns, Point, Tick

_TOP, _TALL, _BELOW = 12, 180, 24  # pixels over the highest line across, between the lines, and for the months
_LEFT = 14  # per cent for the amounts
_WIDE = 0.62  # of a month's place, its bar
_STEPS = (1, 2, 5)
_MOST_STEPS = 5
_POUND = 100
_SHORTENED = ((1_000_000_000, "bn"), (1_000_000, "m"), (1_000, "k"))
_QUARTERS = ("April", "July", "October", "January")


def month_columns(table: Table) -> Columns:
    """Draw the months of this year as bars, a gap where one has not come, and those of last year as a line."""
    rows = [row for row in table.rows if row.kind is RowKind.ROW]
    this = [_amount(row.cells[1]) for row in rows]
    before = [_amount(row.cells[2]) or 0 for row in rows] if len(table.columns) > len(("month", "this")) else []
    steps = _steps([amount for amount in (*this, *before, 0) if amount is not None])
    place = (100 - _LEFT) / max(len(rows), 1)
    middles = [_LEFT + place * (at + 0.5) for at in range(len(rows))]
    columns = [
        _column(str(row.cells[0].value), middle, place, amount, steps)
        for row, middle, amount in zip(rows, middles, this, strict=True)
    ]
    ticks = [Tick(_short(step), round(_down(step, steps), 1)) for step in steps]
    points = [
        Point(round(middle, 2), round(_down(amount, steps), 1)) for middle, amount in zip(middles, before, strict=False)
    ]
    key = [(kind, column.title.removesuffix("£").strip()) for kind, column in
           zip(("paid", "line"), table.columns[1:], strict=False)]  # fmt: skip
    return Columns(ticks, columns, key, _TOP + _TALL + _BELOW, round(_down(0, steps), 1), points)


def _column(name: str, middle: float, place: float, amount: int | None, steps: Sequence[int]) -> Column:
    floor, end = _down(0, steps), _down(amount or 0, steps)
    words = name.partition(" ")[0] if " " in name else name[:3]  # Before, After, or the month's first letters
    width = place * _WIDE
    return Column(
        words, round(middle, 2), round(middle - width / 2, 2), round(width, 2), round(min(floor, end), 1),
        round(abs(floor - end), 1), name in _QUARTERS,
    )  # fmt: skip


def _steps(amounts: Sequence[int]) -> list[int]:
    """Give round amounts from under the least to over the most, five or six of them."""
    low, high = min(amounts), max(amounts)
    sizes = (size * _POUND * 10**power for power in count() for size in _STEPS)
    step = next(size for size in sizes if size * _MOST_STEPS >= high - low)
    return [step * at for at in range(low // step, -(-high // step) + 1)]


def _down(amount: int, steps: Sequence[int]) -> float:
    """Say how far down an amount stands, in pixels."""
    low, high = steps[0], steps[-1]
    return _TOP + _TALL * (high - amount) / (high - low) if high > low else _TOP + _TALL


def _short(amount: int) -> str:
    """Write a round amount in few letters: £20k, £1.5m."""
    whole = abs(amount) // _POUND
    for size, letter in _SHORTENED:
        if whole >= size:
            part = whole * 10 // size
            return f"{'−' if amount < 0 else ''}£{part // 10:,}{f'.{part % 10}' if part % 10 else ''}{letter}"
    return f"{'−' if amount < 0 else ''}£{whole}"


def _amount(cell: Cell) -> int | None:
    return cell.value if isinstance(cell.value, int) else None
