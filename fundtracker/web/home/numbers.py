"""The year in numbers in short, for the chief executive's first page: what its figures above do not say."""

from dataclasses import dataclass

from sqlalchemy.orm import Session

from fundtracker.domain.papers import Cell, CellType
from fundtracker.domain.years import FinancialYear
from fundtracker.services.papers.year_in_numbers import year_in_numbers_paper

SHORT = ("awards", "organisations", "average_award", "applications", "areas")


@dataclass(frozen=True)
class Numbers:
    """A year's measures in short: the headings of their columns, and their rows."""

    heads: dict[str, str]
    rows: list[tuple[CellType, dict[str, Cell]]]


def year_in_short(session: Session, year: FinancialYear | None) -> Numbers | None:
    """Give a year's measures in short as at today, with last year's where there is one; None without a year."""
    if year is None:
        return None
    paper = year_in_numbers_paper(session, year=year)
    heads, rows = dict[str, str](), dict[str, tuple[CellType, dict[str, Cell]]]()
    for table in paper.tables.values():
        keys = [column.key for column in table.columns]
        heads |= {column.key: column.title for column in table.columns}
        types = table.columns[1].type
        rows |= {row.key: (types, dict(zip(keys, row.cells, strict=True))) for row in table.rows}
    return Numbers(heads, [rows[key] for key in SHORT if key in rows])
