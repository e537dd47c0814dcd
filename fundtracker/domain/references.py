"""References: short names that people say aloud, like SRF20-014."""

import re

from fundtracker.domain.refusals import Refusal
from fundtracker.domain.text import one_line
from fundtracker.domain.years import FinancialYear

_ALLOWED = re.compile(r"[A-Za-z0-9][A-Za-z0-9 ./_-]{0,39}")
# Addresses put these before or after a reference (/awards/SRF20-014/pay): a reference that has one too would be
# another page's address.
_BEFORE = frozenset({"new", "log", "direct", "due", "papers", "runs", "year-end"})
_AFTER = frozenset(
    {
        *("allocation", "allowance", "carry-forward", "close", "complete", "cut", "decide", "lines", "move-on", "pay"),
        *("receipt", "recorded", "reduction", "refund", "reopen", "return", "settle", "suspend", "transfer", "vary"),
        *("moved", "win", "withdraw", "words", "write-off", "wrong-organisation"),
        *("adjust", "assertion", "briefing", "cash", "expect", "forecast", "next-year", "statement", "workbook"),
        *("authorise", "claim", "coding", "failed", "paid", "schedule", "send", "stop", "undo", "wrong-fund"),
        *("file", "sign", "agreement", "assess", "assessments", "attach", "conditions", "criteria", "dossier", "edit"),
        *("files", "interest", "match-funding", "meeting", "notes", "offer", "offer-letter", "ranking", "ranking.xlsx"),
        *("recommend", "returns", "terms", "write"),
    }
)
_SMALL = frozenset({"a", "an", "and", "for", "in", "of", "on", "the", "to", "with"})


class ReferenceNotAllowedError(Refusal):
    """A reference that could not be said aloud or put in an address."""


def clean_reference(text: str) -> str:
    """Tidy a reference; raises ReferenceNotAllowedError where it holds more than letters, figures and . / _ -."""
    tidy = one_line(text)
    if not _ALLOWED.fullmatch(tidy) or "//" in tidy or tidy.endswith("/") or "/." in tidy:
        raise ReferenceNotAllowedError(
            f"“{tidy}” cannot be a reference. Use up to 40 letters, figures, spaces, full stops, dashes and slashes.",
            field="reference",
        )
    words = tidy.casefold().split("/")
    if words[0] in _BEFORE or words[-1] in _AFTER:
        raise ReferenceNotAllowedError(
            f"“{tidy}” cannot be a reference: it would be the address of another page. Choose another.",
            field="reference",
        )
    return tidy


def suggest_fund_reference(name: str, year: FinancialYear, taken: frozenset[str]) -> str:
    """Make a fund's reference from its initials and year (`SRF20`), with a letter added where that is taken."""
    words = re.findall(r"[^\W\d_][^\W_]*", re.sub(r"['’]s?\b", "", name))  # a typed apostrophe
    initials = "".join(word[0] for word in words if word.casefold() not in _SMALL).upper()
    plain = initials.encode("ascii", "ignore").decode()[:4] or "FUND"
    stem = f"{plain}{year % 100:02d}"
    candidates = [stem, *(f"{stem}{letter}" for letter in "BCDEFGHIJKLMNOPQRSTUVWXYZ")]
    numbered = (f"{stem}-{number}" for number in range(2, 10_000))
    return next(ref for ref in (*candidates, *numbered) if ref.casefold() not in {t.casefold() for t in taken})
