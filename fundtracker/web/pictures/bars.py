"""Bars drawn from a picture's table: each fund's money against its time, and who or where has how much."""

from collections.abc import Callable, Mapping
from typing import Any

from fundtracker.domain.balances import Balance
from fundtracker.domain.money import Pence, pounds
from fundtracker.domain.papers import Cell, Row, RowKind, Table
from fundtracker.domain.percentages import tenths
from fundtracker.web.bars import bar_parts
from fundtracker.web.pictures.strokes import BAR, LINE, Bar, Bars, Stretch, Text, name_lines

_GAP, _BELOW, _MARK = 14, 6, 6  # pixels between rows, under a name, and for a mark over a bar
_WIDEST = 42  # per cent, so that an amount stands beside the longest bar across a phone
_BESIDE = 1.5  # per cent between a bar and its amount

Said = Mapping[str, Cell]
Drawn = Callable[[Said, int], Bar]


def spend_bars(table: Table) -> Bars:
    """Draw for each fund what is paid, to pay and left of its allocation, with a mark at the time that has gone."""
    key = (("paid", "Paid"), ("to-pay", "Awarded, still to pay"), ("left", "Left to award"), ("time", "Time gone"))
    return _stack(table, _fund, key)


def awarded_bars(table: Table) -> Bars:
    """Draw for each row what is awarded, of it paid and to pay; the longest is the most."""
    most = max((_whole(said["awarded"]) for said in _rows(table)), default=0)

    def draw(said: Said, y: int) -> Bar:
        return _awarded(said, y, most)

    return _stack(table, draw, (("paid", "Awarded and paid"), ("to-pay", "Awarded, still to pay")))


def _stack(table: Table, draw: Drawn, key: tuple[tuple[str, str], ...]) -> Bars:
    rows: list[Bar] = []
    y = 0
    for said in _rows(table):
        row = draw(said, y)
        rows.append(row)
        y = max(row.y + BAR, *(text.y + 4 for text in row.says)) + _GAP
    return Bars(rows, max(y - _GAP + 2, BAR), key)


def _rows(table: Table) -> list[Said]:
    names = [column.key for column in table.columns]
    return [dict(zip(names, row.cells, strict=True)) for row in table.rows if _stands_alone(row)]


def _stands_alone(row: Row) -> bool:
    return row.kind is RowKind.ROW


def _fund(said: Said, y: int) -> Bar:
    name = name_lines(str(said["name"].value), y)
    top = name[-1].y + _BELOW + _MARK
    names: dict[str, Any] = {"paid": "net_paid", "allocated": "allocated", "awarded": "awarded", "to_pay": "to_pay",
                             "to_recover": "to_recover"}  # fmt: skip
    drawn = bar_parts(Balance(**{figure: Pence(_whole(said[key])) for figure, key in names.items()}))
    stretches = [Stretch(part.kind, part.start, part.width) for part in drawn.drawn]
    words = [f"Paid {_part(said['paid'])}, awarded {_part(said['used'])}, time gone {_part(said['time'])}"]
    words += [f"Over-allocated by {pounds(drawn.over)}"] if drawn.over else []
    says = [Text(line, top + BAR + LINE * place) for place, line in enumerate(words, start=1)]
    gone = said["time"].value
    return Bar(name, top, stretches, says, framed=True, mark=gone / 10 if isinstance(gone, int) else None)


def _awarded(said: Said, y: int, most: int) -> Bar:
    name = name_lines(str(next(iter(said.values())).value), y)
    top = name[-1].y + _BELOW
    awarded, to_pay = _whole(said["awarded"]), _whole(said["to_pay"])
    paid = _across(awarded - to_pay, most)
    stretches = [Stretch("paid", 0, paid), Stretch("to-pay", paid, _across(awarded, most) - paid)]
    words = f"{pounds(awarded)}, {_part(said['share'])}"
    end = _across(awarded, most) + (_BESIDE if awarded else 0)
    return Bar(name, top, [one for one in stretches if one.width > 0], [Text(words, top + BAR - 3, end)])


def _across(amount: int, most: int) -> float:
    return round(max(0, amount) * _WIDEST / most, 3) if most else 0


def _whole(cell: Cell) -> int:
    return cell.value if isinstance(cell.value, int) else 0


def _part(cell: Cell) -> str:
    return tenths(cell.value) if isinstance(cell.value, int) else cell.says
