"""Phrases: how a paper writes amounts, lists, names and uses in the middle of a sentence."""

import re
from collections.abc import Sequence

from fundtracker.domain.money import pounds

_CALLED_THE = re.compile(r"(?:Ministry|Department|Home Office|Cabinet Office|Treasury|National)\b")
_A_GROUP = re.compile(
    r"\b(?:Group|Club|Society|Association|Trust|Centre|Scheme|Team|Partnership|Project|Forum|Network|Service|Charity"
    r"|Foundation|Fund|Council|Committee|Programme|Hub)$",
    re.IGNORECASE,
)
# What people begin the purpose of an award with where they write what is done, and not what is bought.
_DONE = frozenset(
    re.findall(
        r"\w+",
        "bring build buy carry challenge create deliver develop distribute educate employ enable encourage engage "
        "equip extend fit fund give help hire host improve increase install keep launch maintain make offer pay "
        "prevent produce promote protect provide purchase raise reach recruit reduce refurbish repair replace run "
        "send set share support supply target teach tackle train work",
    )
)
_AS_NOUNS = ("for", "of", "to")


def amount(pence: int) -> str:
    """Write an amount as a paper does: `£550,000`, and with its pence where it has any, `£47,279.94`."""
    return pounds(pence).removesuffix(".00")


def listed(parts: Sequence[str]) -> str:
    """Join parts as a sentence does: `a, b and c`."""
    return " and ".join(filter(None, [", ".join(parts[:-1]), *parts[-1:]]))


def some(number: int, one: str, many: str = "") -> str:
    """Count things: `1 organisation`, `13 organisations`."""
    return f"{number:,} {one if number == 1 else many or one + 's'}"


def funder_name(name: str) -> tuple[str, str]:
    """Give a funder's name as a sentence has it, and the note that stands after it in brackets."""
    plain, _, note = name.partition(" (")
    return (f"the {plain}" if _CALLED_THE.match(plain) else plain), note.removesuffix(")")


def the_fund(name: str) -> str:
    """Name a fund in the middle of a sentence: `the Safer Roads Fund 2020`."""
    told = re.search(r"\bfund", name, re.IGNORECASE) and not name.lower().startswith("the ")
    return f"the {name}" if told else name


def use_of(benefits: str, purpose: str, names: frozenset[str] = frozenset()) -> str:
    """
    Say for whom and for what an award is: `to enable the Weobley Support Group to deliver prescriptions`.

    `names` are words that keep their capital where a purpose begins with one.
    """
    use, group = in_sentence(purpose.strip().rstrip("."), names), _group(benefits.strip())
    first, second = [*use.lower().split(), "", ""][:2]
    is_done = first in _DONE and second not in _AS_NOUNS
    if group:
        does = use if is_done else f"provide {use}"
        return f"to enable {group} to {does}" if use else f"for the benefit of {group}"
    if is_done:
        return f"to {use}"
    return f"for {use}" if use and second not in _AS_NOUNS else use


def in_sentence(text: str, names: frozenset[str] = frozenset()) -> str:
    """Begin words with a small letter, unless they begin with a name or an abbreviation."""
    first = text.split(" ", 1)[0].strip(",;:")
    common = first == "A" or (first[1:].islower() and first not in names)
    return text[:1].lower() + text[1:] if common else text


def _group(name: str) -> str:
    if not name or name.lower().startswith("the "):
        return name[:1].lower() + name[1:] if name.startswith("The ") else name
    return f"the {name}" if _A_GROUP.search(name) else name
