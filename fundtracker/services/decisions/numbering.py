"""Numbers of decision records, in the office's own pattern, like PCC/D/2024/04."""

import re

from sqlalchemy import select
from sqlalchemy.orm import Session

from fundtracker.domain.references import clean_reference
from fundtracker.domain.refusals import Refusal
from fundtracker.domain.text import one_line
from fundtracker.services.office import find_office
from fundtracker.store.decisions import DecisionRecord
from fundtracker.store.office import Office

YEAR, NUMBER = "{year}", "{number}"
LONGEST = 40
_PATTERN = re.compile(r"[\w/.{}-]+")


class PatternRefusedError(Refusal):
    """A pattern of decision numbers that would not number them."""


def set_pattern(session: Session, *, office: Office, pattern: str) -> None:
    """Set the pattern of decision numbers; raises PatternRefusedError, and ReferenceNotAllowedError for an address."""
    tidy = one_line(pattern)
    plain = tidy.replace(YEAR, "", 1).replace(NUMBER, "", 1)
    if len(tidy) > LONGEST or not _PATTERN.fullmatch(tidy) or NUMBER not in tidy or set("{}") & set(plain):
        raise PatternRefusedError(
            "Enter letters, digits, slashes, dots and hyphens, with {number} once, and {year} where the year stands, "
            "like PCC/D/{year}/{number}",
            field="decision_pattern",
        )
    clean_reference(tidy.replace(YEAR, "2020").replace(NUMBER, "01"))
    office.decision_pattern = tidy


def next_reference(session: Session, year: int) -> str:
    """Give the next number of a calendar year: one more than the highest so far."""
    pattern = find_office(session).decision_pattern.replace(YEAR, str(year))
    before, after = pattern.split(NUMBER, 1)
    taken = re.compile(f"{re.escape(before)}([0-9]+){re.escape(after)}")
    known = session.scalars(
        select(DecisionRecord.reference).where(DecisionRecord.reference.startswith(before, autoescape=True))
    ).all()
    numbers = [int(found[1]) for reference in known if (found := taken.fullmatch(reference))]
    return f"{before}{max(numbers, default=0) + 1:02d}{after}"
