"""Editing words: no money moves, the old words are kept, and nobody's change is lost to somebody else's."""

from collections.abc import Callable

import pytest

from fundtracker.domain.kinds import EventKind
from fundtracker.domain.roles import Role
from fundtracker.services import bids
from fundtracker.services.applications import find_application
from fundtracker.services.awards import find_award
from fundtracker.services.events import Told, events_of
from fundtracker.services.funds import find_fund
from fundtracker.services.organisations import find_organisation, named
from fundtracker.store.books import Entry
from tests.books.builder import Books
from tests.web.asking import ask, count, send
from tests.web.visitor import Visitor, hidden, words

FUND = "/funds/SRF20/words"
ANSWERS = {
    "name": "Safer Roads Fund 2020",
    "funder": "The Commissioner",
    "source": "own",
    "purpose": "Fewer collisions",
}


@pytest.fixture(autouse=True)
def fund(books: Books) -> None:
    books.fund("280,000", reference="SRF20", outcomes=("Fewer collisions", "More confidence"))


def edited(visitor: Visitor, path: str, **answers: str | list[str]) -> str:
    """Save words as a person who has just opened the page does; give what the page then says."""
    read = hidden(visitor.get(path), "as_read")
    answer = send(visitor, path, "", as_read=read, **answers)
    assert answer.status_code == 303, words(answer)
    return words(visitor.get(answer.location))


def told_of(books: Books, told: Told) -> list[str]:
    return [event.narrative for event in events_of(books.session, told) if event.kind is EventKind.WORDS_EDITED]


def test_a_fund_is_said_anew_and_what_it_was_is_kept(books: Books, officer: Visitor) -> None:
    entries = count(books, Entry)
    shown = edited(officer, FUND, **ANSWERS, outcomes="Fewer collisions\nMore confidence", reason="A slip")
    assert "The words are changed." in shown
    assert "Safer Roads Fund 2020" in shown
    books.session.rollback()
    told = find_fund(books.session, "SRF20")
    assert (told.purpose, told.funder) == ("Fewer collisions", "The Commissioner")
    (said,) = told_of(books, told)
    assert "Purpose was empty." in said
    assert said.endswith("A slip")
    assert count(books, Entry) == entries


def test_the_page_is_called_what_led_to_it(books: Books, officer: Visitor) -> None:
    number = books.organisation("Telford Riders").id
    for path, called in (("/funds/SRF20", "Edit the words"), (f"/organisations/{number}", "Edit the details")):
        assert called in words(officer.get(path))
        assert f"{called} of " in words(officer.get(f"{path}/words"))


def test_words_left_as_they_are_note_nothing(books: Books, officer: Visitor) -> None:
    page = officer.get("/awards/SRF20-001/words")
    assert page.status_code == 404
    books.award(find_fund(books.session, "SRF20"), "60")
    shown = edited(officer, "/awards/SRF20-001/words", reasons="Because")
    assert "The words are changed." in shown
    assert "nothing was changed" in edited(officer, "/awards/SRF20-001/words", reasons="Because")
    assert len(told_of(books, find_award(books.session, "SRF20-001"))) == 1


def test_a_page_saved_over_somebody_elses_change_shows_both_and_loses_neither(
    books: Books, officer: Visitor, signed_in: Callable[[Role], Visitor]
) -> None:
    read = hidden(officer.get(FUND), "as_read")
    edited(signed_in(Role.FINANCE), FUND, **ANSWERS | {"purpose": "Theirs"})
    mine = ANSWERS | {"purpose": "Mine"}
    answer = send(officer, FUND, "", as_read=read, **mine)
    assert answer.status_code == 422
    for part in ("Finance Officer changed these words on", "Saved meanwhile", "Theirs", "Mine", "Leave what was saved"):
        assert part in words(answer)
    books.session.rollback()
    assert find_fund(books.session, "SRF20").purpose == "Theirs"

    again = send(officer, FUND, "", hidden(answer, "once"), as_read=hidden(answer, "as_read"), **mine)
    assert again.status_code == 303
    books.session.rollback()
    assert find_fund(books.session, "SRF20").purpose == "Mine"


