"""Dates as spreadsheets hold them: every form is one day, everything else is refused in words."""

from datetime import date, datetime, time, timedelta

import pytest

from fundtracker.domain.dates import DateNotUnderstoodError
from fundtracker.domain.dates_in_files import day_in_file

_3_APRIL = date(2020, 4, 3)


@pytest.mark.parametrize(
    "cell",
    [
        date(2020, 4, 3), datetime(2020, 4, 3, 23, 59), 43924, 43924.0, 43924.75, "43924", "43924.0",  # noqa: DTZ001 - cells of a workbook are in no zone
        "03/04/20", "3/4/2020", "03-04-2020", "03.04.20", "3-Apr-20", "3 Apr 2020", "3rd April 2020",
        "Fri 3 April 2020",
        "2020-04-03", "2020-04-03T00:00:00Z", "2020-04-03T23:30:00+01:00", "2020-04-03 00:00:00", "03/04/2020 00:00",
        "03/04/2020 12:30 PM", "20200403", "2020/04/03", " 03/04/2020\n",
    ],
)  # fmt: skip
def test_each_form_is_the_third_of_april(cell: object) -> None:
    assert day_in_file(cell) == _3_APRIL


@pytest.mark.parametrize("cell", ["", "TBC", "n/a", "-", "not stated"])
def test_not_stated_is_nothing(cell: str) -> None:
    assert day_in_file(cell) is None


@pytest.mark.parametrize(
    ("cell", "words"),
    [
        ("31/02/2020", "does not exist"), ("04/13/2020", "no month 13"), ("Apr-20", "is not a date|include a year"),
        ("April 2020", "is not a date"), ("2020", "is not a date"), ("2020-04", "is not a date"),
        ("Q1 2020/21", "is not a date"), ("20201345", "is not a date"), ("30/02/20 00:00", "does not exist"),
        ("12/03/98", "1998 or 2098"), (date(1904, 1, 1), "outside the years"), (0.0, "is not a date"),
        (1e18, "not a date"),
        (True, "not a date"), (timedelta(10), "not a date"), (time(1, 2), "not a date"), (12.0, "not a date"),
        (float("nan"), "not a date"),
    ],
)  # fmt: skip
def test_what_is_no_day_is_refused_in_words(cell: object, words: str) -> None:
    with pytest.raises(DateNotUnderstoodError, match=words):
        day_in_file(cell)
