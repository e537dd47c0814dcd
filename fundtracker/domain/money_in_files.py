"""Money as files hold it: numbers with binary noise, and text as people write it (`£1064`, `(810)`, `5 CR`, `£10m`)."""

import math
import re
from decimal import Decimal

from fundtracker.domain.money import LARGEST, Pence, pounds
from fundtracker.domain.refusals import Refusal

_NO_AMOUNT = (
    "|tbc|tba|tbd|tbn|n/a|na|n.a.|n.a|-|–|—|?|??|???|not stated|not known|unknown|not yet known|to be confirmed|"
    "to be agreed|to be decided|none stated|not applicable"
)
NOT_STATED = frozenset(_NO_AMOUNT.split("|"))

_LONGEST = 100  # characters in which an amount can be written
_NOISE = Decimal("0.000001")  # how far a sum kept in binary strays from whole pence
_SCALES = {"": 1, "k": 1_000, "m": 1_000_000, "mn": 1_000_000, "million": 1_000_000, "bn": 1_000_000_000}
_OTHER_CURRENCY = re.compile(r"[$€¥₹]|\b(?:eur|usd|aud|cad|chf|jpy|inr|pln)\b|\beuros?\b|\bdollars?\b", re.IGNORECASE)
_WRITTEN = re.compile(
    r"(?P<figures>[0-9]{1,3}(?:,[0-9]{3})+|[0-9]{1,3}(?: [0-9]{3})+|[0-9]+|(?=\.))(?P<part>\.[0-9]+)? ?"
    r"(?P<scale>k|mn?|million|bn)?",
    re.IGNORECASE,
)
_LEDGER_SIGN = re.compile(r"(?P<amount>.*[0-9]) ?(?P<sign>CR|DR)\.?", re.IGNORECASE)
_NOUGHT = frozenset({"£-", "£ -"})  # how Excel shows £0.00 in its accounting format, and so saves it as text
_DASHES = str.maketrans({"−": "-", "–": "-", "\u00a0": " ", "\u202f": " ", "\u2009": " "})


class FileAmountError(Refusal):
    """An amount in a file that is no amount of pounds and pence, or could be read as more than one."""


def other_currency(text: str) -> str:
    """Give the sign or word for a currency that is not pounds, or nothing where there is none."""
    found = _OTHER_CURRENCY.search(text)
    return found[0] if found else ""


def amount_in_file(value: object) -> Pence | None:
    """
    Read a cell as an amount and give it in pence, or None where it is not stated.

    Raises FileAmountError, in words that can follow the name of a column, for anything else.
    """
    if isinstance(value, bool) or not isinstance(value, str | int | float | Decimal):
        raise FileAmountError(f"“{value}” is not an amount")
    if isinstance(value, str):
        return _written(value)
    if not math.isfinite(value):
        raise FileAmountError(f"“{value}” is not an amount")
    return _pence(Decimal(repr(value)) if isinstance(value, float) else Decimal(value), str(value))


def _written(text: str) -> Pence | None:
    tidy = " ".join(text.translate(_DASHES).split())
    if len(tidy) > _LONGEST:
        raise FileAmountError(f"“{tidy[:60]}…” is not an amount of pounds and pence")
    if tidy.casefold() in NOT_STATED:
        return None
    if currency := other_currency(tidy):
        raise FileAmountError(f"“{tidy}” is in another currency ({currency}), and the books are kept in pounds")
    if tidy in _NOUGHT:
        return Pence(0)
    bare, below_zero = _without_sign(tidy)
    match = _WRITTEN.fullmatch(bare)
    if match is None:
        raise FileAmountError(f"“{tidy[:60]}” is not an amount of pounds and pence")
    exact = Decimal((re.sub(r"[, ]", "", match["figures"]) or "0") + (match["part"] or ""))
    return _pence(exact * _SCALES[(match["scale"] or "").casefold()] * (-1 if below_zero else 1), tidy)


def _without_sign(text: str) -> tuple[str, bool]:
    """Take the pound sign and any sign of a credit off: brackets, a minus before or after, CR."""
    if ledger := _LEDGER_SIGN.fullmatch(text):
        return _bare(ledger["amount"]), ledger["sign"].upper() == "CR"  # `-5 CR` could be read as two things
    bare, below_zero = _bare(text), False
    if bare.startswith("(") and bare.endswith(")"):
        bare, below_zero = bare[1:-1], True
    elif bare.startswith("-"):
        bare, below_zero = bare[1:], True
    elif bare.endswith("-"):
        bare, below_zero = bare[:-1], True
    elif bare.startswith("+"):
        bare = bare[1:]
    return _bare(bare), below_zero


def _bare(text: str) -> str:
    """Take one pound sign, or GBP, off the front or the end."""
    for sign in ("£", "GBP"):
        if text.startswith(sign) or text.endswith("GBP"):
            return text.removeprefix(sign).removesuffix("GBP").strip()
    return text.strip()


def _pence(exact: Decimal, shown: str) -> Pence:
    scaled = exact * 100
    whole = scaled.to_integral_value()
    if abs(scaled - whole) > _NOISE * 100:
        raise FileAmountError(f"“{shown}” has parts of a penny. Round it to pounds and pence")
    if abs(whole) > LARGEST:
        raise FileAmountError(f"“{shown}” is more than {pounds(LARGEST)}")
    return Pence(int(whole))
