"""Any paper made from its kind and the short texts of an address, so that a kept one can be made again."""

from collections.abc import Callable, Mapping
from datetime import date

from sqlalchemy.orm import Session

from fundtracker.domain.papers import Content
from fundtracker.domain.quarters import Quarter
from fundtracker.domain.refusals import NotFoundRefusal
from fundtracker.domain.statuses import PaperKind
from fundtracker.domain.years import FinancialYear, parse_year
from fundtracker.services.cuts import By
from fundtracker.services.exceptions.papers import exceptions_paper
from fundtracker.services.papers.fund_briefing import fund_briefing_paper
from fundtracker.services.papers.panel import panel_paper
from fundtracker.services.papers.provider_passport import provider_passport_paper
from fundtracker.services.papers.summary import summary_paper
from fundtracker.services.papers.year_in_numbers import year_in_numbers_paper

Asked = Mapping[str, str]
Maker = Callable[[Session, Asked, date | None], Content]


def make_paper(session: Session, kind: PaperKind, asked: Asked, day: date | None = None) -> Content:
    """
    Make a paper of a kind, as at a day or as at its own; `asked` is what its address asks for.

    Raises NotFoundRefusal for what no paper can be about, and the refusals of the paper itself.
    """
    maker = MAKERS.get(kind)
    try:
        if maker is not None:
            return maker(session, asked, day)
    except (KeyError, ValueError) as error:
        raise NotFoundRefusal("That is not a report that can be made. Open it from the list of reports.") from error
    raise NotFoundRefusal("That is not a report that can be made. Open it from the list of reports.")


def _panel(session: Session, asked: Asked, day: date | None) -> Content:
    quarter = Quarter(parse_year(asked["year"]), int(asked["quarter"]))
    if not 1 <= quarter.number <= len("1234"):
        raise ValueError(quarter)
    return panel_paper(session, quarter.year, quarter.number, day)


def _summary(session: Session, asked: Asked, day: date | None) -> Content:
    cuts = tuple(By(asked["by"]) for _ in (1,) if asked.get("by"))
    return summary_paper(session, day, _year(asked), cuts)


def _year(asked: Asked) -> FinancialYear | None:
    return parse_year(asked["year"]) if asked.get("year") else None


MAKERS: dict[PaperKind, Maker] = {
    PaperKind.PANEL: _panel,
    PaperKind.SUMMARY: _summary,
    PaperKind.EXCEPTIONS: lambda session, _, day: exceptions_paper(session, day=day),
    PaperKind.YEAR_IN_NUMBERS: lambda session, asked, day: year_in_numbers_paper(session, day=day, year=_year(asked)),
    PaperKind.FUND_BRIEFING: lambda session, asked, day: fund_briefing_paper(
        session, fund=asked["fund"], day=day, year=_year(asked)
    ),
    PaperKind.PROVIDER_PASSPORT: lambda session, asked, day: provider_passport_paper(
        session, organisation=int(asked["organisation"]), day=day
    ),
}
