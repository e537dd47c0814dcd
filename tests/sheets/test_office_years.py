"""The financial year of a fund's money and the date of rows that state none, wherever a workbook says them."""

from datetime import date
from typing import Any

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from fundtracker.sheets.office import Answer
from fundtracker.sheets.office.years import year_in_name
from fundtracker.store.engine import open_engine
from fundtracker.store.funds import BudgetLine
from tests.sheets.offices import Rows, award, bring, entries, says, workbook

NAME = "Roads fund"
HEAD = ["Fund", "Funder", "Amount"]


@pytest.fixture
def session(sqlite_url: str) -> Any:
    """Give a session on SQLite."""
    engine = open_engine(sqlite_url)
    with Session(engine) as session:
        yield session
    engine.dispose()


def _years(session: Session, funds: Rows, awards: Rows = (), **how: Any) -> list[int]:
    answer = bring(session, workbook(Funds=funds, **({"Awards": awards} if awards else {})), **how)
    assert not answer.refused, says(answer)
    return list(session.scalars(select(BudgetLine.year).order_by(BudgetLine.id)))


def _refusing(answer: Answer) -> list[tuple[str, int | None, str]]:
    return [(problem.sheet, problem.row, problem.says) for problem in answer.problems() if problem.refuses]


@pytest.mark.parametrize(
    ("name", "year"),
    [
        ("Safer Streets 2021", 2021),
        ("Safer Streets 2021/22", 2021),
        ("Safer Streets (2021-22)", 2021),
        ("Safer Streets FY21/22", 2021),
        ("Grant of 2020-2023", None),
        ("From 2020 to 2023", None),
        ("Operation 2000000", None),
        ("Roads", None),
    ],
)
def test_a_name_may_speak_of_one_year(name: str, year: int | None) -> None:
    assert year_in_name(name) == year


class TestTheYearOfAFund:
    def test_is_that_of_its_column_before_all_others(self, session: Session) -> None:
        funds: Rows = [["Pots 2020/21"], [*HEAD, "Year"], ["Roads 2019", "PCC", 5, "2018/19"]]
        assert _years(session, funds, undated=date(2021, 5, 1), year=2022) == [2018]

    @pytest.mark.parametrize("words", ["2018/19", "18/19", "FY18-19", "FY 2018/19", "2018 - 19", "2018 to 2019"])
    def test_may_be_written_short(self, session: Session, words: str) -> None:
        funds: Rows = [["Pots 2020/21"], [*HEAD, "Year"], ["Roads", "PCC", 5, words]]
        assert _years(session, funds) == [2018]

    @pytest.mark.parametrize("words", ["2018", "18/20", "2018/19 and 2019/20", "from 2018/19", "01/04/2018"])
    def test_is_never_guessed(self, session: Session, words: str) -> None:
        funds: Rows = [["Pots 2020/21"], [*HEAD, "Year"], ["Roads", "PCC", 5, words]]
        answer = bring(session, workbook(Funds=funds))
        assert "is not a financial year. Write it like 2020/21." in answer.refused

    def test_is_that_of_the_workbook_before_its_name(self, session: Session) -> None:
        assert _years(session, [["Pots 2020/21"], HEAD, ["Roads 2019", "PCC", 5]]) == [2020]

    def test_is_that_of_its_name_before_the_date_of_undated_rows(self, session: Session) -> None:
        assert _years(session, [HEAD, ["Roads 2019", "PCC", 5]], undated=date(2021, 5, 1)) == [2019]

    def test_is_that_of_the_date_of_undated_rows_before_a_dated_row(self, session: Session) -> None:
        awards = award(["R1", NAME, "A", 5, date(2020, 5, 29)])
        assert _years(session, [HEAD, [NAME, "PCC", 5]], awards, undated=date(2019, 5, 1)) == [2019]

    def test_is_else_that_of_its_first_dated_row(self, session: Session) -> None:
        awards = award(["R1", "RF", "A", None, date(2021, 5, 29)], ["R2", NAME, "A", None, "20/3/2021"])
        funds: Rows = [
            ["Ref", *HEAD, "Date allocated"],
            ["RF", NAME, "PCC", None, None],
            ["S", "Streets", "HO", 5, "1/5/19"],
        ]
        assert _years(session, funds, awards) == [2020, 2019]

    def test_is_known_of_a_fund_in_the_books(self, session: Session) -> None:
        _years(session, [HEAD, [NAME, "PCC", 5]], year=2019)
        assert bring(session, workbook(Funds=[HEAD, [NAME, "PCC", 5]])).to_json()["already_there"] == 1

    def test_that_nothing_tells_is_asked_for_once(self, session: Session) -> None:
        funds: Rows = [HEAD, [NAME, "PCC", 5], ["Streets", "HO", 6], ["Parks", "HO", 7]]
        answer = bring(
            session, workbook(Funds=funds, Awards=award(["R1", NAME, "A", 5, None], ["R2", "Parks", "B", 5, None]))
        )
        ((sheet, row, sentence),) = _refusing(answer)
        assert (sheet, row) == ("", None)
        assert "Roads fund (Funds, row 2) and 2 more" in sentence
        assert answer.refused == f"Nothing was brought in. {sentence}"
        assert "--" not in sentence
        assert f"Put right: {sentence}" in answer.lines()
        assert "--year 2020/21" in answer.lines()[1]
        assert not bring(session, workbook(Funds=funds), year=2019).refused


class TestRowsWithoutADate:
    def test_need_one_and_are_counted_once(self, session: Session) -> None:
        awards = award(["R1", "Roads 2020", "A", 5, None], ["R2", "Roads 2020", "B", 5, "29/5/20"])
        content = workbook(Funds=[HEAD, ["Roads 2020", "PCC", 50]], Awards=awards)
        answer = bring(session, content)
        ((sheet, row, sentence),) = _refusing(answer)
        assert (sheet, row, sentence[:52]) == ("", None, "Funds, row 2, and 1 more row have no date, and no ti")
        assert not bring(session, content, undated=date(2020, 5, 1)).refused
        assert {day for kind, _, day in entries(session) if kind == "allocation"} == {date(2020, 5, 1)}

    def test_take_the_first_day_of_the_year_given(self, session: Session) -> None:
        answer = bring(session, workbook(Funds=[HEAD, [NAME, "PCC", 5]]), year=2019)
        assert entries(session) == [("allocation", 500, date(2019, 4, 1))]
        assert "1 row without a date takes 1 April 2019" in answer.lines()
