"""The journal, recounted by hledger and compared with every balance of the books."""

import csv
import os
import subprocess
from datetime import date
from pathlib import Path

import pytest
from sqlalchemy import Engine, select

from fundtracker.domain.money import parse_pounds
from fundtracker.services import allocations, funders, payments, variations
from fundtracker.services.figures import as_at, fund_balances
from fundtracker.sheets.journal import journal_name, write_journal
from fundtracker.store.awards import AwardLine
from fundtracker.store.funds import Fund
from fundtracker.store.transactions import transaction
from tests.books.builder import Books, particulars, pence

HOSTILE = "=HYPERLINK(“a;b|c”), date:tbc [2020-99-99] (x) * !"


@pytest.fixture
def story(books: Books) -> Books:
    """Keep books in which every measure moves, one award is paid too much and narratives are hostile."""
    fund = books.fund("50,000", name="Covid-19 response fund 2020")
    award = books.award(fund, "6,000.05", to=books.organisation("Åsa; | *Trust*  (North)"))
    books.pay(award, "2,000.01")
    session, line = books.session, fund.lines[0]
    said = particulars(date(2020, 7, 1), narrative=HOSTILE)
    with transaction(session):
        payments.refund(session, line=award.lines[0], amount=pence("500"), lowers_award=False, particulars=said)
        variations.vary_award(session, line=award.lines[0], by=-pence("5,000"), particulars=said)
        allocations.allow_over(session, line=line, amount=pence("1,234.56"), particulars=said)
        allocations.record_cut(session, line=line, amount=pence("49,500"), particulars=said)
        funders.record_receipt(session, line=line, amount=pence("700"), particulars=said)
        funders.return_to_funder(session, line=line, amount=pence("0.03"), particulars=said)
    books.award(books.fund("1,000.10", name="Safer Roads Fund 2020"), "1,000.10")
    books.reverse(len(books.entries()))
    return books


class TestHledger:
    @pytest.mark.needs_hledger
    def test_agrees_with_every_balance(self, story: Books, engine: Engine, tmp_path: Path, hledger_path: Path) -> None:
        file = tmp_path / "books.journal"
        file.write_text("".join(write_journal(engine)), encoding="utf-8")
        session = story.session
        kept = fund_balances(session, as_at(session))

        by_measure = balances(hledger_path, file, "fund")
        by_fund = balances(hledger_path, file, "fund", depth=3)
        for fund in session.scalars(select(Fund)):
            at, balance = f"fund:{fund.reference}:", kept[fund.id]
            assert by_fund.get(f"{at}remaining", 0) == balance.remaining
            assert by_fund.get(f"{at}net paid", 0) == balance.net_paid
            assert by_fund.get(f"{at}over-allowed", 0) == balance.over_allowed
            assert by_measure.get(f"{at}remaining:allocated", 0) == balance.allocated
            assert by_measure.get(f"{at}remaining:awarded", 0) == -balance.awarded
            assert by_measure.get(f"{at}net paid:paid", 0) == balance.paid
            assert by_measure.get(f"{at}net paid:recovered", 0) == -balance.recovered
            assert by_measure.get(f"{at}funder:received", 0) == balance.received
            assert by_measure.get(f"{at}funder:returned", 0) == -balance.returned

    @pytest.mark.needs_hledger
    def test_agrees_with_what_each_award_line_is_owed(
        self, story: Books, engine: Engine, tmp_path: Path, hledger_path: Path
    ) -> None:
        file = tmp_path / "books.journal"
        file.write_text("".join(write_journal(engine)), encoding="utf-8")

        owed = balances(hledger_path, file, "award", depth=4)
        lines = story.session.scalars(select(AwardLine)).all()
        assert [line.to_recover for line in lines] == [pence("499.96"), 0]
        for line in lines:
            account = f"award:{line.budget_line.fund.reference}:{line.award.reference}:line {line.id}"
            assert owed.get(account, 0) == line.to_pay - line.to_recover

    @pytest.mark.needs_hledger
    def test_repeats_the_books_up_to_an_entry(
        self, story: Books, engine: Engine, tmp_path: Path, hledger_path: Path
    ) -> None:
        file = tmp_path / "books.journal"
        file.write_text("".join(write_journal(engine, up_to_entry=2)), encoding="utf-8")

        assert balances(hledger_path, file, "fund", depth=3) == {"fund:CRF20:remaining": pence("43,999.95")}


class TestJournal:
    def test_keeps_a_narrative_on_its_line_without_marks_of_hledgers(self, story: Books, engine: Engine) -> None:
        written = "".join(write_journal(engine))

        assert "2020-07-01 (4) refund | Åsa, / *Trust* (North): =HYPERLINK(“a,b/c”), date:tbc [2020-99-99]" in written
        assert "    fund:CRF20:net paid:recovered  £-500.00\n" in written

    def test_has_a_name_with_its_day(self) -> None:
        assert journal_name().startswith("fundtracker-20")


def balances(hledger: Path, journal: Path, account: str, depth: int = 9) -> dict[str, int]:
    """Have hledger add up the accounts below one, in pence, leaving out what comes to nothing."""
    asked: list[str | Path] = [
        hledger,
        "-f",
        journal,
        "balance",
        f"^{account}:",
        f"--depth={depth}",
        "-N",
        "--flat",
        "-O",
        "csv",
    ]
    environment = {**os.environ, "LC_ALL": "C.UTF-8"}
    told = subprocess.run(asked, env=environment, check=True, capture_output=True, encoding="utf-8", timeout=120)
    _, *rows = csv.reader(told.stdout.splitlines())
    return {name: _pence(amount) for name, amount in rows}


def _pence(amount: str) -> int:
    sign = -1 if "-" in amount else 1
    return sign * parse_pounds(amount.replace("-", ""))
