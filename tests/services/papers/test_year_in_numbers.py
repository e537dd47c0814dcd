"""The year in numbers: each figure worked out by hand, beside last year, and what cannot be compared."""

import json
from datetime import date
from typing import Any

import pytest
from sqlalchemy.orm import Session

from fundtracker.domain.papers import Content, Words
from fundtracker.domain.statuses import PaperKind
from fundtracker.domain.years import FinancialYear, now
from fundtracker.services.papers.year_in_numbers import year_in_numbers_paper
from fundtracker.store.papers import Paper
from fundtracker.store.transactions import transaction
from tests.books.builder import Books
from tests.services.papers.two_years import TwoYears, apply, keep_two_years, turn_down

DAY = date(2020, 9, 30)


@pytest.fixture
def kept(books: Books) -> TwoYears:
    """Keep the two years."""
    return keep_two_years(books)


def said(content: Content) -> dict[str, list[Any]]:
    """Give the cells of each row by its key: the value, or what stands in its place; the note last."""
    rows = [row for table in content.tables.values() for row in table.rows]
    return {row.key: [cell.says if cell.value is None else cell.value for cell in row.cells[1:]] for row in rows}


def copied(content: Content) -> str:
    return " ".join(block.text for block in content.blocks if isinstance(block, Words) and not block.level)


def test_each_figure_stands_beside_last_years(kept: TwoYears, session: Session) -> None:
    content = year_in_numbers_paper(session, day=DAY)

    assert (content.title, content.subject, content.as_at) == ("Year in numbers 2020/21", "2020/21", DAY)
    assert [column.title for column in content.tables["money"].columns] == [
        "Measure", "2020/21 to 30 September 2020", "2019/20 to 30 September 2019", "Change", "Change %",
        "2019/20 in full", "Note",
    ]  # fmt: skip
    assert said(content) == {
        "allocated": [150000, 100000, 50000, 500, 100000, ""],
        "awarded": [55000, 30000, 25000, 833, 50000, ""],
        "paid": [15000, 20000, -5000, -250, 40000, ""],
        "requested": ["Not stated", 40000, "not comparable", "not comparable", 40000, ""],
        "average_award": [27500, 30000, -2500, -83, 25000, ""],
        "funds": [1, 1, 0, 0, 1, ""],
        "organisations": [2, 1, 1, 1000, 2, ""],
        "awards": [2, 1, 1, 1000, 2, ""],
        "applications": [0, 0, 0, "n/a", 0, ""],
        "areas": [0, 0, 0, "n/a", 0, ""],
    }
    assert copied(content) == (
        "In 2020/21, by 30 September 2020, £1,500.00 was allocated to 1 fund, and £550.00 was awarded: 2 awards to "
        "2 organisations, £275.00 on average. £150.00 was paid. By 30 September 2019, in 2019/20, £1,000.00 was "
        "allocated and £300.00 awarded: £500.00 (50.0%) more allocated and £250.00 (83.3%) more awarded this year."
    )


def test_each_figure_leads_to_its_rows_of_its_own_day(kept: TwoYears, session: Session) -> None:
    rows = {row.key: row for row in year_in_numbers_paper(session, day=DAY).tables["money"].rows}

    behind = [cell.behind for cell in rows["awarded"].cells]
    assert behind[1] == "figure=awarded&as_at=2020-09-30&year=2020%2F21"
    assert behind[2] == "figure=awarded&as_at=2019-09-30&year=2019%2F20"
    assert behind[5] == "figure=awarded&as_at=2020-03-31&year=2019%2F20"


def test_a_year_that_is_over_stands_in_full(kept: TwoYears, session: Session) -> None:
    content = year_in_numbers_paper(session, year=FinancialYear(2020))

    assert content.as_at == date(2021, 3, 31)
    assert [column.title for column in content.tables["money"].columns[1:3]] == ["2020/21", "2019/20"]
    assert "full" not in [column.key for column in content.tables["money"].columns]
    assert said(content)["awarded"] == [55000, 50000, 5000, 100, ""]


def test_without_a_year_before_its_columns_are_not_there(kept: TwoYears, session: Session) -> None:
    content = year_in_numbers_paper(session, year=FinancialYear(2019))

    assert [column.key for column in content.tables["money"].columns] == ["measure", "this", "note"]
    assert said(content)["paid"] == [40000, ""]


def test_empty_books_have_a_year_of_nothing(session: Session) -> None:
    content = year_in_numbers_paper(session, day=DAY)

    assert (content.subject, said(content)["allocated"], said(content)["average_award"]) == (
        "2020/21", [0, ""], ["n/a", ""],
    )  # fmt: skip


def test_applications_are_told_by_what_became_of_them_by_the_day(
    kept: TwoYears, books: Books, session: Session
) -> None:
    declined = apply(books, kept.fund, kept.a, "70.00", date(2020, 5, 1))
    turn_down(books, declined, date(2020, 6, 1))
    later = apply(books, kept.fund, kept.b, None, date(2020, 7, 1))
    turn_down(books, later, date(2020, 10, 1))
    apply(books, kept.fund, kept.c, "30.00", date(2020, 10, 1))

    rows = said(year_in_numbers_paper(session, day=DAY))

    assert rows["requested"][0] == 7000
    assert rows["requested"][-1] == "1 application states no amount"
    names = ("applications", *(f"applications_{what}" for what in ("awarded", "declined", "withdrawn", "waiting")))
    assert [rows[name][0] for name in names] == [2, 0, 1, 0, 1]
    assert (rows["success_rate"][0], rows["success_rate"][-1]) == (0, "Awarded, of the 1 decided")


def test_what_waits_for_funding_is_said_and_not_compared(kept: TwoYears, books: Books, session: Session) -> None:
    books.award(kept.fund, "80.00", kept.b, date(2020, 9, 1), subject_to_funding=True)

    rows = said(year_in_numbers_paper(session, day=DAY))

    note = "£80.00 subject to funding is not counted"
    assert rows["awarded"] == [55000, 30000, "not comparable", "not comparable", 50000, note]
    assert rows["allocated"][2] == 50000


def test_a_figure_that_moved_since_it_was_kept_is_restated(kept: TwoYears, books: Books, session: Session) -> None:
    before = year_in_numbers_paper(session, year=FinancialYear(2019))
    with transaction(session):
        session.add(Paper(
            reference="PAPER-001", kind=PaperKind.YEAR_IN_NUMBERS, title=before.title, subject=before.subject,
            as_at=before.as_at, last_entry=before.last_entry, content=json.dumps(before.to_json()), made_at=now(),
            made_by="tests",
        ))  # fmt: skip
    assert said(year_in_numbers_paper(session, day=DAY))["awarded"][-1] == ""

    books.award(kept.before, "25.00", kept.c, date(2020, 3, 1))

    rows = said(year_in_numbers_paper(session, day=DAY))
    assert rows["awarded"][-1] == "2019/20 is restated: £500.00 in PAPER-001, as at 31 March 2020"
    assert rows["awards"][-1] == "2019/20 is restated: 2 in PAPER-001, as at 31 March 2020"
    assert rows["paid"][-1] == ""
