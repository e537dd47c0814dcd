"""Money: whole pence everywhere, with one reader of what people type and one writer of pounds."""

import re
from collections.abc import Sequence
from typing import NewType

from fundtracker.domain.refusals import Refusal

Pence = NewType("Pence", int)

ZERO = Pence(0)
LARGEST = Pence(10_000_000_000_00)  # £10 billion: a thousand times any fund an office has held

_TYPED = re.compile(r"£? ?(?P<pounds>[0-9]{1,3}(?:,[0-9]{3})+|[0-9]+)(?:\.(?P<pence>[0-9]{1,2}))?")


class AmountNotUnderstoodError(Refusal):
    """An amount that was typed in a way that could be read wrongly."""


def parse_pounds(text: str) -> Pence:
    """
    Read an amount in pounds as a person types it (`1064`, `£1,064.00`) and give it in pence.

    Raises AmountNotUnderstoodError, with words for the form field, for anything else, zero included.
    """
    typed = text.strip(" ")
    if not typed:
        raise AmountNotUnderstoodError("Enter an amount, like 1,064.00")
    match = _TYPED.fullmatch(typed)
    if match is None:
        raise AmountNotUnderstoodError(_why_not(typed))
    whole = match["pounds"].replace(",", "").lstrip("0")
    if len(whole) > len("10000000000"):
        raise AmountNotUnderstoodError("Amount must be £10,000,000,000.00 or less")
    amount = int(whole or "0") * 100 + int((match["pence"] or "0").ljust(2, "0"))
    if amount == 0:
        raise AmountNotUnderstoodError("Amount must be more than £0.00")
    if amount > LARGEST:
        raise AmountNotUnderstoodError("Amount must be £10,000,000,000.00 or less")
    return Pence(amount)


def _why_not(typed: str) -> str:
    if re.fullmatch(r"[-−–(].*|.*(-|CR)", typed):  # people paste real minus signs
        return "Amount must be more than £0.00, without a minus sign or brackets"
    if re.fullmatch(r"£? ?[0-9,]*\.[0-9]{3,}", typed):
        return "Amount must have no more than two figures after the point, like 1,064.50"
    return "Amount must be pounds and pence in figures, like 1,064 or 47,279.94"


def pounds(amount: int) -> str:
    """Write an amount of pence for people: `£1,064.00`, with a real minus sign when below zero."""
    return f"{'−' if amount < 0 else ''}£{figure(abs(amount))}"  # a minus sign is meant


def figure(amount: int) -> str:
    """Write an amount of pence for a table column headed £: `1,064.00`, with a real minus sign."""
    if amount < 0:
        return f"−{figure(-amount)}"  # a minus sign is meant
    return f"{amount // 100:,}.{amount % 100:02d}"


def plain(amount: int) -> str:
    """Write an amount of pence as a string of pounds for programs: `-80975.00`."""
    whole, part = divmod(abs(amount), 100)
    return f"{'-' if amount < 0 else ''}{whole}.{part:02d}"


def share(part: int, whole: int) -> str:
    """Write a part of a whole in per cent to two places, rounded half up, or `n/a` for a share of nothing."""
    if whole == 0:
        return "n/a"
    sign = "−" if (part < 0) != (whole < 0) and part else ""  # a minus sign is meant
    hundredths = (abs(part) * 20_000 + abs(whole)) // (2 * abs(whole))
    return f"{sign}{hundredths // 100:,}.{hundredths % 100:02d} %"


def split(amount: Pence, weights: Sequence[int]) -> list[Pence]:
    """Split pence by weight so that the parts add up exactly, the odd pence going to the largest remainders."""
    total = sum(weights)
    parts = [amount * weight // total for weight in weights]
    if odd := amount - sum(parts):
        by_remainder = sorted(range(len(weights)), key=lambda i: (-(amount * weights[i] % total), i))
        for i in by_remainder[:odd]:
            parts[i] += 1
    return [Pence(part) for part in parts]
