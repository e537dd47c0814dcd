"""Decision records: numbered in the office's pattern, drafted from the case, signed by another, then never changed."""

from typing import Any

import pytest
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError

from fundtracker.domain.references import ReferenceNotAllowedError
from fundtracker.domain.refusals import NameMissingError, ReasonMissingError, WrongStateError
from fundtracker.domain.roles import Actor, Role
from fundtracker.domain.years import today
from fundtracker.services import allocations, applications, office, reversals, variations
from fundtracker.services.decisions.drafting import from_application, from_award
from fundtracker.services.decisions.gaps import ELSEWHERE, NO_REFERENCE, UNSIGNED, explain, list_undecided
from fundtracker.services.decisions.numbering import PatternRefusedError, set_pattern
from fundtracker.services.decisions.records import (
    draft_decision,
    edit_decision,
    find_decision,
    moved_on,
    said_by,
    sign_decision,
)
from fundtracker.services.people import add_person
from fundtracker.services.words import WordsChangedError, fingerprint
from fundtracker.store.books import Entry
from fundtracker.store.decisions import DecisionRecord
from fundtracker.store.transactions import transaction
from tests.books.builder import Books, pence

WORDS = {"title": "Grant to Riders", "summary": "Riders asked.", "proposal": "Award it."}


@pytest.fixture
def people(books: Books) -> tuple[Actor, Actor]:
    """Give who drafts, and who signs."""
    books.change(office.set_up_office, name="Office", panel_name="Panel", objectives=[], areas=[])
    both = [
        books.change(add_person, email=f"{role.value[:4]}@example.org", name=role.post, role=role)
        for role in (Role.COMMISSIONING, Role.CHIEF_EXECUTIVE)
    ]
    return Actor(both[0].name, both[0].id), Actor(both[1].name, both[1].id)


def _draft(books: Books, by: Actor, **more: Any) -> DecisionRecord:
    return books.change(draft_decision, words={**WORDS, **more}, by=by)


def test_numbers_follow_the_offices_pattern(books: Books, people: tuple[Actor, Actor]) -> None:
    year = today().year
    assert [_draft(books, people[0]).reference for _ in range(2)] == [f"PCC/D/{year}/01", f"PCC/D/{year}/02"]
    with transaction(books.session):
        set_pattern(books.session, office=office.find_office(books.session), pattern="WM-{number}")
    assert _draft(books, people[0]).reference == "WM-01"
    with pytest.raises(ReferenceNotAllowedError), transaction(books.session):
        set_pattern(books.session, office=office.find_office(books.session), pattern="WM/{number}/sign")
    for wrong in ("WM", "{number}{number}", "<b>{number}", "{Year}{number}", "W" * 60 + "{number}"):
        with pytest.raises(PatternRefusedError), transaction(books.session):
            set_pattern(books.session, office=office.find_office(books.session), pattern=wrong)


def test_it_is_drafted_from_the_case(books: Books, people: tuple[Actor, Actor]) -> None:
    fund = books.fund("1,000")
    details = applications.ApplicationDetails(
        fund=fund, organisation=books.organisation("Riders"), asked_for=pence("100"), purpose="Cameras."
    )
    application = books.do(applications.log_application, details=details)
    drafted = from_application(books.session, application)
    assert drafted["summary"] == "Riders asked Safer Roads Fund 2020 for £100.00 on 30 June 2020: Cameras."
    assert drafted["interests"] == "None declared."
    assert "allocated £1,000.00: £1,000.00 of it is left to award" in drafted["part_one"]

    award = books.award(fund, "60", to=application.organisation)
    assert from_award(books.session, award)["proposal"] == "Award Riders £60.00 from Safer Roads Fund 2020."


def test_another_signs_it_once_and_then_it_stays(books: Books, people: tuple[Actor, Actor]) -> None:
    officer, chief = people
    record = _draft(books, officer)
    with pytest.raises(WrongStateError, match="somebody else signs it"):
        books.change(sign_decision, record=record, by=officer)
    books.change(sign_decision, record=record, words="Agreed", by=chief)
    with pytest.raises(WrongStateError, match="was signed by Chief executive"):
        books.change(sign_decision, record=record, by=chief)
    with pytest.raises(WrongStateError, match="stays as it was"):
        books.change(edit_decision, record=record, words=WORDS, as_read=fingerprint(said_by(record)))
    for statement in ("UPDATE decision_record SET title = 'Other'", "DELETE FROM decision_record"):
        with pytest.raises(DBAPIError, match="never changes"), transaction(books.session):
            books.session.execute(text(statement))
    assert find_decision(books.session, record.reference.lower()).title == "Grant to Riders"


def test_a_draft_is_not_saved_over_anothers_words(books: Books, people: tuple[Actor, Actor]) -> None:
    record = _draft(books, people[0])
    read = fingerprint(said_by(record))
    books.change(edit_decision, record=record, words={**WORDS, "risk": "Low"}, as_read=read)
    with pytest.raises(WordsChangedError):
        books.change(edit_decision, record=record, words={**WORDS, "risk": "High"}, as_read=read)
    assert record.risk == "Low"


@pytest.mark.parametrize(
    ("more", "refusal"),
    [({"title": " "}, NameMissingError), ({"exempt": True}, ReasonMissingError), ({"summary": ""}, ReasonMissingError)],
)
def test_what_is_missing_is_asked_for(
    books: Books, people: tuple[Actor, Actor], more: dict[str, Any], refusal: type[Exception]
) -> None:
    with pytest.raises(refusal):
        books.change(sign_decision, record=_draft(books, people[0], **more), by=people[1])


def test_money_without_a_record_is_listed_until_it_is_signed_or_explained(
    books: Books, people: tuple[Actor, Actor]
) -> None:
    officer, chief = people
    record = _draft(books, officer)
    fund = books.fund("1,000")
    line = fund.lines[0]
    books.do(allocations.uplift, line=line, amount="50", decision=record.reference.lower())
    award = books.award(line, "60")
    books.pay(award, "10")

    def missing() -> dict[int, str]:
        return {one.number: one.missing for one in list_undecided(books.session)[1]}

    assert missing() == {1: ELSEWHERE, 2: UNSIGNED, 3: ELSEWHERE}
    books.change(sign_decision, record=record, by=chief)
    assert [entry.number for entry in moved_on(books.session, record)] == [2]
    assert missing().keys() == {1, 3}
    one, three = (books.session.get_one(Entry, number) for number in (1, 3))
    with pytest.raises(ReasonMissingError):
        books.change(explain, entry=one, by=officer)
    books.change(explain, entry=one, why="Decided before this register began", by=officer)
    books.change(explain, entry=three, record=record, by=officer)
    with pytest.raises(WrongStateError):
        books.change(explain, entry=three, record=record, by=officer)
    assert missing() == {}


def test_no_reference_is_said_and_what_was_undone_is_not_asked_about(books: Books) -> None:
    award = books.award(books.fund("1,000"), "60")
    books.change(explain, entry=books.session.get_one(Entry, 1), why="Before", by=Actor("tests"))
    assert [one.missing for one in list_undecided(books.session)[1]] == [ELSEWHERE]
    books.do(variations.vary_award, line=award.lines[0], by="10", decision="")
    assert [one.missing for one in list_undecided(books.session)[1]] == [NO_REFERENCE, ELSEWHERE]
    books.do(reversals.reverse_entry, entry=books.session.get_one(Entry, 3))
    assert list_undecided(books.session)[0] == 1
