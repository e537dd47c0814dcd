"""Twins: one organisation on record twice."""

import pytest

from fundtracker.services.organisations import keep_name, merge
from fundtracker.services.twins import twins
from tests.books.builder import Books


@pytest.mark.parametrize(
    ("name", "other", "alike"),
    [
        ("Weobley PC", "weobley parish council.", True),
        ("The Telford Riders CIC", "Telford Riders", True),
        ("Telford & Wrekin Council", "Telford and Wrekin Borough Council", True),
        ("Wellingtn Town Council", "Wellington Town Council", True),
        ("Weobley Parish Council", "Wem Parish Council", False),
        ("Recipient 02 (not named)", "Recipient 03 (not named)", False),
        ("Victim Support", "Support", False),
    ],
)
def test_names_that_are_nearly_one_are_told_from_others(books: Books, name: str, other: str, alike: bool) -> None:
    one, two = books.organisation(name), books.organisation(other)

    assert twins(books.session, one) == ([two] if alike else [])
    assert twins(books.session, two) == ([one] if alike else [])


def test_a_number_in_common_tells_whatever_the_names(books: Books) -> None:
    one = books.organisation("Telford Riders", charity_number="1234567")
    two = books.organisation("Severn Cycling Club", charity_number="1234567")
    books.organisation("Another", company_number="1234567")

    assert twins(books.session, one) == [two]


def test_what_is_merged_already_is_not_told_again(books: Books) -> None:
    one, two = books.organisation("Weobley PC"), books.organisation("Weobley Parish Council")
    books.change(keep_name, organisation=two, name="Weobley P. C.")
    books.do(merge, organisation=one, into=two)

    assert twins(books.session, two) == twins(books.session, one) == []
