"""Plans of payment: by rule to the penny, and planned again when an award changes."""

from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from fundtracker.domain.money import Pence
from fundtracker.domain.plans import Part, Rule, by_rule, months_later, planned_again


def test_thirds_of_a_hundred_pounds_add_up_to_the_penny() -> None:
    assert by_rule(Pence(10_000), Rule.THIRDS, date(2020, 4, 30), 3) == [
        (date(2020, 4, 30), 3_334),
        (date(2020, 8, 30), 3_333),
        (date(2020, 12, 30), 3_333),
    ]


def test_the_last_of_a_month_stays_the_last() -> None:
    days = [day for day, _ in by_rule(Pence(1_200), Rule.MONTHLY, date(2019, 11, 30), 5)]
    assert days == [date(2019, 11, 30), date(2019, 12, 30), date(2020, 1, 30), date(2020, 2, 29), date(2020, 3, 30)]
    assert months_later(date(2020, 2, 29), 12) == date(2021, 2, 28)


def test_two_pence_are_no_more_than_two_instalments() -> None:
    assert [amount for _, amount in by_rule(Pence(2), Rule.QUARTERLY, date(2020, 4, 1), 4)] == [1, 1]


def test_a_fall_takes_the_last_first_and_spares_what_is_kept() -> None:
    parts = [Part(300, kept=300), Part(300, kept=100), Part(300), Part(300)]
    assert planned_again(parts, 800) == ([300, 300, 200, 0], 0)
    assert planned_again(parts, 450) == ([300, 150, 0, 0], 0)


def test_a_refund_that_lowers_the_award_takes_from_what_was_given_back() -> None:
    assert planned_again([Part(600, kept=400, given_back=True), Part(400)], 800) == ([400, 400], 0)


def test_a_rise_goes_to_the_last_or_asks_for_a_new_one() -> None:
    assert planned_again([Part(300, kept=300), Part(300)], 700) == ([300, 400], 0)
    assert planned_again([Part(300, kept=300), Part(300, kept=1)], 700) == ([300, 300], 100)


parts = st.integers(1, 500).flatmap(
    lambda amount: st.builds(Part, st.just(amount), st.integers(0, amount), st.booleans())
)


@given(st.lists(parts, max_size=8), st.integers(0, 3_000))
def test_it_always_adds_up_and_never_takes_what_is_kept_while_something_else_is_left(
    given_parts: list[Part], target: int
) -> None:
    amounts, rest = planned_again(given_parts, target)
    assert sum(amounts) + rest == target
    assert min(amounts, default=0) >= 0
    if target >= sum(part.kept for part in given_parts):
        assert all(amount >= part.kept for amount, part in zip(amounts, given_parts, strict=True))
