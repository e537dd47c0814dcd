"""Money: what people type, what is written back, and exact shares."""

import re

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from fundtracker.domain.money import (
    LARGEST,
    AmountNotUnderstoodError,
    Pence,
    figure,
    parse_pounds,
    plain,
    pounds,
    share,
    split,
)

ACCEPTED = {
    "1064": 106_400, "1,064": 106_400, "£1064": 106_400, "£1,064.00": 106_400, "47,279.94": 4_727_994,
    "341363.39": 34_136_339, " 12 ": 1_200, "£550,000": 55_000_000, "£ 810": 81_000, "0.01": 1, "0.1": 10,
    "1064.5": 106_450, "£10,000,000,000.00": LARGEST,
}  # fmt: skip
BELOW_NOTHING = ("-1", "(5)", "5-", "5 CR", "−5", "–5", "--1", "-0", "-inf")
NOTHING = ("0", "0.00", "£0")
TOO_LARGE = (str(10**18), "9" * 40, "9223372036854775807", "9223372036854775808", "10,000,000,000.01")
TOO_FINE = ("0.005", "0.999", "1.005", "2.675")
NOT_UNDERSTOOD = (
    "+5", "1.064,00", "12,5", "0,5", "1,06,4", "1,0,0,0", "1 064", "1\u00a0064", "1’000", "1e3", "1E+3", "1e", "e1",
    "1e400", "1e-400", "½", "²", "Ⅷ", "１０６４", "٣٤", "１２．５", "1.", ".5", "1..0", "1064.00.00", "NaN", "nan",
    "sNaN", "Infinity", "0x10", "1_000", "1__0", "1064p", "GBP 5", "5%", "1/2", "=1+1", '"5"', "1\u200b0",
    "\u202e12", "12\x00",
    "550k", "10m", "£10m", "1\t0", "1\n0", "12\n", "££1", "£  1",
)  # fmt: skip
TYPED = re.compile(r"£? ?(\d{1,3}(,\d{3})+|\d+)(\.\d{1,2})?", re.ASCII)


@pytest.mark.parametrize(("typed", "amount"), ACCEPTED.items())
def test_is_read_as_people_type_it(typed: str, amount: int) -> None:
    assert parse_pounds(typed) == amount


@pytest.mark.parametrize(
    ("typed", "words"),
    [
        *((typed, "more than £0.00, without a minus sign or brackets") for typed in BELOW_NOTHING),
        *((typed, "more than £0.00") for typed in NOTHING),
        *((typed, "£10,000,000,000.00 or less") for typed in TOO_LARGE),
        *((typed, "no more than two figures after the point") for typed in TOO_FINE),
        *((typed, "pounds and pence in figures") for typed in NOT_UNDERSTOOD),
        *((typed, "Enter an amount") for typed in ("", " ", "   ")),
    ],
)
def test_is_refused_in_words_that_help(typed: str, words: str) -> None:
    with pytest.raises(AmountNotUnderstoodError, match=re.escape(words)):
        parse_pounds(typed)


@given(st.text(alphabet="0123456789,.£ -k", max_size=18) | st.text(max_size=12) | st.from_regex(TYPED, fullmatch=True))
@example("0" * 5_000)
@example("0" * 20 + "1")
@example("1" * 5_000)
def test_what_is_accepted_is_exactly_the_pattern(typed: str) -> None:
    match = TYPED.fullmatch(typed.strip(" "))
    digits = re.sub(r"[£ ,]", "", typed).partition(".")[0].lstrip("0") if match else ""
    fits = match is not None and len(digits) < 20 and 0 < _exact(typed) <= LARGEST
    try:
        amount = parse_pounds(typed)
    except AmountNotUnderstoodError:
        assert not fits
    else:
        assert fits
        assert amount == _exact(typed)


def _exact(typed: str) -> int:
    whole, _, part = re.sub(r"[£ ,]", "", typed).partition(".")
    return int(whole.lstrip("0") or "0") * 100 + int(part.ljust(2, "0") or "0")


@given(st.integers(1, LARGEST))
def test_what_is_written_is_read_back(amount: int) -> None:
    for written in (pounds(amount), figure(amount), plain(amount)):
        assert parse_pounds(written) == amount


def test_below_nothing_is_written_with_a_real_minus_sign_for_people_only() -> None:
    assert (pounds(-8_097_500), figure(-1), plain(-8_097_500)) == ("−£80,975.00", "−0.01", "-80975.00")
    assert (pounds(0), figure(0), plain(0)) == ("£0.00", "0.00", "0.00")


@pytest.mark.parametrize(
    ("part", "whole", "written"),
    [
        (4_727_994, 5_000_000, "94.56 %"), (1, 3, "33.33 %"), (2, 3, "66.67 %"), (1, 20_000, "0.01 %"),
        (1, 20_001, "0.00 %"), (5, 4, "125.00 %"), (0, 5, "0.00 %"), (-1, 4, "−25.00 %"), (-1, -4, "25.00 %"),
        (0, 0, "n/a"), (5, 0, "n/a"), (950, 1, "95,000.00 %"),
    ],
)  # fmt: skip
def test_a_share_is_rounded_half_up_and_of_nothing_is_not_a_number(part: int, whole: int, written: str) -> None:
    assert share(part, whole) == written


@given(st.integers(0, LARGEST), st.lists(st.integers(0, 1_000), min_size=1, max_size=20).filter(any))
def test_a_split_adds_up_and_is_fair_to_the_penny(amount: int, weights: list[int]) -> None:
    parts = split(Pence(amount), weights)

    assert sum(parts) == amount
    for part, weight in zip(parts, weights, strict=True):
        assert abs(part * sum(weights) - amount * weight) < sum(weights)
