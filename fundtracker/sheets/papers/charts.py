"""Charts that Excel draws from a workbook's own cells, each carrying its figures so that a preview shows them too."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from openpyxl.chart import BarChart, LineChart
from openpyxl.chart.axis import ChartLines
from openpyxl.chart.data_source import (
    AxDataSource,
    NumData,
    NumDataSource,
    NumRef,
    NumVal,
    StrData,
    StrRef,
    StrVal,
)
from openpyxl.chart.marker import Marker
from openpyxl.chart.series import Series, SeriesLabel
from openpyxl.chart.shapes import GraphicalProperties
from openpyxl.drawing.colors import ColorChoice
from openpyxl.drawing.fill import PatternFillProperties
from openpyxl.drawing.line import LineProperties

from fundtracker.domain.money import plain
from fundtracker.domain.papers import RowKind
from fundtracker.sheets.papers.tables import Sheet

Chart = BarChart | LineChart
INK, PAID, LINE, GROUND, HATCH = "0B0C0C", "1F3A5F", "B86E00", "DDE5EF", "5F7FA6"
FORMAT = '"£"#,##0'
_THIN, _THICK = 9_525, 28_575  # a line of three quarters of a point, and of two and a quarter
_MARK = 7  # points


@dataclass(frozen=True)
class Drawn:
    """A column of a sheet as a chart draws it: what it is called, and whether solid, hatched, outlined or a line."""

    key: str
    title: str
    fill: str


def bars(sheet: Sheet, title: str, name: str, drawn: Iterable[Drawn], *, across: bool = True) -> BarChart:
    """Draw columns of a sheet as bars of a row each, stacked where there are several; `name` is the names' column."""
    chart = BarChart()
    chart.type, chart.gapWidth = ("bar", 60) if across else ("col", 45)
    for one in drawn:
        chart.series.append(_series(sheet, name, one))
    if len(chart.series) > 1:
        chart.grouping, chart.overlap = "stacked", 100
    _finish(chart, title)
    if across:
        chart.x_axis.scaling.orientation = "maxMin"  # the first row on top, as in its table
        chart.y_axis.crosses = "max"
    return chart


def line_over(chart: BarChart, sheet: Sheet, name: str, one: Drawn) -> None:
    """Draw a column as a line over bars."""
    line = LineChart()
    series = _series(sheet, name, one)
    series.smooth = False
    line.series.append(series)
    chart += line


def _series(sheet: Sheet, name: str, one: Drawn) -> Any:
    rows = _rows(sheet)
    numbers = NumRef(f=sheet.cells(one.key, rows), numCache=_numbers(sheet, one.key, rows))
    series = Series(tx=SeriesLabel(v=one.title), val=NumDataSource(numRef=numbers), cat=_names(sheet, name, rows))
    if one.fill == "line":
        series.graphicalProperties = GraphicalProperties(ln=LineProperties(solidFill=LINE, w=_THICK))
        ring = GraphicalProperties(solidFill="FFFFFF", ln=LineProperties(solidFill=LINE))
        series.marker = Marker("circle", _MARK, ring)
    else:
        series.graphicalProperties = _filled(one.fill)
        series.invertIfNegative = False
    return series


def _filled(fill: str) -> GraphicalProperties:
    frame = LineProperties(solidFill=PAID, w=_THIN)
    if fill == "hatch":
        return GraphicalProperties(
            pattFill=PatternFillProperties("wdUpDiag", _colour(HATCH), _colour(GROUND)),
            ln=frame,
        )
    return GraphicalProperties(solidFill=PAID if fill == "solid" else "FFFFFF", ln=frame)


def _colour(rgb: str) -> ColorChoice:
    chosen: Any = rgb  # openpyxl makes its own of it
    return ColorChoice(srgbClr=chosen)


def _rows(sheet: Sheet) -> range:
    """Give the rows that are no total: a picture's table has them together, from its first."""
    kinds = [row.kind for row in sheet.table.rows]
    return range(kinds.index(RowKind.TOTAL) if RowKind.TOTAL in kinds else len(kinds))


def _numbers(sheet: Sheet, key: str, rows: range) -> NumData:
    cells = (sheet.cell(place, key).value for place in rows)
    known = [NumVal(idx=at, v=plain(value)) for at, value in enumerate(cells) if isinstance(value, int)]
    return NumData(formatCode=FORMAT, ptCount=len(rows), pt=known)


def _names(sheet: Sheet, key: str, rows: range) -> AxDataSource:
    names = (str(sheet.cell(place, key).value) for place in rows)
    said = StrData(ptCount=len(rows), pt=[StrVal(idx=at, v=name) for at, name in enumerate(names)])
    return AxDataSource(strRef=StrRef(f=sheet.cells(key, rows), strCache=said))


def _finish(chart: BarChart, title: str) -> None:
    chart.title = title
    chart.legend.position = "b"
    chart.x_axis.delete = chart.y_axis.delete = False
    chart.y_axis.number_format = FORMAT
    chart.y_axis.majorGridlines = ChartLines(GraphicalProperties(ln=LineProperties(solidFill="D5D8DC", w=_THIN)))
    chart.x_axis.tickLblPos = "low"  # under what is below nought too
