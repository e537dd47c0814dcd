"""What history leaves out or keeps apart, each with its reason; everything else of every table is in it."""

import re

UNWATCHED = {
    "alembic_version": "which migration the database is at",
    "change": "history itself",
    "detail": "history itself",
    "seal": "history itself",
    "writing": "who is writing this moment, which each change repeats",
    "sign_in": "sessions come and go with every page",
    "sent_form": "forgotten after a week; what a form recorded is in the history",
    "waiting_file": "a file on its way in; what it brought in is in the history",
    "address_count": "counts of the last minute, against guessing",
}
"""Tables that are not the office's business, and why."""

DERIVED = {
    "budget_line": ("allocated", "over_allowed", "awarded", "paid", "recovered", "received", "returned"),
    "award_line": ("awarded", "paid", "recovered"),
    "person": ("failures", "held_until"),
}
"""
Columns that follow from others. Entries alone move the kept sums, as triggers of their own see to, so that the
entry's change tells of them; a wrong password moves the count of failures and is in the log.
"""

COUNTERS = re.compile(r"last_(entry|award|application|payment|step)")
"""The last number given out: what was given it has a change of its own."""

SECRET = re.compile(r".*(_hash|secret|token).*")
"""Columns of which history says that they changed and whether they are set, and never what they hold."""

IN_THE_ROW_ALONE = {
    "batch_row": ("cells", "says"),
}
"""Words of a file as it came, row by row, which may name anybody: kept in one place, where they can be erased."""

PERSONAL = {
    "person": ("name", "email"),
    "outside_identity": ("subject",),
    "organisation": ("name", "match_key", "contact", "address", "notes"),
    "other_name": ("name", "match_key"),
    "finance_line": ("payee", "payee_key", "description"),
    "paper": ("content",),
    "note": ("words",),
    "attachment": ("name",),
}
PERSONAL_ANYWHERE = frozenset({"benefits", "owner", "decided_by", "signed_by"})
"""Columns that may hold a person's details, kept beside the change so that they can be erased."""

PERSONAL_OF_ORGANISATIONS = frozenset({("event", "narrative")})
"""Words kept in the change, but beside it where the row tells of an organisation, which may be a person."""
