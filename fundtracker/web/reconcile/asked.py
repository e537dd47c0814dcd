"""Which days and funds an address asks to reconcile, and the address of the same elsewhere."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from flask import request, url_for
from sqlalchemy import select
from sqlalchemy.orm import Session

from fundtracker.domain.dates import parse_day
from fundtracker.domain.refusals import Refusal
from fundtracker.domain.years import long_date
from fundtracker.services.reconciling.scope import Scope, closed_to, open_scope, usual_end
from fundtracker.store.funds import Fund
from fundtracker.web.addresses import whole_number
from fundtracker.web.signed_in import SignedIn

_MOST = 100


@dataclass(frozen=True)
class Asked:
    """A scope as it was asked for, with what in the address was not understood."""

    scope: Scope
    funds: tuple[tuple[str, str], ...]
    closed_to: date | None
    problems: tuple[str, ...]

    def address(self, endpoint: str, **more: Any) -> str:
        """Give the address of a page about the same days and funds."""
        anchor = {"_anchor": more.pop("anchor")} if "anchor" in more else {}
        since = long_date(self.scope.since) if self.scope.since and not self.closed_to else None
        same = {"since": since, "until": long_date(self.scope.until), "fund": [ref for ref, _ in self.funds]}
        return url_for(endpoint, **{key: value for key, value in {**same, **more}.items() if value}, **anchor)

    @property
    def title(self) -> str:
        """Name what is reconciled: one fund, several, or nothing for all of them."""
        return ", ".join(name for _, name in self.funds)

    @property
    def days(self) -> str:
        """Say which days: `1 April 2020 to 30 June 2020`."""
        if self.scope.since is None:
            return f"To {long_date(self.scope.until)}"
        return f"{long_date(self.scope.since)} to {long_date(self.scope.until)}"


def read_asked(session: Session) -> Asked:
    """Read the days and funds of this request's address; what cannot be given is said, and the usual is given."""
    problems: list[str] = []
    closed = closed_to(session)
    since, until = _day("since", problems), _day("until", problems) or usual_end(session, closed)
    found = _funds(session)
    ids = tuple(fund.id for fund in found)
    try:
        scope = open_scope(session, until=until, since=since, funds=ids)
    except Refusal as refusal:
        problems.append(refusal.sentence)
        scope = open_scope(session, until=usual_end(session, closed), funds=ids)
    return Asked(scope, tuple((f.reference, f.name) for f in found), closed, tuple(problems))


def _day(name: str, problems: list[str]) -> date | None:
    typed = request.args.get(name, "").strip()
    try:
        return parse_day(typed) if typed else None
    except Refusal as refusal:
        problems.append(refusal.sentence)
        return None


def _funds(session: Session) -> list[Fund]:
    asked = [ref for ref in request.args.getlist("fund") if ref.isprintable() and ref][:50]
    if not asked:
        return []
    return list(session.scalars(select(Fund).where(Fund.reference.in_(asked)).order_by(Fund.reference)))


def asked_for(name: str) -> list[int]:
    """Give the numbers that the address asks for under a name."""
    return numbers_of(request.args.getlist(name)[:_MOST])


def numbers_of(values: Iterable[str] | None) -> list[int]:
    """Read whole numbers, and leave out what is none."""
    return [number for number in map(whole_number, values or ()) if number is not None]


def post_of(person: SignedIn) -> str:
    """Name a person's post, who sees most things put right."""
    return person.role.post
