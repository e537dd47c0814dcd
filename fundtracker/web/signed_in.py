"""The person signed in: Flask-Login's user, whose id is the token of a row that can be deleted."""

from contextlib import suppress
from dataclasses import dataclass

from flask import Flask, g, session
from flask_login import LoginManager, current_user, login_user, logout_user

from fundtracker.domain.refusals import BusyRefusal
from fundtracker.domain.roles import Actor, Power, Role, may
from fundtracker.services import sign_ins
from fundtracker.web.db import act_as, reading, transaction


@dataclass(frozen=True)
class SignedIn:
    """Who is signed in, in which main post and which others, and under which token."""

    token: str
    person_id: int
    name: str
    role: Role
    roles: frozenset[Role]
    waiting: bool = False  # for a code; until then they are signed in to nothing
    outside: bool = False
    is_authenticated: bool = True
    is_active: bool = True
    is_anonymous: bool = False

    def get_id(self) -> str:
        """Give what Flask-Login keeps in the cookie: the session's token."""
        return self.token

    @property
    def actor(self) -> Actor:
        """Give who to name in the books."""
        return Actor(self.name, self.person_id)

    def may(self, power: Power) -> bool:
        """Say whether any of this person's posts holds a power."""
        return may(self.roles, power)


def set_up_sign_in(app: Flask) -> None:
    """Join Flask-Login to the application."""
    # Templates are told who it is by the layout, which bears a database that does not answer.
    manager = LoginManager(app, add_context_processor=False)
    manager.user_loader(_load)


def signed_in() -> SignedIn | None:
    """Give the person signed in, if anybody is; somebody whose session waits for a code is not."""
    known = _known()
    return None if known is None or known.waiting else known


def waiting_person() -> SignedIn | None:
    """Give the person whose session waits for a code, if anybody's does."""
    known = _known()
    return known if known is not None and known.waiting else None


def ask_nobody() -> None:
    """Show the rest of this request as to nobody, where the database does not answer who it is."""
    g.nobody = True


def _known() -> SignedIn | None:
    if "nobody" in g:
        return None
    return current_user if isinstance(current_user, SignedIn) else None


def this_person() -> SignedIn:
    """Give the person signed in, on a page that nobody else can open."""
    person = signed_in()
    if person is None:
        raise LookupError("this page is open to people who are not signed in")
    return person


def sign_in_as(token: str) -> None:
    """Start the browser's session afresh under a new token."""
    session.clear()
    login_user(_load(token), force=True)


def sign_out() -> None:
    """End the session's row and forget everything the browser's cookie held."""
    person = this_person()
    with transaction() as books:
        sign_ins.end_session(books, person.token)
    logout_user()
    session.clear()


def _load(token: str) -> SignedIn | None:
    found = sign_ins.find_session(reading(), token)
    if found is None:
        return None
    who = found.person
    person = SignedIn(token, who.id, who.name, who.role, who.roles, found.waiting, found.outside)
    act_as(person.actor)
    if sign_ins.is_due(found):
        # A page is shown even while the books are held by a long import.
        with suppress(BusyRefusal), transaction(patient=False) as books:
            sign_ins.mark_seen(books, token)
    return person
