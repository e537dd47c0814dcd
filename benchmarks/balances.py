"""
Measure what the length of the books costs: balances, the summary and pages of a ledger, in short books and in long.

Both are of the same funds and awards, and of ever more payments on them: `python -m benchmarks.balances`. The CPU time
of each is the least of some rounds in one process, and the ratio counts.
"""

import argparse
import tempfile
import time
from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path

from flask.testing import FlaskClient
from sqlalchemy import Engine, text
from sqlalchemy.orm import Session

from benchmarks.large_books import make_books
from fundtracker.app import create_app
from fundtracker.config import Settings
from fundtracker.domain.roles import Role
from fundtracker.domain.years import first_day, today, year_of
from fundtracker.services import people, sign_ins
from fundtracker.services.figures import as_at, fund_balances
from fundtracker.services.recount import recount_balances
from fundtracker.store.transactions import transaction

Ask = Callable[[], object]

SHORT, LONG = 10_000, 5_000_000
FUNDS, AWARDS = 200, 10
ROUNDS = 30
SUMMED = "all balances, the entries added up"
PAGES = {
    "the first page": "/",
    "the summary": "/summary",
    "the list of funds": "/funds",
    "a fund, newest entries": "/funds/{fund}",
    "a fund, entries deep in its ledger": "/funds/{fund}?before={middle}",
    "a fund, first entries": "/funds/{fund}?after=0",
}


def main(told: Sequence[str] | None = None) -> None:
    """Measure, and print the table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--entries", type=int, nargs=2, default=(SHORT, LONG), metavar=("SHORT", "LONG"))
    parser.add_argument("--funds", type=int, default=FUNDS)
    parser.add_argument("--rounds", type=int, default=ROUNDS)
    parser.add_argument("--folder", type=Path, help="where the books are kept from run to run; nowhere if left out")
    asked = parser.parse_args(told)
    with tempfile.TemporaryDirectory() as passing:
        folder, since = asked.folder or Path(passing), first_day(year_of(today()))
        made = [make_books(folder, n, funds=asked.funds, awards=AWARDS, since=since) for n in asked.entries]
        asks = [_asks(books, entries) for books, entries in zip(made, asked.entries, strict=True)]
        took = {what: _least([each[what] for each in asks], 1 if what == SUMMED else asked.rounds) for what in asks[0]}
    print(f"{asked.funds} funds, {asked.funds * AWARDS:,} awards, CPU ms, the least of {asked.rounds} rounds\n")
    print(f"| | {asked.entries[0]:,} entries | {asked.entries[1]:,} entries | ratio |")
    print("|---|---|---|---|")
    for what, (short, long) in took.items():
        print(f"| {what} | {short * 1000:.2f} | {long * 1000:.2f} | {long / short:.2f}x |")


def _asks(books: Engine, entries: int) -> dict[str, Ask]:
    """Give what is asked of one set of books; raises SystemExit where those do not agree."""
    client, session = _sign_in(books), Session(books)
    if not recount_balances(session).agrees:
        raise SystemExit("The kept rows are not what the entries make")
    fund = session.execute(text("SELECT reference FROM fund ORDER BY id LIMIT 1")).scalar_one()
    asks: dict[str, Ask] = {
        "all balances, the kept rows": partial(fund_balances, session, as_at(session)),
        SUMMED: partial(fund_balances, session, as_at(session, up_to_entry=entries - 1)),
    }
    for what, page in PAGES.items():
        asks[what] = partial(_get, client, page.format(fund=fund, middle=entries // 2))
    return asks


def _least(asks: Sequence[Ask], rounds: int) -> list[float]:
    """Give the least CPU seconds of each, asked in turn; the first round is cold and does not count."""
    least = [float("inf")] * len(asks)
    for number in range(rounds + 1):
        for place, ask in enumerate(asks):
            begun = time.process_time()
            ask()
            least[place] = min(least[place], time.process_time() - begun) if number else least[place]
    return least


def _get(client: FlaskClient, address: str) -> None:
    if client.get(address).status_code != 200:  # noqa: PLR2004 - the status of a page that is there
        raise SystemExit(f"{address} was not given")


def _sign_in(books: Engine) -> FlaskClient:
    """Give a browser in which the chief executive has signed in."""
    with Session(books) as session, transaction(session):
        person = people.add_person(
            session, email=f"chief-{time.time_ns()}@example.org", name="Benchmark", role=Role.CHIEF_EXECUTIVE
        )
        token = sign_ins.open_session(session, person)
    folder = Path(str(books.url.database)).parent
    client = create_app(Settings(folder, books.url.render_as_string())).test_client()
    with client.session_transaction() as cookie:
        cookie["_user_id"] = token
    return client


if __name__ == "__main__":
    main()
