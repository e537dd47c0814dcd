"""Year in numbers: what a financial year came to by a day, with the year before beside it, for the annual report."""

from datetime import date

from sqlalchemy.orm import Session

from fundtracker.domain.papers import Content
from fundtracker.domain.statuses import PaperKind
from fundtracker.domain.years import FinancialYear, last_day, today, year_label, year_of
from fundtracker.services.figures import AsAt, as_at
from fundtracker.services.papers.restated import last_kept
from fundtracker.services.papers.year_figures import year_figures
from fundtracker.services.papers.year_measures import MEASURES
from fundtracker.services.papers.year_tables import Years, year_table
from fundtracker.services.papers.year_words import words_to_copy
from fundtracker.services.years_beside import examples, year_ago, year_in_hand


def year_in_numbers_paper(session: Session, *, day: date | None = None, year: FinancialYear | None = None) -> Content:
    """
    Say what a financial year came to by a day: today or the year's last day where none is given.

    The year is the one in hand where none is given. Raises DateRefusedError for a day that has not come.
    """
    when = as_at(session, day)
    year = year or year_in_hand(session, when) or year_of(when.day)
    when = when if day else as_at(session, min(last_day(year), today()))
    years = _years(session, when, year)
    tables = (year_table(years, *heads, measures) for heads, measures in MEASURES.items())
    said = [table for table in tables if table.rows]
    return Content(
        kind=PaperKind.YEAR_IN_NUMBERS, title=f"Year in numbers {year_label(year)}", as_at=when.day,
        last_entry=when.last_entry, subject=year_label(year), blocks=(*said, *words_to_copy(years)),
    )  # fmt: skip


def _years(session: Session, when: AsAt, year: FinancialYear) -> Years:
    this, before = year_figures(session, when, year), FinancialYear(year - 1)
    full = year_figures(session, _then(when, last_day(before)), before)
    if not full.funds:
        return Years(this=this)
    return Years(
        this=this, last=year_figures(session, _then(when, year_ago(when.day)), before), full=full,
        example=bool(examples(session, before)), kept=last_kept(session, when, before),
    )  # fmt: skip


def _then(when: AsAt, day: date) -> AsAt:
    return AsAt(day=min(day, when.day), last_entry=when.last_entry, kept=False)
