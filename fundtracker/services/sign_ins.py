"""Signing in: failures are counted in the database, and an open session is a row that can be deleted."""

import secrets
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import delete, func, or_, select, update
from sqlalchemy.orm import Session, joinedload

from fundtracker.domain.text import one_line
from fundtracker.domain.years import now
from fundtracker.services import second_factors
from fundtracker.services.people import set_password
from fundtracker.services.tokens import hash_token
from fundtracker.store.people import Person, SignIn

IDLE = timedelta(minutes=30)
LONGEST = timedelta(hours=12)
SEEN_EVERY = timedelta(minutes=1)
FREE_FAILURES = 10
_FIRST_HOLD = timedelta(seconds=30)
_LONGEST_HOLD = timedelta(minutes=15)


@dataclass(frozen=True)
class Account:
    """What is needed to verify a password once the read that found it has ended."""

    person_id: int | None
    password_hash: str | None


def find_account(session: Session, email: str) -> Account:
    """Find whose address it is; an unknown address gives an account that no password opens."""
    asked = select(Person.id, Person.password_hash).where(Person.email == one_line(email).lower())
    row = session.execute(asked).one_or_none()
    return Account(*row) if row else Account(None, None)


def answer(session: Session, account: Account, *, right: bool, twice: bool = False) -> str | None:
    """
    Open a session and give its token, or count a failure and give nothing.

    A person who is held or disabled is answered as a wrong password is. Where `twice` is required of their posts, or
    they have set it up, the session waits for a code.
    """
    person = session.get(Person, account.person_id) if account.person_id else None
    at = now()
    if person is None or not person.active or _is_held(person, at):
        _write_as_for_a_failure(session)
        return None
    if not right or person.password_hash != account.password_hash:
        _count_failure(person, at)
        return None
    return open_session(session, person, waiting=second_factors.is_asked(session, person, required=twice))


def answer_code(session: Session, token: str, code: str) -> str | None:
    """
    Open a session in place of one that waits for a code, and give its token; or count a failure and give nothing.

    A person who is held is answered as a wrong code is.
    """
    waits = find_session(session, token)
    if waits is None or _is_held(waits.person, now()):
        return None
    if not second_factors.is_right(session, waits.person, code):
        _count_failure(waits.person, now())
        return None
    return open_after(session, waits)


def open_after(session: Session, waits: SignIn) -> str:
    """Open a session in place of one that waited, and give its token."""
    person = waits.person
    session.delete(waits)
    return open_session(session, person)


def open_session(session: Session, person: Person, *, waiting: bool = False, outside: bool = False) -> str:
    """Open a session for a person, forget failures, and give the token that only the browser keeps."""
    token, at = secrets.token_urlsafe(32), now()
    if not waiting:  # else a known password would buy ten more guesses at the code
        person.failures, person.held_until = 0, None
    ended = or_(SignIn.seen_at < at - IDLE, SignIn.started_at < at - LONGEST)
    session.execute(delete(SignIn).where(SignIn.person_id == person.id, ended))
    opened = SignIn(token_hash=hash_token(token), person_id=person.id, started_at=at, seen_at=at, waiting=waiting,
                    outside=outside)  # fmt: skip
    session.add(opened)
    session.flush()
    return token


def change_password(session: Session, account: Account, *, right: bool, password_hash: str) -> str | None:
    """
    Set another password, hashed already, end every session and give the token of a new one; or count a failure.

    A person who is held or disabled is answered as a wrong password is.
    """
    if answer(session, account, right=right) is None:
        return None
    person = session.get_one(Person, account.person_id)
    set_password(session, person, password_hash)
    return open_session(session, person)


def find_session(session: Session, token: str) -> SignIn | None:
    """Find an open session by its token: not idle for 30 minutes, not older than 12 hours, of an active person."""
    whole = joinedload(SignIn.person).joinedload(Person.others)
    found = (
        session.scalars(select(SignIn).where(SignIn.token_hash == hash_token(token)).options(whole)).unique().first()
    )
    at = now()
    if found is None or found.seen_at < at - IDLE or found.started_at < at - LONGEST or not found.person.active:
        return None
    return found


def is_due(sign_in: SignIn) -> bool:
    """Say whether a session was last marked as used a minute ago or longer."""
    return sign_in.seen_at < now() - SEEN_EVERY


def mark_seen(session: Session, token: str) -> None:
    """Mark a session as used now."""
    session.execute(update(SignIn).where(SignIn.token_hash == hash_token(token)).values(seen_at=now()))


def end_session(session: Session, token: str) -> None:
    """End one session."""
    session.execute(delete(SignIn).where(SignIn.token_hash == hash_token(token)))


def list_sessions(session: Session, person: Person) -> Sequence[SignIn]:
    """List a person's open sessions, the last used first."""
    at = now()
    lasting = SignIn.person_id == person.id, SignIn.seen_at >= at - IDLE, SignIn.started_at >= at - LONGEST
    return session.scalars(select(SignIn).where(*lasting).order_by(SignIn.seen_at.desc(), SignIn.id)).all()


def end_listed(session: Session, person: Person, number: int) -> None:
    """End one of a person's sessions by its number in their list."""
    session.execute(delete(SignIn).where(SignIn.person_id == person.id, SignIn.id == number))


def end_others(session: Session, person: Person, token: str) -> None:
    """End every session of a person but the one in hand."""
    others = SignIn.person_id == person.id, SignIn.token_hash != hash_token(token)
    session.execute(delete(SignIn).where(*others))


def _is_held(person: Person, at: datetime) -> bool:
    return person.held_until is not None and person.held_until > at


def _count_failure(person: Person, at: datetime) -> None:
    person.failures += 1
    if person.failures >= FREE_FAILURES:
        doublings = min(person.failures - FREE_FAILURES, 10)
        person.held_until = at + min(_FIRST_HOLD * 2**doublings, _LONGEST_HOLD)


def _write_as_for_a_failure(session: Session) -> None:
    # An unknown address writes as much as a known one, so that the time taken tells nobody which it was.
    anyone = select(func.min(Person.id)).scalar_subquery()
    session.execute(update(Person).where(Person.id == anyone).values(failures=Person.failures))
