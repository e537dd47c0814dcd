"""Every card equals its table, every table its download, and every download the books, in pence, for every fund."""

from collections.abc import Iterator
from urllib.parse import quote

import pytest
from sqlalchemy import select

from fundtracker.domain.balances import Balance
from fundtracker.domain.roles import COMMAND_LINE
from fundtracker.services.figures import as_at, fund_balances
from fundtracker.services.listings.paging import PER_PAGE
from fundtracker.services.payments import refund
from fundtracker.services.recount import recount
from fundtracker.sheets.office import bring_in
from fundtracker.store.funds import Fund
from tests.books.builder import Books
from tests.sheets.workbooks import Table, by_openpyxl
from tests.web.asking import ask
from tests.web.reading import Page, Row
from tests.web.test_seed_figures import WORKBOOK
from tests.web.visitor import Visitor

Seen = dict[str, int | None]


@pytest.fixture
def funds(books: Books) -> list[str]:
    """Bring the demonstration's workbook in, and go on in one of its funds until its lists have two pages."""
    assert not bring_in(books.session, WORKBOOK.read_bytes(), file_name=WORKBOOK.name, by=COMMAND_LINE).refused
    roads = books.session.scalars(select(Fund).where(Fund.name.startswith("Safer Roads"))).one()
    for number in range(PER_PAGE + 2):
        asked = ask(books, roads, f"{100 + number}.37", by=books.organisation(f"Parish {number}"))
        award = books.award(roads, f"{90 + number}.11", to=asked.organisation, application=asked)
        books.pay(award, "80.50")
    ask(books, roads, None)
    books.award(roads, None)
    books.do(refund, line=award.lines[0], amount="2.25", lowers_award=True)
    return list(books.session.scalars(select(Fund.reference)))


def test_the_same_figure_stands_wherever_it_is_shown(books: Books, officer: Visitor, funds: list[str]) -> None:
    when = as_at(books.session)
    balances = fund_balances(books.session, when)
    by_ref = {fund.reference: balances[fund.id] for fund in books.session.scalars(select(Fund))}
    assert recount(books.session).agrees
    assert len(by_ref) == len(funds) == len({"MoJ", "Streets", "Covid-19", "Roads"})

    for ref, balance in by_ref.items():
        _check_fund(officer, ref, balance)
        _check_ledger(officer, ref, balance)
        _check_awards(officer, ref, balance)
        _check_payments(officer, ref, balance)
        _check_applications(officer, ref)


def _check_fund(officer: Visitor, ref: str, balance: Balance) -> None:
    books = {"Allocated": balance.allocated, "Awarded": balance.awarded, "Left to award": balance.remaining,
             "Paid": balance.net_paid, "To pay": balance.to_pay}  # fmt: skip
    card = Page(officer.get(f"/funds/{ref}").text)
    (row,) = (row for row in Page(officer.get("/funds").text).of_kind("") if row.href == f"/funds/{ref}")
    sheet = _download(officer, "/funds.xlsx", "Funds").row("Fund", ref)
    download = {label: _exact(sheet[label.replace("Left to award", "Remaining")]) for label in books}

    assert {label: card.pence(label) for label in books} == books
    assert {label: row.pence(label) for label in books} == books
    assert download == books


def _check_ledger(officer: Visitor, ref: str, balance: Balance) -> None:
    ledger = _download(officer, f"/ledger.xlsx?fund={quote(ref)}", "Ledger")

    assert ledger.pence("Allocation (£)") == balance.allocated
    assert ledger.pence("Awarded (£)") == balance.awarded
    assert ledger.pence("Paid (£)") - ledger.pence("Recovered (£)") == balance.net_paid


def _check_awards(officer: Visitor, ref: str, balance: Balance) -> None:
    books: Seen = {"Awarded": balance.awarded, "Paid": balance.net_paid, "To pay": balance.to_pay}
    for shown in _sums(officer, "/awards", ref, "Awards", ("Asked for", *books)):
        assert {label: shown[label] or 0 for label in books} == books


def _check_payments(officer: Visitor, ref: str, balance: Balance) -> None:
    for shown in _sums(officer, "/payments", ref, "Payments", ("Amount",)):
        assert (shown["Amount"] or 0) == balance.net_paid


def _check_applications(officer: Visitor, ref: str) -> None:
    every = list(_sums(officer, "/applications", ref, "Applications", ("Asked for", "Awarded", "Paid")))
    assert all(shown == every[0] for shown in every)


def _sums(officer: Visitor, list_: str, ref: str, title: str, labels: tuple[str, ...]) -> Iterator[Seen]:
    """Give what a fund's rows of a list add up to: as its pages show them, as its total says, and as downloaded."""
    pages = list(_pages(officer, f"{list_}?fund={quote(ref)}"))
    rows = [row for page in pages for row in page.of_kind("")]
    if not rows:
        return
    yield {label: sum(row.pence(label) or 0 for row in rows) for label in labels}
    for page in pages:
        (total,) = page.of_kind("ft-total")
        yield {label: total.pence(label) or 0 for label in labels}
        yield {label: _card(page, total, label) or 0 for label in labels}
    table = _download(officer, f"{list_}.xlsx?fund={quote(ref)}", title)
    yield {label: table.pence(label) for label in labels}


def _card(page: Page, total: Row, label: str) -> int | None:
    """Give the figure over a list; what only its total says is taken from there."""
    if label == "Amount":
        return page.pence("Paid")
    if page.figures.get(label) == "Not stated" or label not in page.figures:
        return total.pence(label)
    return page.pence(label)


def _pages(officer: Visitor, path: str) -> Iterator[Page]:
    number, shown = 1, list[dict[str, str]]()
    while True:
        page = Page(officer.get(f"{path}&page={number}").text)
        first = [row.cells for row in page.of_kind("")]
        if not first or first == shown:
            return
        yield page
        number, shown = number + 1, first


def _download(officer: Visitor, path: str, sheet: str) -> Table:
    """Read a download, its rows without the total under them, which must be their sum."""
    table = by_openpyxl(officer.get(path).data, sheet)
    if table.rows[-1][0] != "Total":
        return table
    rows = Table(table.headings, table.rows[:-1])
    totals = dict(zip(table.headings, table.rows[-1], strict=True))
    assert {title: _exact(total) for title, total in totals.items() if isinstance(total, float)} == {
        title: rows.pence(title) for title, total in totals.items() if isinstance(total, float)
    }
    return rows


def _exact(value: float) -> int:
    return round(value * 100)
