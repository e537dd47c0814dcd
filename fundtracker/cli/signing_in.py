"""The demonstration's people, one for each post of its story; their passwords are made at first run and kept."""

import os
import secrets
from dataclasses import dataclass
from pathlib import Path

from sqlalchemy import select
from sqlalchemy.orm import Session

from fundtracker.domain.roles import Role
from fundtracker.services.passwords import hash_password, verify_password
from fundtracker.services.people import add_person, set_password
from fundtracker.store.people import Person
from fundtracker.store.transactions import transaction

FILE = "sign-ins.txt"
POSTS = (
    (Role.COMMISSIONING, "Commissioning officer", "commissioning@demo.example"),
    (Role.MANAGER, "Commissioning manager", "manager@demo.example"),
    (Role.FINANCE, "Finance officer", "finance@demo.example"),
    # What one of them draws up, the other authorises.
    (Role.FINANCE, "Second finance officer", "second.finance@demo.example"),
    (Role.CHIEF_FINANCE, "Chief finance officer", "chief.finance@demo.example"),
    (Role.CHIEF_EXECUTIVE, "Chief executive", "chief.executive@demo.example"),
    (Role.COMMISSIONER, "Commissioner", "commissioner@demo.example"),
    (Role.VIEWER, "Viewer", "viewer@demo.example"),
    (Role.ADMINISTRATOR, "Administrator", "administrator@demo.example"),
)
LETTERS = "abcdefghjkmnpqrstuvwxyz23456789"  # none that is read as another


@dataclass(frozen=True)
class SignIn:
    """One of the demonstration's people and how they sign in."""

    role: Role
    post: str  # the person's name too
    email: str
    password: str


def keep_sign_ins(session: Session, folder: Path) -> list[SignIn]:
    """Give the sign-ins that the folder's file keeps, made first where there are none, and make them true."""
    kept = _read(folder / FILE)
    sign_ins = [SignIn(role, post, email, kept.get(email) or _password()) for role, post, email in POSTS]
    _write(folder / FILE, sign_ins)
    hashes = dict(session.execute(select(Person.email, Person.password_hash)).all())
    session.rollback()
    wrong = [one for one in sign_ins if not verify_password(one.password, hashes.get(one.email))]
    if wrong:
        _set(session, [(one, hash_password(one.password)) for one in wrong])
    return sign_ins


def _set(session: Session, changed: list[tuple[SignIn, str]]) -> None:
    with transaction(session):
        for one, hashed in changed:
            person = session.scalar(select(Person).where(Person.email == one.email))
            person = person or add_person(session, email=one.email, name=one.post, role=one.role)
            set_password(session, person, hashed)


def _password() -> str:
    return "-".join("".join(secrets.choice(LETTERS) for _ in range(4)) for _ in range(4))


def _read(file: Path) -> dict[str, str]:
    if not file.exists():
        return {}
    rows = (line.split() for line in file.read_text(encoding="ascii", errors="ignore").splitlines())
    return {row[0]: row[1] for row in rows if len(row) == len(("email", "password"))}


def _write(file: Path, sign_ins: list[SignIn]) -> None:
    descriptor = os.open(file, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    with os.fdopen(descriptor, "w", encoding="ascii") as text:
        text.writelines(f"{one.email} {one.password}\n" for one in sign_ins)
