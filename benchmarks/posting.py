"""Recording a workbook of awards in books of their own, allocations and all."""

from pathlib import Path

from sqlalchemy import Engine
from sqlalchemy.orm import Session

from benchmarks.large_books import make_empty_books
from fundtracker.domain.roles import Actor
from fundtracker.domain.statuses import BatchKind, Fate, Source
from fundtracker.domain.years import FinancialYear, today
from fundtracker.services.bringing.choices import Choices
from fundtracker.services.funds import FundDetails, open_fund
from fundtracker.services.posting import Particulars
from fundtracker.sheets.batches.bringing import read_rows, record
from fundtracker.store.transactions import transaction

_BY = Actor("benchmark")


def record_awards(path: Path) -> int:
    """Read a workbook and record every award of it; gives the rows, the headings among them."""
    engine = make_empty_books(path.with_suffix(".sqlite"))
    choices = Choices(kind=BatchKind.AWARDS, fund=_open_fund(engine), with_allocation=True)
    with read_rows(path.read_bytes(), path.name, choices) as source, Session(engine) as session, transaction(session):
        answer = record(session, source, choices, _BY, lambda _done, _of: None)
        return answer.tally.fates[Fate.TAKEN].rows + 1


def _open_fund(engine: Engine) -> str:
    details = FundDetails(
        name="Community safety fund", funder="Home Office", source=Source.OWN, year=FinancialYear(2020)
    )
    said = Particulars(on=today(), by=_BY, decision="PCC/D/2020/1", narrative="As the Commissioner decided")
    with Session(engine) as session, transaction(session):
        return open_fund(session, details=details, particulars=said).reference
