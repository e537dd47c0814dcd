"""Percentages: what people type, and what one comes to."""

import pytest

from fundtracker.domain.money import Pence
from fundtracker.domain.percentages import PercentageNotUnderstoodError, parse_percentage, percentage, percentage_of


@pytest.mark.parametrize(
    ("typed", "hundredths", "written"),
    [
        ("10", 1_000, "10%"),
        (" 2.5% ", 250, "2.5%"),
        ("0.01", 1, "0.01%"),
        ("100 %", 10_000, "100%"),
        ("7.05", 705, "7.05%"),
    ],
)
def test_is_read_exactly_and_written_short(typed: str, hundredths: int, written: str) -> None:
    assert parse_percentage(typed) == hundredths
    assert percentage(hundredths) == written


@pytest.mark.parametrize("typed", ["", "0", "100.01", "101", "-5", "2.555", "ten", "1e2", "²", "10%%"])
def test_anything_else_is_refused_in_words(typed: str) -> None:
    with pytest.raises(PercentageNotUnderstoodError, match=r"a figure from 0\.01 to 100"):
        parse_percentage(typed)


def test_comes_to_no_more_than_was_decided() -> None:
    assert percentage_of(Pence(510_000_00), 10_00) == 51_000_00
    assert percentage_of(Pence(333), 33_33) == 110
