"""Suggestions: the organisations that a name being typed may become, for the field that lists them."""

from typing import Any

from flask import request
from sqlalchemy.orm import Session

from fundtracker.domain.text import match_key, one_line
from fundtracker.services.likely import started
from fundtracker.services.organisations import named
from fundtracker.web.blueprints import organisations as pages
from fundtracker.web.db import reading
from fundtracker.web.organisations.choice import facts, new_choice, new_words

_LONGEST = 400


@pages.get("/organisations/suggest")
def suggest() -> dict[str, Any]:
    """List, for `q`, the likely organisations with what is known of them, and adding one where none has the name."""
    typed = one_line(request.args.get("q"))[:_LONGEST]
    session = reading()
    return {"found": _found(session, typed), "new": _new(session, typed)}


def _found(session: Session, typed: str) -> list[dict[str, str]]:
    close = started(session, typed)
    told = facts(session, close)
    return [{"choice": str(known.id), "name": known.name, "says": told[known.id]} for known in close]


def _new(session: Session, typed: str) -> dict[str, str] | None:
    if not match_key(typed) or named(session, typed):
        return None
    return {"choice": new_choice(typed), "name": typed, "says": new_words(typed)}
