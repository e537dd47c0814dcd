"""Quarters: how they are written, read, and where they begin and end."""

from datetime import date

import pytest

from fundtracker.domain.quarters import Quarter, parse_quarter, quarter_holding
from fundtracker.domain.refusals import Refusal
from fundtracker.domain.years import FinancialYear

YEAR = FinancialYear(2020)


@pytest.mark.parametrize("text", ["2020/21-Q1", "2020/21 Q1", " 2020/21-q1 ", "2020-21 Q1", "2020/21 Quarter 1"])
def test_a_quarter_is_read_as_people_write_it(text: str) -> None:
    assert parse_quarter(text) == Quarter(YEAR, 1)


@pytest.mark.parametrize("text", ["", "2020/21", "2020/21-Q5", "2020/21-Q0", "Q1", "2020/22-Q1", "2020/21-Q11"])
def test_what_is_no_quarter_is_refused(text: str) -> None:
    with pytest.raises(Refusal) as caught:
        parse_quarter(text)
    assert "2020/21" in str(caught.value)


@pytest.mark.parametrize(
    ("number", "first", "last", "months"),
    [
        (1, date(2020, 4, 1), date(2020, 6, 30), "April to June 2020"),
        (2, date(2020, 7, 1), date(2020, 9, 30), "July to September 2020"),
        (3, date(2020, 10, 1), date(2020, 12, 31), "October to December 2020"),
        (4, date(2021, 1, 1), date(2021, 3, 31), "January to March 2021"),
    ],
)
def test_each_quarter_has_its_days(number: int, first: date, last: date, months: str) -> None:
    quarter = Quarter(YEAR, number)
    assert (quarter.first, quarter.last, quarter.months) == (first, last, months)
    assert quarter_holding(first) == quarter_holding(last) == quarter
    assert (quarter.label, quarter.key) == (f"2020/21 Q{number}", f"2020/21-Q{number}")
