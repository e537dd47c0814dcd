"""Percentages as people type them, read exactly, and the pence that one of them comes to."""

import re

from fundtracker.domain.money import Pence
from fundtracker.domain.refusals import Refusal

_TYPED = re.compile(r"(?P<whole>[0-9]{1,3})(?:\.(?P<part>[0-9]{1,2}))? ?%?")
_WHOLE = 100_00  # hundredths of a per cent in all of it


class PercentageNotUnderstoodError(Refusal):
    """A percentage that is not a figure from 0.01 to 100."""


def parse_percentage(text: str) -> int:
    """
    Read a percentage such as `10` or `2.5%`, as hundredths of a per cent.

    Raises PercentageNotUnderstoodError for anything but a figure from 0.01 to 100.
    """
    match = _TYPED.fullmatch(text.strip())
    hundredths = int(match["whole"]) * 100 + int((match["part"] or "0").ljust(2, "0")) if match else 0
    if not 0 < hundredths <= _WHOLE:
        raise PercentageNotUnderstoodError("Percentage must be a figure from 0.01 to 100, like 10 or 2.5")
    return hundredths


def percentage(hundredths: int) -> str:
    """Write hundredths of a per cent: `10%`, `2.5%`."""
    whole, part = divmod(hundredths, 100)
    return f"{whole}{f'.{part:02d}'.rstrip('0') if part else ''}%"


def percentage_of(amount: Pence, hundredths: int) -> Pence:
    """Give a percentage of an amount, in pence; a part of a penny is left out, so that it is never more."""
    return Pence(amount * hundredths // _WHOLE)


def tenths(share: int) -> str:
    """Write tenths of a per cent: `94.6%`, with a real minus sign below zero."""
    whole, part = divmod(abs(share), 10)
    return f"{'−' if share < 0 else ''}{whole:,}.{part}%"  # a minus sign is meant


def tenths_of(part: int, whole: int) -> int | None:
    """Give a part of a whole in tenths of a per cent, halves away from nought; None for a share of nothing."""
    if whole == 0:
        return None
    rounded = (abs(part) * 2000 + abs(whole)) // (2 * abs(whole))
    return -rounded if (part < 0) != (whole < 0) else rounded
