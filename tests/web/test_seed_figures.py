"""The seed documents' figures on screen: the office's workbook as it comes in, as at 21 September 2020."""

from pathlib import Path

import pytest

from fundtracker.domain.roles import Actor
from fundtracker.sheets.office import bring_in
from tests.books.builder import Books
from tests.web.visitor import Visitor, words

WORKBOOK = Path(__file__).parents[1] / "data" / "scenario" / "west-mercia-2020.xlsx"
DAY = "as_at=21 September 2020"


@pytest.fixture(autouse=True)
def office(books: Books) -> None:
    """Bring the office's workbook in."""
    answer = bring_in(books.session, WORKBOOK.read_bytes(), file_name=WORKBOOK.name, by=Actor("tests"))
    assert not answer.refused


def test_the_funds_add_up_to_what_was_reported(officer: Visitor) -> None:
    said = words(officer.get(f"/funds?{DAY}"))

    assert "Allocated £1,221,363.39 in 4 funds" in said
    assert "Awarded £388,643.33 17 awards to 16 organisations" in said
    assert "341,363.39 341,363.39 0.00" in said
    assert "13 awards to 13 organisations" in said
    assert "50,000.00 47,279.94 2,720.06" in said
    assert "550,000.00 0.00 550,000.00" in said
    assert "280,000.00 0.00 280,000.00" in said
    assert "Besides cash: 1 gift in kind" in said
    assert "Awaiting an outcome: 1 bid" in said
    assert "£50,000.00" in said.split("Awaiting an outcome")[1]


@pytest.mark.parametrize(
    ("ref", "figures"),
    [
        ("PCRF20", ("Left to award £2,720.06", "4 awards, 94.56%", "(not itemised in the report)")),
        ("MECF20", ("Left to award £0.00", "13 awards, 100.00%", "26,258.73 illustrative", "date not stated")),
        ("SSFB20", ("Left to award £550,000.00", "no awards yet")),
        ("SRF20", ("Left to award £280,000.00", "Nothing has been paid yet")),
    ],
)
def test_each_fund_shows_its_own(officer: Visitor, ref: str, figures: tuple[str, ...]) -> None:
    said = words(officer.get(f"/funds/{ref}?{DAY}"))
    for figure in figures:
        assert figure in said


def test_the_list_of_awards_counts_them_once_and_the_gift_apart(officer: Visitor) -> None:
    said = words(officer.get(f"/awards?{DAY}"))
    assert "17 awards to 16 organisations, 1 gift in kind" in said
    assert "£388,643.33" in said
    assert "In kind" in said
