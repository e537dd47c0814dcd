"""People: what an email address and a password must be, and what is refused of them."""

import re

from fundtracker.domain.refusals import Refusal
from fundtracker.domain.text import one_line

SHORTEST_PASSWORD, LONGEST_PASSWORD = 12, 128

_EMAIL = re.compile(r"[^\s@<>\"',;:()]{1,64}@[^\s@<>\"',;:()]+\.[^\s@<>\"',;:().]+")
_LONGEST_EMAIL = 254
_LEAST_OF_ITS_OWN = 6

# Words that guessers try first (NCSC: block common passwords and words of the place), longest first.
_COMMON = (
    "administrator", "fundtracker", "commissioner", "changeme", "football", "iloveyou", "passw0rd", "password",
    "sunshine", "superman", "1q2w3e4r", "princess", "trustno1", "baseball", "letmein", "monkey123", "qwertyuiop",
    "welcome", "asdfghjkl", "zxcvbnm", "liverpool", "arsenal", "chelsea", "dragon", "master", "monkey", "police",
    "qwerty", "summer", "autumn", "winter", "spring", "secret", "office", "crime", "admin", "grant", "login", "opcc",
    "1qaz2wsx", "qazwsx", "abc123", "1234567890", "0987654321", "123456789", "12345678", "1234567", "123456", "12345",
)  # fmt: skip
_REPEATED = re.compile(r"(.{1,4}?)\1+.{0,3}")


class EmailNotUnderstoodError(Refusal):
    """An email address that nobody could have."""


class EmailTakenError(Refusal):
    """An email address that another person signs in with."""


class PasswordRefusedError(Refusal):
    """A password that is too short, too long, or among the first that a guesser tries."""


class LinkSpentError(Refusal):
    """A one-time link that has been used, replaced, or has run out."""


class LastAdministratorError(Refusal):
    """A change that would leave nobody to look after people and settings."""


class AdministratorApartError(Refusal):
    """An administrator who would hold another post, or decide in somebody's place."""


def clean_email(text: str) -> str:
    """Tidy an email address into the one form it is kept in; raises EmailNotUnderstoodError."""
    tidy = one_line(text).lower()
    if len(tidy) > _LONGEST_EMAIL or not _EMAIL.fullmatch(tidy):
        raise EmailNotUnderstoodError(
            "Enter an email address in the correct format, like name@example.org", field="email"
        )
    return tidy


def check_password(password: str, *, context: tuple[str, ...] = ()) -> None:
    """
    Refuse a password that would be guessed early; `context` holds words of this office and person.

    Length rules and a block list, no rules of composition (OWASP ASVS 5.0, 6.2).
    """
    if len(password) < SHORTEST_PASSWORD:
        raise PasswordRefusedError(
            f"Password must be {SHORTEST_PASSWORD} characters or more. Three random words make a good one.",
            field="password",
        )
    if len(password) > LONGEST_PASSWORD:
        raise PasswordRefusedError(f"Password must be {LONGEST_PASSWORD} characters or fewer", field="password")
    if _guessable(password, context):
        raise PasswordRefusedError(
            "This password is one that others would guess. Use three random words that have nothing to do with the "
            "office or with you.",
            field="password",
        )


def _guessable(password: str, context: tuple[str, ...]) -> bool:
    folded = password.casefold()
    words = {word for text in context for word in re.findall(r"\w{3,}", text.casefold())}
    left = folded
    for known in sorted({*_COMMON, *words}, key=len, reverse=True):
        left = left.replace(known, "")
    own = re.sub(r"[\W_]", "", left)
    return len(own) < _LEAST_OF_ITS_OWN or _REPEATED.fullmatch(folded) is not None
