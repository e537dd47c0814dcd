"""Restated figures: what a year's numbers said when they were last kept for a meeting, and what the books say now."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from fundtracker.domain.papers import Table, read_content
from fundtracker.domain.statuses import PaperKind
from fundtracker.domain.years import FinancialYear, year_label
from fundtracker.services.figures import AsAt
from fundtracker.services.papers.year_figures import YearFigures, year_figures
from fundtracker.store.papers import Paper

THIS = "this"  # the column of the year that a paper is about


@dataclass(frozen=True)
class Kept:
    """The newest kept paper of a year: what each measure said then, and the year's figures of the same day now."""

    reference: str
    as_at: date
    values: Mapping[str, int | None]
    now: YearFigures

    def moved(self, key: str, now: int | None) -> bool:
        """Say whether a measure says something else now than when it was kept."""
        return key in self.values and self.values[key] != now


def last_kept(session: Session, when: AsAt, year: FinancialYear) -> Kept | None:
    """Give the newest year in numbers that was kept of a year, with what the books say of its day now."""
    kept = select(Paper).where(Paper.kind == PaperKind.YEAR_IN_NUMBERS, Paper.subject == year_label(year))
    paper = session.scalars(kept.order_by(Paper.id.desc()).limit(1)).first()
    if paper is None:
        return None
    content = read_content(json.loads(paper.content))
    values = {key: value for table in content.tables.values() for key, value in _values(table).items()}
    then = AsAt(day=paper.as_at, last_entry=when.last_entry, kept=False)
    return Kept(paper.reference, paper.as_at, values, year_figures(session, then, year))


def _values(table: Table) -> dict[str, int | None]:
    place = next((at for at, column in enumerate(table.columns) if column.key == THIS), None)
    if place is None:
        return {}
    found = ((row.key, row.cells[place].value) for row in table.rows)
    return {key: value for key, value in found if value is None or isinstance(value, int)}