def test_an_organisations_old_name_still_finds_it(books: Books, officer: Visitor) -> None:
    key = books.organisation().id
    shown = edited(officer, f"/organisations/{key}/words", name="Wellington Town Council (Shropshire)", type="council")
    assert "Wellington Town Council (Shropshire)" in shown
    assert [found.id for found in named(books.session, "WELLINGTON TOWN COUNCIL")] == [key]
    assert find_organisation(books.session, key).type == "council"


def test_an_application_keeps_the_outcomes_that_its_fund_asks_for(books: Books, officer: Visitor) -> None:
    application = ask(books, find_fund(books.session, "SRF20"))
    path = f"/applications/{application.reference}/words"
    page = officer.get(path)
    refused = send(officer, path, "", as_read=hidden(page, "as_read"), purpose="One crossing")
    assert refused.status_code == 422
    assert "Choose at least one outcome" in words(refused)
    first = str(find_fund(books.session, "SRF20").outcomes[0].id)
    edited(officer, path, purpose="One crossing", outcomes=[first])
    books.session.rollback()
    assert [outcome.words for outcome in find_application(books.session, application.reference).outcomes] == [
        "Fewer collisions"
    ]


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("More confidence\nFewer collisions", ["More confidence", "Fewer collisions"]),
        ("Fewer casualties\nMore confidence", ["Fewer casualties", "More confidence"]),
        (
            "Fewer collisions\nMore confidence\nSlower traffic",
            ["Fewer collisions", "More confidence", "Slower traffic"],
        ),
    ],
)
def test_outcomes_are_reordered_reworded_and_added(books: Books, officer: Visitor, typed: str, kept: list[str]) -> None:
    ask(books, find_fund(books.session, "SRF20"))
    edited(officer, FUND, **ANSWERS, outcomes=typed)
    books.session.rollback()
    assert [outcome.words for outcome in find_fund(books.session, "SRF20").outcomes] == kept


def test_an_outcome_that_an_application_names_is_not_taken_away(books: Books, officer: Visitor) -> None:
    ask(books, find_fund(books.session, "SRF20"))
    answer = send(
        officer, FUND, "", as_read=hidden(officer.get(FUND), "as_read"), **ANSWERS, outcomes="Fewer collisions"
    )
    assert answer.status_code == 422
    assert "1 application names the outcome “More confidence”" in words(answer)


def test_a_bids_amounts_are_words_and_may_not_be_below_nothing(books: Books, officer: Visitor) -> None:
    bid = books.do(bids.record_bid, details=bids.BidDetails(title="Safer Streets", funder="Home Office"))
    path = f"/bids/{bid.reference}/words"
    edited(officer, path, title="Safer Streets", funder="Home Office", sought="£50,000")
    books.session.rollback()
    assert bids.find_bid(books.session, bid.reference).sought == 5_000_000
    read = hidden(officer.get(path), "as_read")
    refused = send(officer, path, "", as_read=read, title="Safer Streets", funder="Home Office", sought="-5")
    assert refused.status_code == 422


@pytest.mark.parametrize(("field", "value"), [("name", "…"), ("funder", ""), ("source", "theirs")])
def test_what_a_fund_cannot_be_without_is_asked_for_again(officer: Visitor, field: str, value: str) -> None:
    read = hidden(officer.get(FUND), "as_read")
    answer = send(officer, FUND, "", as_read=read, **ANSWERS | {field: value})
    assert answer.status_code == 422
    assert "There is a problem" in words(answer)
    assert "Fewer collisions" in words(answer)


def test_only_those_who_record_may_edit(signed_in: Callable[[Role], Visitor]) -> None:
    assert signed_in(Role.CHIEF_EXECUTIVE).get(FUND).status_code == 403


def test_dates_that_end_before_they_start_are_refused(officer: Visitor) -> None:
    read = hidden(officer.get(FUND), "as_read")
    dates = {"opens_on": "1 July 2020", "spend_by": "1 June 2020"}
    answer = send(officer, FUND, "", as_read=read, **ANSWERS, **dates)
    assert answer.status_code == 422
    assert "Enter a later date" in words(answer)
