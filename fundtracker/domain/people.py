"""People: what an email address and a password must be, and what is refused of them."""

import re

from zxcvbn import zxcvbn

from fundtracker.domain.refusals import Refusal
from fundtracker.domain.text import one_line

SHORTEST_PASSWORD, LONGEST_PASSWORD = 12, 128

_EMAIL = re.compile(r"[^\s@<>\"',;:()]{1,64}@[^\s@<>\"',;:()]+\.[^\s@<>\"',;:().]+")
_LONGEST_EMAIL = 254

# Words of the place, which whoever guesses here tries first (NCSC: block common passwords and such words).
_LOCAL = ("fundtracker", "opcc", "police", "crime", "commissioner", "panel", "administrator", "office", "grant")
_LEAST_GUESSES, _LEAST_JOINED = 10**10, 3 * 10**8
# As much of a password is looked at: the rest only makes it better, and would make the look slow.
_LOOKED_AT = 32


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

    Length, and how many guesses it would take by the 30,000 commonest passwords, words, names, dates and patterns of
    the keyboard; no rules of composition (OWASP ASVS 5.0, 6.2).
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
    words = {word for text in context for word in (_joined(text), *re.findall(r"\w{3,}", text.casefold()))}
    return any(
        not looked_at or zxcvbn(looked_at[:_LOOKED_AT], user_inputs=[*_LOCAL, *words])["guesses"] < least
        for looked_at, least in ((password, _LEAST_GUESSES), (_joined(password), _LEAST_JOINED))
    )


def _joined(text: str) -> str:
    # A guesser tries words with what stands between them and without.
    return re.sub(r"[\W_]", "", text.casefold())
