"""The second step: codes of this moment are taken once, recovery codes once, and neither is kept readable in a log."""

from datetime import UTC, datetime, timedelta

import pyotp
import pytest
import time_machine
from sqlalchemy import select
from sqlalchemy.orm import Session

from fundtracker.domain.roles import Role, must_prove_twice
from fundtracker.services import people, second_factors, sign_ins
from fundtracker.services.second_factors import CodeWrongError
from fundtracker.store.people import Person, RecoveryCode, SignIn
from fundtracker.store.transactions import transaction

NOON = datetime(2026, 6, 1, 12, tzinfo=UTC)
SECRET = pyotp.random_base32()


@pytest.fixture
def chief(session: Session) -> int:
    """Add a chief executive."""
    with transaction(session) as books:
        return people.add_person(books, email="c@example.org", name="C", role=Role.CHIEF_EXECUTIVE).id


def code_at(moment: datetime) -> str:
    return pyotp.TOTP(SECRET).at(moment)


def set_up(session: Session, person: int) -> list[str]:
    with transaction(session) as books:
        found = people.find_person(books, person)
        return second_factors.set_up(books, found, secret=SECRET, code=code_at(datetime.now(UTC)))


def takes(session: Session, person: int, code: str) -> bool:
    with transaction(session) as books:
        return second_factors.is_right(books, people.find_person(books, person), code)


def test_those_who_approve_and_administrators_prove_twice() -> None:
    twice = {role for role in Role if must_prove_twice({role})}
    assert twice == {
        Role.MANAGER, Role.CHIEF_FINANCE, Role.CHIEF_EXECUTIVE, Role.COMMISSIONER, Role.DEPUTY, Role.ADMINISTRATOR,
    }  # fmt: skip
    assert must_prove_twice({Role.VIEWER, Role.MANAGER})


@pytest.mark.parametrize(("seconds", "fits"), [(-60, False), (-30, True), (0, True), (30, True), (60, False)])
def test_a_phones_clock_may_be_half_a_minute_off(session: Session, chief: int, seconds: int, fits: bool) -> None:
    with time_machine.travel(NOON, tick=False) as clock:
        set_up(session, chief)
        clock.shift(timedelta(minutes=5))
        assert takes(session, chief, code_at(datetime.now(UTC) + timedelta(seconds=seconds))) is fits


def test_a_code_is_taken_once_and_none_before_it_either(session: Session, chief: int) -> None:
    with time_machine.travel(NOON, tick=False) as clock:
        set_up(session, chief)
        assert not takes(session, chief, code_at(NOON))
        clock.shift(timedelta(minutes=5))
        now = datetime.now(UTC)
        assert takes(session, chief, f" {code_at(now)[:3]} {code_at(now)[3:]} ")
        assert not takes(session, chief, code_at(now))
        assert not takes(session, chief, code_at(now - timedelta(seconds=30)))
        assert takes(session, chief, code_at(now + timedelta(seconds=30)))


def test_a_recovery_code_stands_for_the_phone_once(session: Session, chief: int) -> None:
    codes = set_up(session, chief)
    assert len(set(codes)) == second_factors.RECOVERY_CODES
    kept = [row.code_hash for row in session.scalars(select(RecoveryCode))]
    session.rollback()
    assert not set(codes) & set(kept)
    assert takes(session, chief, codes[0].upper().replace("-", " "))
    assert not takes(session, chief, codes[0])
    assert not takes(session, chief, "aaaa-aaaa-aaaa")
    assert second_factors.codes_left(session, people.find_person(session, chief)) == second_factors.RECOVERY_CODES - 1


@pytest.mark.parametrize("typed", ["", "000000", "١٢٣٤٥٦", "1" * 40, "12345", "None"])
def test_what_is_no_code_sets_nothing_up(session: Session, chief: int, typed: str) -> None:
    with time_machine.travel(NOON, tick=False), pytest.raises(CodeWrongError), transaction(session) as books:
        second_factors.set_up(books, people.find_person(books, chief), secret=SECRET, code=typed)
    assert not second_factors.has_one(session, people.find_person(session, chief))


def test_a_known_password_buys_no_guesses_at_the_code(session: Session, chief: int) -> None:
    set_up(session, chief)
    with transaction(session) as books:
        people.set_password(books, people.find_person(books, chief), "a hash")
    for _ in range(sign_ins.FREE_FAILURES):
        with transaction(session) as books:
            account = sign_ins.find_account(books, "c@example.org")
            token = sign_ins.answer(books, account, right=True)
            assert token is not None
            assert sign_ins.answer_code(books, token, "000000x") is None
    with transaction(session) as books:
        assert people.find_person(books, chief).held_until is not None
        assert sign_ins.answer(books, sign_ins.find_account(books, "c@example.org"), right=True) is None


def test_a_code_opens_a_session_in_place_of_the_one_that_waited(session: Session, chief: int) -> None:
    codes = set_up(session, chief)
    with transaction(session) as books:
        waiting = sign_ins.open_session(books, books.get_one(Person, chief), waiting=True)
    with transaction(session) as books:
        token = sign_ins.answer_code(books, waiting, codes[0])
    assert token is not None
    assert sign_ins.find_session(session, waiting) is None
    (opened,) = session.scalars(select(SignIn))
    assert not opened.waiting


def test_taking_it_away_takes_the_recovery_codes_too(session: Session, chief: int) -> None:
    codes = set_up(session, chief)
    with transaction(session) as books:
        second_factors.forget(books, people.find_person(books, chief))
    assert not takes(session, chief, codes[0])
    person = people.find_person(session, chief)
    assert not second_factors.has_one(session, person)
    assert second_factors.is_asked(session, person, required=True)
    assert not second_factors.is_asked(session, person, required=False)
