"""
Measure bringing awards in whole: read and checked, planned against the books, and posted, each with an entry.

In books of their own on SQLite, in one transaction: `python -m benchmarks.import_posting`. CPU seconds count.
"""

import argparse
import tempfile
import time
from pathlib import Path

import flask_migrate
from sqlalchemy import Engine
from sqlalchemy.orm import Session

from benchmarks.large_workbooks import make_workbook
from fundtracker.app import create_app
from fundtracker.config import Settings
from fundtracker.domain.roles import Actor
from fundtracker.domain.statuses import BatchKind, Fate, Source
from fundtracker.domain.years import FinancialYear, today
from fundtracker.services.bringing.choices import Choices
from fundtracker.services.funds import FundDetails, open_fund
from fundtracker.services.posting import Particulars
from fundtracker.sheets.batches.bringing import look, read_rows, record
from fundtracker.store.engine import open_engine
from fundtracker.store.transactions import transaction
from fundtracker.web.db import db

_BY = Actor("benchmark")


def bring_in(session: Session, path: Path) -> dict[str, float]:
    """Bring a workbook of awards in, and give the CPU seconds of each step and the rows that were taken."""
    choices = Choices(kind=BatchKind.AWARDS, fund="BENCH", with_allocation=True)
    times = [time.process_time()]
    with read_rows(path.read_bytes(), path.name, choices) as source:
        times.append(time.process_time())
        look(session, source, choices, _quietly)
        times.append(time.process_time())
        with transaction(session):
            answer = record(session, source, choices, _BY, _quietly)
        times.append(time.process_time())
    steps = ("taken over from the child", "planned, as the page shows it", "planned again, posted and kept")
    spent = {step: after - before for step, before, after in zip(steps, times, times[1:], strict=False)}
    return {**spent, "rows": answer.tally.fates[Fate.TAKEN].rows}


def _quietly(done: int, of: int | None) -> None:
    """Tell nobody how far it is."""


def make_office(folder: Path) -> Engine:
    """Make books with one fund, BENCH, that has nothing."""
    url = f"sqlite:///{folder / 'books.sqlite'}"
    app = create_app(Settings(folder, url))
    with app.app_context():
        flask_migrate.upgrade()
        db.engine.dispose()
    engine = open_engine(url)
    details = FundDetails(
        name="Benchmark", funder="PCC", source=Source.OWN, year=FinancialYear(2020), reference="BENCH"
    )
    with Session(engine) as session, transaction(session):
        open_fund(session, details=details, particulars=Particulars(on=today(), by=_BY))
    return engine


def main() -> None:
    """Measure, and print the table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rows", type=int, default=100_000)
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        engine = make_office(Path(folder))
        with Session(engine) as session:
            spent = bring_in(session, make_workbook(Path(folder) / "awards.xlsx", asked.rows))
        engine.dispose()
    rows = int(spent.pop("rows"))
    print(f"{rows:,} awards brought in, in one transaction\n")
    print("| step | CPU s | rows a second |")
    print("|---|---|---|")
    for step, seconds in spent.items():
        print(f"| {step} | {seconds:.2f} | {rows / seconds:,.0f} |")


if __name__ == "__main__":
    main()
