"""Likely organisations: what a typed name may mean, best first."""

import pytest

from fundtracker.services.likely import MOST, likely, spelt_out, started
from fundtracker.services.organisations import keep_name, merge
from tests.books.builder import Books


@pytest.mark.parametrize(
    ("typed", "full"),
    [
        ("WEOBLEY P.C.", "weobley parish council"),
        ("Weobley PC", "weobley parish council"),
        ("Wellington T C", "wellington town council"),
        ("A B Trust Ltd", "ab trust limited"),
        ("  ", ""),
    ],
)
def test_short_words_are_spelt_out(typed: str, full: str) -> None:
    assert spelt_out(typed) == full


def test_the_likely_ones_come_best_first_and_the_unlikely_not_at_all(books: Books) -> None:
    for name in ("Wem Parish Council", "Weobley Parish Council", "Telford Riders"):
        books.organisation(name)
    books.organisation("Weobley Riders")
    weobley, riders = "Weobley Parish Council", "Weobley Riders"
    for typed, meant in (
        ("weobley p.c.", [weobley, riders]),
        ("weobly parish", [weobley]),
        ("Wme Parish Council", ["Wem Parish Council"]),
    ):
        assert [found.name for found in likely(books.session, typed)] == meant
    assert likely(books.session, "") == []


def test_a_parish_council_is_not_taken_for_another(books: Books) -> None:
    books.organisation("Weobley Parish Council")
    assert likely(books.session, "Pontesbury Parish Council") == []


def test_a_merged_one_is_offered_as_what_it_is_now(books: Books) -> None:
    riders, club = books.organisation("Telford Riders"), books.organisation("Telford Cycling Club")
    books.do(merge, organisation=riders, into=club)
    assert likely(books.session, "Telford Riders") == [club]


def test_one_is_offered_for_a_name_it_had(books: Books) -> None:
    riders = books.organisation("Severn Cycling Club")
    books.change(keep_name, organisation=riders, name="Telford Riders")
    assert likely(books.session, "Telford Rider") == [riders]


def test_no_more_are_offered_than_can_be_read(books: Books) -> None:
    for number in range(MOST + 3):
        books.organisation(f"Severn Valley Scouts {number}")
    assert len(likely(books.session, "Severn Valley Scouts")) == MOST


@pytest.mark.parametrize("typed", ["weo", "Weobley p", "council weob", "WEOBLEY P.C", "Weobly Parish Co"])
def test_what_is_being_typed_is_what_it_may_become(books: Books, typed: str) -> None:
    for name in ("Telford Riders", "Wem Parish Council", "Weobley Parish Council"):
        books.organisation(name)
    assert started(books.session, typed)[0].name == "Weobley Parish Council"


def test_names_in_other_alphabets_are_found_as_they_are_typed(books: Books) -> None:
    for name in ("北京社区中心", "مركز الشباب", "Canolfan Gymunedol Llanfair"):
        books.organisation(name)
    assert [found.name for typed in ("北京", "مركز", "gym") for found in started(books.session, typed)] == [
        "北京社区中心",
        "مركز الشباب",
        "Canolfan Gymunedol Llanfair",
    ]
    assert started(books.session, " .") == []
