"""Words: what is said of a record edited without moving money, and never over what somebody else said meanwhile."""

import hashlib
import json
from collections.abc import Callable, Mapping
from datetime import date
from operator import attrgetter
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from fundtracker.domain.kinds import EventKind
from fundtracker.domain.money import pounds
from fundtracker.domain.refusals import NameMissingError, Refusal
from fundtracker.domain.text import clean, match_key, name_line
from fundtracker.domain.years import long_date
from fundtracker.services.allocations import not_below_zero
from fundtracker.services.events import Told, note_event
from fundtracker.services.organisations import keep_name
from fundtracker.services.outcomes import check_named, set_outcomes
from fundtracker.services.posting import Particulars
from fundtracker.store.applications import Application
from fundtracker.store.awards import Award
from fundtracker.store.events import Event
from fundtracker.store.funds import Fund, FundOutcome
from fundtracker.store.office import Area, Objective
from fundtracker.store.organisations import Organisation

Words = Mapping[str, Any]
_NAMES = ("name", "title", "funder")
_WRITTEN: dict[type, Callable[[Any], str]] = {
    date: long_date,
    int: pounds,
    FundOutcome: attrgetter("words"),
    Objective: attrgetter("name"),
    Area: attrgetter("name"),
    Award: attrgetter("reference"),
}


class WordsChangedError(Refusal):
    """Words that somebody else changed after they were read."""


class FollowsItselfError(Refusal):
    """An award that would follow itself, or one that follows it."""


def edit_words(session: Session, *, told: Told, words: Words, as_read: str, particulars: Particulars) -> list[str]:
    """
    Say of a record what is given, field by field, and give the names of the fields that changed.

    `as_read` is the fingerprint of the words that the editor saw. Raises WordsChangedError where they are no longer
    those, NameMissingError, BelowZeroError for an amount, and OutcomeInUseError.
    """
    now = current(told, words)
    if fingerprint(now) != as_read:
        raise WordsChangedError("Somebody changed these words after you opened this page. Nothing was recorded.")
    tidied = {name: _tidy(name, value) for name, value in words.items()}
    changed = [name for name in words if said(tidied[name]) != said(now[name])]
    if changed:
        for name in changed:
            _say(session, told, name, tidied[name])
        note_event(session, EventKind.WORDS_EDITED, told, particulars, says=_before(now, changed))
    return changed


def current(told: Told, names: Words) -> dict[str, Any]:
    """Give what a record says now, for the fields named."""
    return {name: getattr(told, name) for name in names}


def fingerprint(words: Words) -> str:
    """Give a short text that differs wherever one of these words does."""
    told = json.dumps([(name, said(value)) for name, value in words.items()])
    return hashlib.sha256(told.encode()).hexdigest()[:32]


def said(value: Any) -> str:
    """Write a value as people read it; nothing said is empty text."""
    if value is None or isinstance(value, bool):
        return "Yes" if value else ""
    if isinstance(value, list | tuple):
        return "\n".join(map(said, value))
    for kind, write in _WRITTEN.items():
        if isinstance(value, kind):
            return write(value)
    return str(value)


def last_edit(session: Session, told: Told) -> Event | None:
    """Give the newest edit of a record's words."""
    mine = getattr(Event, f"{told.__tablename__}_id") == told.id
    edits = select(Event).where(mine, Event.kind == EventKind.WORDS_EDITED).order_by(Event.id.desc())
    return session.scalars(edits).first()


def _tidy(name: str, value: Any) -> Any:
    if name in _NAMES:
        tidy = name_line(value)
        if not match_key(tidy):
            raise NameMissingError(f"Enter the {name}", field=name)
        return tidy
    if type(value) is int:
        not_below_zero(value, name)
    return clean(value) if type(value) is str else value


def _say(session: Session, told: Told, name: str, value: Any) -> None:
    if isinstance(told, Fund) and name == "outcomes":
        set_outcomes(session, fund=told, words=value)
    elif isinstance(told, Organisation) and name == "name":
        keep_name(session, told, told.name)
        told.name, told.match_key = value, match_key(value)
    else:
        if isinstance(told, Application) and name == "outcomes":
            check_named(told.fund, value)
        if isinstance(told, Award) and name == "follows":
            _check_order(told, value)
        setattr(told, name, value)


def _check_order(award: Award, before: Award | None) -> None:
    """Refuse an award that follows itself, straight or by others: a service has one history, and it has a beginning."""
    one, seen = before, set[int]()
    while one is not None and one.id not in seen:
        seen.add(one.id)
        if one is award:
            raise FollowsItselfError(
                f"{award.reference} comes before {before.reference if before else ''} already, or is the same award. "
                "Name an earlier one.",
                field="follows",
            )
        one = one.follows


def _before(words: Words, changed: list[str]) -> str:
    """Say what stood there before, field by field, so that an edit can be put back by hand."""
    return " ".join(f"{name.replace('_', ' ').capitalize()} was {_quoted(said(words[name]))}." for name in changed)


def _quoted(text: str) -> str:
    return f"“{text}”" if text else "empty"
