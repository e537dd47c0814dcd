"""Dates as people write them, the day always first."""

from contextlib import suppress
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fundtracker.domain.dates import DateNotUnderstoodError, parse_day, short_date
from fundtracker.domain.years import long_date

DAYS = st.dates(date(2000, 1, 1), date(2199, 12, 31))


@pytest.mark.parametrize(
    "text",
    [
        "12 October 2020", "12 Oct 2020", "12 OCT 20", "12th October 2020", " 12  October   2020 ", "12/10/2020",
        "12/10/20", "12-10-2020", "12.10.2020", "12 10 2020", "12-Oct-2020", "12-Oct-20", "2020-10-12",
        "Monday 12 October 2020", "Mon, 12 Oct 2020", "12 October, 2020", "12 Oct. 2020",
    ],
)  # fmt: skip
def test_one_day_in_the_ways_people_write_it(text: str) -> None:
    assert parse_day(text) == date(2020, 10, 12)


def test_the_day_comes_before_the_month() -> None:
    assert parse_day("1/9/20") == date(2020, 9, 1)
    assert parse_day("1 Sept 2020") == date(2020, 9, 1)


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("", "Enter a date, like 12 October 2020"),
        ("  \t", "Enter a date, like 12 October 2020"),
        ("31 June 2020", "31 June 2020 does not exist. Check “31 June 2020”"),
        ("29/2/2021", "29 February 2021 does not exist. Check “29/2/2021”"),
        ("0/1/2020", "0 January 2020 does not exist. Check “0/1/2020”"),
        ("12 October", "Date must include a year, like 12 October 2020"),
        ("12/10", "Date must include a year, like 12 October 2020"),
        ("10/21/2020", "“10/21/2020” has no month 21. Write the day first, like 12 October 2020"),
        ("12 Octember 2020", "“octember” is not a month. Write the date like 12 October 2020"),
        ("12 October 202", "Year must have two or four figures, like 12 October 2020"),
        ("12 October 1999", "Year must be between 2000 and 2199"),
        ("summer 2020", "“summer 2020” is not a date. Write it like 12 October 2020, or 12/10/2020"),
        ("12/10-2020", "“12/10-2020” is not a date. Write it like 12 October 2020, or 12/10/2020"),
        ("１２/10/2020", "“１２/10/2020” is not a date. Write it like 12 October 2020, or 12/10/2020"),
        ("٣/10/2020", "“٣/10/2020” is not a date. Write it like 12 October 2020, or 12/10/2020"),
        ("44116", "“44116” is not a date. Write it like 12 October 2020, or 12/10/2020"),
        ("October 2020", "“October 2020” is not a date. Write it like 12 October 2020, or 12/10/2020"),
    ],
)
def test_what_is_no_day_is_refused_in_plain_words(text: str, says: str) -> None:
    with pytest.raises(DateNotUnderstoodError) as refused:
        parse_day(text)
    assert refused.value.sentence == says


@given(DAYS)
def test_a_day_written_by_the_product_is_read_back(day: date) -> None:
    assert parse_day(long_date(day)) == parse_day(short_date(day)) == parse_day(f"{day:%d/%m/%Y}") == day


@given(st.text(max_size=60))
def test_any_text_is_a_day_or_a_refusal(text: str) -> None:
    with suppress(DateNotUnderstoodError):
        assert type(parse_day(text)) is date


def test_an_attack_on_the_reader_is_answered_at_once() -> None:
    with pytest.raises(DateNotUnderstoodError):
        parse_day("1 " * 25_000)
