"""Financial years, periods, quarters and today's date in London."""

from datetime import UTC, date, datetime

import pytest
import time_machine

from fundtracker.domain.years import (
    YearNotUnderstoodError,
    first_day,
    last_day,
    long_date,
    now,
    parse_year,
    period_of,
    quarter_of,
    today,
    year_label,
    year_of,
)


@pytest.mark.parametrize(
    ("day", "label", "period", "quarter"),
    [
        (date(2020, 2, 29), "2019/20", 11, 4),
        (date(2020, 3, 31), "2019/20", 12, 4),
        (date(2020, 4, 1), "2020/21", 1, 1),
        (date(2020, 4, 30), "2020/21", 1, 1),
        (date(2020, 6, 30), "2020/21", 3, 1),
        (date(2020, 7, 1), "2020/21", 4, 2),
        (date(2020, 9, 30), "2020/21", 6, 2),
        (date(2020, 10, 1), "2020/21", 7, 3),
        (date(2020, 12, 31), "2020/21", 9, 3),
        (date(2021, 1, 1), "2020/21", 10, 4),
        (date(2021, 3, 31), "2020/21", 12, 4),
        (date(2021, 4, 1), "2021/22", 1, 1),
        (date(2000, 4, 1), "2000/01", 1, 1),
        (date(2099, 12, 31), "2099/00", 9, 3),
        (date(2100, 2, 28), "2099/00", 11, 4),
        (date(2024, 2, 29), "2023/24", 11, 4),
    ],
)
def test_a_day_falls_in_its_year_period_and_quarter(day: date, label: str, period: int, quarter: int) -> None:
    year = year_of(day)

    assert (year_label(year), period_of(day), quarter_of(day)) == (label, period, quarter)
    assert first_day(year) <= day <= last_day(year)


@pytest.mark.parametrize(
    ("moment", "day"),
    [
        (datetime(2020, 3, 31, 22, 59, 59, tzinfo=UTC), date(2020, 3, 31)),
        (datetime(2020, 3, 31, 23, 0, tzinfo=UTC), date(2020, 4, 1)),
        (datetime(2020, 3, 31, 23, 30, tzinfo=UTC), date(2020, 4, 1)),
        (datetime(2021, 3, 28, 0, 59, 59, tzinfo=UTC), date(2021, 3, 28)),
        (datetime(2020, 10, 25, 0, 30, tzinfo=UTC), date(2020, 10, 25)),
        (datetime(2020, 10, 25, 1, 30, tzinfo=UTC), date(2020, 10, 25)),
        (datetime(2020, 12, 31, 23, 59, 59, tzinfo=UTC), date(2020, 12, 31)),
        (datetime(2020, 7, 31, 23, 0, tzinfo=UTC), date(2020, 8, 1)),
    ],
)
def test_today_is_the_day_in_london(moment: datetime, day: date) -> None:
    with time_machine.travel(moment, tick=False):
        assert (today(), now()) == (day, moment)


@pytest.mark.parametrize(
    ("typed", "year"),
    [("2020/21", 2020), (" 2020-21 ", 2020), ("2020–21", 2020), ("2020/2021", 2020), ("2099/00", 2099)],
)
def test_a_year_is_read_as_people_write_it(typed: str, year: int) -> None:
    assert parse_year(typed) == year


@pytest.mark.parametrize("typed", ["", "2020", "2020/22", "20/21", "1999/00", "2020/21/22", "２０２０/21", "2020/2022"])
def test_what_is_no_year_is_refused(typed: str) -> None:
    with pytest.raises(YearNotUnderstoodError, match=r"is not a financial year\. Write it like 2020/21"):
        parse_year(typed)


def test_a_date_is_written_in_full() -> None:
    assert long_date(date(2020, 9, 1)) == "1 September 2020"
