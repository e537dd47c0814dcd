"""The second step of signing in: a code from a phone (TOTP, RFC 6238), or a recovery code in its place."""

import hmac
import secrets
import time

import pyotp
from sqlalchemy import delete, func, select, update
from sqlalchemy.orm import Session

from fundtracker.domain.refusals import Refusal
from fundtracker.domain.roles import must_prove_twice
from fundtracker.domain.years import now
from fundtracker.services.tokens import hash_token
from fundtracker.store.people import Person, RecoveryCode, SecondFactor

RECOVERY_CODES = 8
LETTERS = "abcdefghjkmnpqrstuvwxyz23456789"  # none that is read as another
_STEP = 30  # seconds
_AROUND = (-1, 0, 1)  # steps that a phone's clock may be off


class CodeWrongError(Refusal):
    """A code that is not the one of this moment, or that was used already."""


def is_asked(session: Session, person: Person, *, required: bool) -> bool:
    """Say whether a person signs in by two steps: they set one up, or their posts must where it is required."""
    return has_one(session, person) or (required and must_prove_twice(person.roles))


def has_one(session: Session, person: Person) -> bool:
    """Say whether a person has set up the second step."""
    return find_factor(session, person) is not None


def find_factor(session: Session, person: Person) -> SecondFactor | None:
    """Give a person's second step, where it is set up."""
    return session.scalar(select(SecondFactor).where(SecondFactor.person_id == person.id))


def new_secret() -> str:
    """Make the secret that a phone is to make codes from: 160 random bits."""
    return pyotp.random_base32()


def address_of(secret: str, *, email: str, office: str) -> str:
    """Give the otpauth address that a phone reads from a picture."""
    return pyotp.TOTP(secret).provisioning_uri(name=email, issuer_name=office)


def set_up(session: Session, person: Person, *, secret: str, code: str) -> list[str]:
    """Set up the second step and give its recovery codes, which are kept hashed; raises CodeWrongError."""
    step = _step_of(secret, code, after=0)
    if step is None:
        raise CodeWrongError(
            "That is not the code of this moment. Wait for the next one and enter its 6 digits.", field="code"
        )
    forget(session, person)
    session.add(SecondFactor(person_id=person.id, secret=secret, last_step=step, confirmed_at=now()))
    codes = [
        "-".join("".join(secrets.choice(LETTERS) for _ in range(4)) for _ in range(3)) for _ in range(RECOVERY_CODES)
    ]
    session.add_all(RecoveryCode(person_id=person.id, code_hash=_hash(code)) for code in codes)
    session.flush()
    return codes


def is_right(session: Session, person: Person, code: str) -> bool:
    """Say whether a code is the phone's of this moment or a recovery code, neither of them used before; use it up."""
    factor = find_factor(session, person)
    if factor is None:
        return False
    step = _step_of(factor.secret, code, after=factor.last_step)
    if step is not None:
        factor.last_step = step
        return True
    unused = update(RecoveryCode).where(
        RecoveryCode.person_id == person.id, RecoveryCode.code_hash == _hash(code), RecoveryCode.used_at.is_(None)
    )  # fmt: skip
    return bool(session.scalars(unused.values(used_at=now()).returning(RecoveryCode.id)).all())


def codes_left(session: Session, person: Person) -> int:
    """Count a person's recovery codes that are not used yet."""
    unused = select(func.count()).where(RecoveryCode.person_id == person.id, RecoveryCode.used_at.is_(None))
    return session.scalar(unused) or 0


def forget(session: Session, person: Person) -> None:
    """Take a person's second step away with its recovery codes, as after a lost phone."""
    for table in (SecondFactor, RecoveryCode):
        session.execute(delete(table).where(table.person_id == person.id))


def _step_of(secret: str, code: str, *, after: int) -> int | None:
    """Find the half minute, later than the last one used, whose code this is."""
    typed, current = "".join(code.split()), int(time.time()) // _STEP
    phone = pyotp.TOTP(secret)
    steps = [current + around for around in _AROUND if current + around > after]
    fitting = [step for step in steps if hmac.compare_digest(phone.generate_otp(step).encode(), typed.encode())]
    return fitting[0] if fitting else None


def _hash(code: str) -> str:
    return hash_token("".join(letter for letter in code.lower() if letter in LETTERS))
