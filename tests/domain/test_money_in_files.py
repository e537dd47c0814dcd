"""Money as spreadsheets hold it: every form read to the penny, everything else refused in words."""

from contextlib import suppress
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fundtracker.domain.money import figure, plain, pounds
from fundtracker.domain.money_in_files import FileAmountError, amount_in_file


@pytest.mark.parametrize(
    ("cell", "expected"),
    [
        (41133.770000000004, 4_113_377), (341363.39, 34_136_339), (0.1 + 0.2, 30), (810, 81_000), (-810.5, -81_050),
        (Decimal("12.34"), 1_234), (0, 0), (21757793.27, 2_175_779_327),
        ("£1064", 106_400), ("280,000", 28_000_000), (" £ 1,064.50 ", 106_450), ("1064.5", 106_450),
        ("1 064", 106_400), ("1\u00a0064.00", 106_400), ("GBP 5", 500), ("5 GBP", 500), ("1,291,436.54", 129_143_654),
        ("(810)", -81_000), ("£(810.00)", -81_000), ("(£810)", -81_000), ("810-", -81_000), ("-£810", -81_000),
        ("£-810", -81_000), ("−810", -81_000), ("£10m", 1_000_000_000), ("1.5k", 150_000),
        ("£0.25 million", 25_000_000),
        ("2bn", 200_000_000_000), ("£550,000.00", 55_000_000),
        ("810.50CR", -81_050), ("£1,064.00 cr", -106_400), ("810 DR", 81_000), ("+810", 81_000), (".50", 50),
        ("-£.5", -50),
        (" £-   ", 0), ("1,234.5-", -123_450), ("41133.770000000004", 4_113_377),
    ],
)  # fmt: skip
def test_reads_to_the_penny(cell: object, expected: int) -> None:
    assert amount_in_file(cell) == expected


@pytest.mark.parametrize("cell", ["", "  ", "TBC", "n/a", "N/A", "-", "–", "not stated", "To be confirmed"])
def test_not_stated_is_nothing(cell: str) -> None:
    assert amount_in_file(cell) is None


@pytest.mark.parametrize(
    ("cell", "words"),
    [
        ("€500", "another currency"), ("500 EUR", "another currency"), ("$1,000", "another currency"),
        ("US dollars 5", "another currency"), ("1.064,00", "not an amount"), ("1,06,4", "not an amount"),
        ("about £500", "not an amount"), ("£500 (capital)", "not an amount"), ("50%", "not an amount"),
        ("(810-)", "not an amount"), ("--5", "not an amount"), ("(-5)", "not an amount"),
        ("1e3", "not an amount"), ("٣٤", "not an amount"),
        ("£1.005", "parts of a penny"), (12.345, "parts of a penny"), ("1.000001k", "parts of a penny"),
        (float("nan"), "not an amount"), (float("inf"), "not an amount"), (True, "not an amount"),
        ("-5 CR", "not an amount"), ("(5) CR", "not an amount"), ("CR", "not an amount"), ("5.", "not an amount"),
        (10.005, "parts of a penny"), ("£11bn", "more than"), (1e300, "more than"), ("=1+1", "not an amount"),
    ],
)  # fmt: skip
def test_refuses_in_words_what_could_be_read_wrongly(cell: object, words: str) -> None:
    with pytest.raises(FileAmountError, match=words):
        amount_in_file(cell)


@given(st.integers(min_value=0, max_value=10**11))
def test_reads_back_whatever_is_written(pence: int) -> None:
    assert amount_in_file(pounds(pence)) == amount_in_file(plain(pence)) == amount_in_file(figure(pence)) == pence
    assert amount_in_file(-pence / 100) == -pence


@given(st.text(max_size=30) | st.floats())
def test_gives_an_amount_or_a_sentence_for_anything(cell: object) -> None:
    with suppress(FileAmountError):
        found = amount_in_file(cell)
        assert found is None or type(found) is int
