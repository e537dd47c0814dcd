"""People, their links and their sessions, and the office's settings, on each engine."""

from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from sqlalchemy import select
from sqlalchemy.orm import Session

from fundtracker.domain.people import EmailTakenError, LastAdministratorError, LinkSpentError
from fundtracker.domain.refusals import NameMissingError, NotFoundRefusal
from fundtracker.domain.roles import Role
from fundtracker.services import office, people, sign_ins
from fundtracker.store.office import Area, Objective
from fundtracker.store.people import Person, SignIn
from fundtracker.store.transactions import transaction

NOON = datetime(2026, 6, 1, 12, tzinfo=UTC)


@pytest.fixture
def ann(session: Session) -> int:
    """Add Ann, a finance officer."""
    with transaction(session) as books:
        return people.add_person(books, email="ann@example.org", name="Ann", role=Role.FINANCE).id


def test_a_name_and_an_address_of_ones_own_are_needed(session: Session, ann: int) -> None:
    for email, name, refusal in (("ANN@example.org", "A", EmailTakenError), ("b@example.org", " ", NameMissingError)):
        with pytest.raises(refusal), transaction(session) as books:
            people.add_person(books, email=email, name=name, role=Role.FINANCE)
    assert list(session.scalars(select(Person.id))) == [ann]


def test_only_the_hash_of_a_link_and_of_a_session_is_kept(session: Session, ann: int) -> None:
    with transaction(session) as books:
        person = people.find_person(books, ann)
        link, token = people.make_link(books, person), sign_ins.open_session(books, person)
    kept = session.scalars(select(Person)).one(), session.scalars(select(SignIn)).one()
    assert link not in (kept[0].link_hash, None)
    assert token not in kept[1].token_hash
    assert people.person_of_link(session, link).id == ann
    assert sign_ins.find_session(session, token) is kept[1]


def test_a_link_ends_when_it_is_used_replaced_or_old(session: Session, ann: int) -> None:
    with transaction(session) as books:
        first = people.make_link(books, people.find_person(books, ann))
        second = people.make_link(books, people.find_person(books, ann))
    refused(session, first)
    with time_machine.travel(datetime.now(UTC) + people.LINK_LASTS + timedelta(minutes=1)):
        refused(session, second)
    with transaction(session) as books:
        people.set_password(books, people.person_of_link(books, second), "a hash")
    refused(session, second)


def refused(session: Session, link: str) -> None:
    with pytest.raises(LinkSpentError):
        people.person_of_link(session, link)


def test_a_disabled_person_has_no_session_no_link_and_no_way_in(session: Session, ann: int) -> None:
    with transaction(session) as books:
        person = people.find_person(books, ann)
        link, token = people.make_link(books, person), sign_ins.open_session(books, person)
    with transaction(session) as books:
        people.disable_person(books, people.find_person(books, ann))
    refused(session, link)
    assert sign_ins.find_session(session, token) is None
    with transaction(session) as books:
        account = sign_ins.find_account(books, "ann@example.org")
        assert sign_ins.answer(books, account, right=True) is None
        people.enable_person(books, people.find_person(books, ann))
        assert sign_ins.answer(books, account, right=True) is not None


def test_a_password_changed_while_another_is_verified_lets_nobody_in(session: Session, ann: int) -> None:
    account = sign_ins.find_account(session, "ann@example.org")
    with transaction(session) as books:
        people.set_password(books, people.find_person(books, ann), "a newer hash")
    with transaction(session) as books:
        assert sign_ins.answer(books, account, right=True) is None


def test_sessions_that_have_ended_are_cleared_away(session: Session, ann: int) -> None:
    with time_machine.travel(NOON) as clock:
        for _ in range(3):
            with transaction(session) as books:
                sign_ins.open_session(books, people.find_person(books, ann))
            clock.shift(sign_ins.IDLE + timedelta(minutes=1))
    assert len(list(session.scalars(select(SignIn)))) == 1


def test_one_administrator_is_kept(session: Session) -> None:
    with transaction(session) as books:
        first = people.add_person(books, email="a@example.org", name="A", role=Role.ADMINISTRATOR).id
        second = people.add_person(books, email="b@example.org", name="B", role=Role.ADMINISTRATOR).id
    with transaction(session) as books:
        people.disable_person(books, people.find_person(books, second))
    with pytest.raises(LastAdministratorError), transaction(session) as books:
        people.change_role(books, people.find_person(books, first), Role.FINANCE)
    with transaction(session) as books:
        people.enable_person(books, people.find_person(books, second))
        people.change_role(books, people.find_person(books, first), Role.FINANCE)


def test_a_person_who_is_not_there_is_refused(session: Session) -> None:
    with pytest.raises(NotFoundRefusal):
        people.find_person(session, 999)


def test_an_office_keeps_the_names_it_uses_and_drops_the_rest(session: Session) -> None:
    assert office.find_office(session).name == office.DEFAULT_NAME
    for areas in (["North", "South"], ["South", " East ", "East", ""]):
        with transaction(session) as books:
            office.set_up_office(books, name=" Our  office ", panel_name="Panel", objectives=["Safer"], areas=areas)
    assert (office.find_office(session).name, office.list_names(session, Area)) == ("Our office", ["South", "East"])
    assert office.list_names(session, Objective) == ["Safer"]
    with pytest.raises(NameMissingError), transaction(session) as books:
        office.set_up_office(books, name=" ", panel_name="Panel", objectives=[], areas=[])
