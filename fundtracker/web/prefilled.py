"""Prefilled: what a link to a form fills in beforehand, read as a person would have typed it."""

from collections.abc import Callable
from typing import Any

from flask import request

from fundtracker.domain.dates import parse_day
from fundtracker.domain.money import parse_pounds
from fundtracker.domain.refusals import Refusal
from fundtracker.domain.text import one_line

_READERS: dict[str, Callable[[str], Any]] = {"amount": parse_pounds, "on": parse_day}


def prefilled(*names: str) -> dict[str, Any]:
    """Give what the address says of some fields; what cannot be read is left for the person."""
    found = {}
    for name in names:
        if typed := request.args.get(name, ""):
            try:
                found[name] = _READERS.get(name, one_line)(typed)
            except Refusal:
                continue
    return found
