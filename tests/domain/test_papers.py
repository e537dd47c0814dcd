"""A paper's content goes to JSON and comes back the same; an ask names the rows of a figure."""

import json
from datetime import date

import pytest

from fundtracker.domain.asks import Figure, ask, asked
from fundtracker.domain.papers import Cell, CellType, Column, Content, Row, RowKind, Table, Words, read_content
from fundtracker.domain.statuses import PaperKind

COLUMNS = (
    Column("fund", "Fund"),
    Column("awarded", "Awarded", CellType.MONEY),
    Column("by", "Spend by", CellType.DAY),
)
ROWS = (
    Row("SRF20", (Cell("Safer Roads"), Cell(28_000_000, behind="figure=awarded"), Cell(date(2021, 3, 31)))),
    Row("all", (Cell("All"), Cell(None, says="Not stated"), Cell(None, says="granted for a year")), RowKind.TOTAL),
)


def test_content_comes_back_as_it_was_kept() -> None:
    words = Words("safer-roads", "£280,000 was set aside.", bullets=("£810 to W",), warnings=("undated",), edited=True)
    table = Table("funds", "Funds", COLUMNS, ROWS, note="Allocated = awarded + left.")
    content = Content(
        PaperKind.PANEL, "Report", date(2020, 6, 30), 41, (Words("h", "Funds", level=1), words, table),
        subject="2020/21-Q1", meeting_on=date(2020, 9, 21),
    )  # fmt: skip

    assert read_content(json.loads(json.dumps(content.to_json()))) == content
    assert content.tables == {"funds": table}


def test_an_ask_is_read_back_as_it_was_written() -> None:
    query = ask(Figure.NET_PAID, fund="SRF20", year=2020, area="", as_at=date(2020, 6, 30), funder=None)

    assert query == "figure=net+paid&area=&as_at=2020-06-30&fund=SRF20&year=2020%2F21"
    read = {"figure": "net paid", "area": "", "as_at": "2020-06-30", "fund": "SRF20", "year": "2020/21"}
    assert asked(query) == read


def test_an_ask_takes_no_other_name() -> None:
    with pytest.raises(LookupError, match="colour"):
        ask(Figure.PAID, colour="red")
