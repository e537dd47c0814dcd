"""The bar: its parts add up to 100.0 %, whatever the figures, and it never draws beyond its frame."""

from xml.etree import ElementTree as ET

from hypothesis import given
from hypothesis import strategies as st

from fundtracker.domain.balances import Balance
from fundtracker.domain.money import Pence
from fundtracker.web.bars import bar_parts, draw_bar

AMOUNTS = st.integers(0, 10**12).map(Pence)


def test_a_fund_is_said_in_words() -> None:
    roads = Balance(
        allocated=Pence(280_000_00), awarded=Pence(38_640_00), paid=Pence(7_200_00), to_pay=Pence(31_440_00)
    )
    assert bar_parts(roads).in_words == "paid 2.6%, awarded, still to pay 11.2%, left to award 86.2%"
    assert [part.share for part in bar_parts(roads, 11_200_00).parts] == ["2.6%", "11.2%", "4.0%", "82.2%"]


def test_a_fund_that_is_over_says_by_how_much() -> None:
    cut = Balance(allocated=Pence(100), awarded=Pence(150), paid=Pence(50), to_pay=Pence(100))
    bar = bar_parts(cut)
    assert bar.over == 50
    assert bar.in_words.endswith("left to award 0.0%; over-allocated by £0.50")
    assert bar_parts(Balance(allocated=Pence(100)), 101).over == 1


def test_an_empty_fund_draws_nothing() -> None:
    assert [part.width for part in bar_parts(Balance()).parts] == [0, 0, 0]
    assert bar_parts(Balance()).in_words == "nothing allocated yet"


def test_what_is_to_recover_is_a_mark_on_the_end_of_what_is_paid() -> None:
    held = Balance(allocated=Pence(1000), awarded=Pence(200), paid=Pence(600), to_recover=Pence(400))
    bar = bar_parts(held)

    paid, mark = bar.parts[0], bar.drawn[-1]
    assert mark.kind == "recover"
    assert mark.start + mark.width == paid.width == 42.9
    assert bar.in_words == "paid 42.9%, of that to recover £4.00, awarded, still to pay 0.0%, left to award 57.1%"


def test_a_part_that_is_there_never_reads_as_nothing_nor_as_all() -> None:
    nearly = Balance(allocated=Pence(10**12), awarded=Pence(10**12), paid=Pence(10**12 - 1), to_pay=Pence(1))
    assert [part.share for part in bar_parts(nearly).parts] == ["over 99.9%", "under 0.1%", "0.0%"]


@given(AMOUNTS, AMOUNTS, AMOUNTS, AMOUNTS)
def test_the_parts_fill_the_bar_and_no_more(paid: Pence, to_pay: Pence, left: Pence, this: Pence) -> None:
    balance = Balance(allocated=Pence(paid + to_pay + left), awarded=Pence(paid + to_pay), paid=paid, to_pay=to_pay)
    parts = bar_parts(balance, this).parts
    tenths = [round(part.width * 10) for part in parts]
    assert sum(tenths) == (1000 if paid + to_pay + left + this else 0)
    assert all(part.start + part.width <= 100 for part in parts)


def test_it_is_drawn_with_its_name_escaped_and_said_in_words() -> None:
    held = Balance(allocated=Pence(1000), awarded=Pence(700), paid=Pence(600), to_pay=Pence(500), to_recover=Pence(400))
    root = ET.fromstring(draw_bar(held, 'Signs & "masks" <1>'))  # noqa: S314 - our own

    assert root.attrib["aria-label"] == f'Signs & "masks" <1>: {bar_parts(held).in_words}'
    drawn = [(part.get("class") or part.get("fill"), part.get("x"), part.get("width")) for part in root]
    assert drawn == [
        ("ft-bar-left", "0.0%", "100.0%"),
        ("ft-bar-paid", "0.0%", "42.9%"),
        ("url(#ft-hatch)", "42.9%", "35.7%"),
        ("url(#ft-stripes)", "14.4%", "28.5%"),
        ("ft-bar-frame", "0.0%", "100.0%"),
    ]
