"""The words of a question: which figure they ask for, which time, and which of them say nothing."""

import re
from datetime import date
from typing import NamedTuple

from rapidfuzz import fuzz, process

from fundtracker.domain.asks import Figure
from fundtracker.domain.dates import MONTHS, DateNotUnderstoodError, parse_day
from fundtracker.domain.years import today, year_label, year_of
from fundtracker.services.likely import spelt_out

TAKEN = "_"  # stands for words that have been read
_BACK = r"(?:return(?:ed)?|(?:sent?|send|g[ai]ven?|paid|pay)(?: us)? back)"
_WE = r"we (?:have )?(?:already )?"
# The first that is found is meant: what is most particular comes first.
_FIGURES: tuple[tuple[Figure, str], ...] = (
    (Figure.TO_RECOVER, r"owes? us|owed to us|owing to us|(?:to|can we|do we) recover|overpaid"),
    (Figure.TO_PAY, r"(?:left |still |yet )*to (?:be )?(?:pay|paid)|owe[ds]?|owing|unpaid|outstanding"),
    (Figure.TO_PAY, r"(?:not|havent|hasnt)(?: we)?(?: yet)?(?: been)? paid"),
    (Figure.RETURNED, rf"{_WE}{_BACK}|(?:refunded|{_BACK}) to(?! us\b)"),
    (Figure.RECOVERED, rf"refund(?:s|ed)?|recovered|{_BACK}"),
    (Figure.REMAINING, r"left(?: over)?(?: to award)?|remain(?:s|ing)?|not (?:yet )?awarded|available"),
    (Figure.AWARDS, r"(?:how many|number of) (?:awards?|grants?|contracts?)"),
    (Figure.ORGANISATIONS, r"how many|number of"),
    (Figure.ORIGINAL, r"(?:first|originally) allocated|original(?:ly)?(?: allocation)?|at first"),
    (Figure.ALLOCATED, r"allocat(?:e|ed|ion|ions)|budget(?:ed)?|earmarked|set aside|how (?:big|large)|(?:is|was) in"),
    (Figure.RECEIVED, rf"{_WE}(?:receive|received|get|got|had)|received from|receipts?|g[ai]ven? us"),
    (Figure.NET_PAID, r"pa(?:id|y|ys|yed)(?: out)?|payments?|spen[dt]|spending|costs?"),
    (Figure.AWARDED, r"g[ai]ven?|gives|giving|award(?:s|ed|ing)?|granted|grants?|fund(?:ed|ing)|commissioned"),
    (Figure.AWARDED, r"received?|gets?|got|had|went|gone|goes"),
)
_SAYS_NOTHING = """
    a actually all already altogether amount an and any anybody anyone are as at be been by can cash commissioner
    commissioners could currently date did do does during each ever every everybody everyone far figure financial find
    for from fund funds fy gbp give given go group groups has have how i in is it its just list many me money much my
    now number of office on opcc or organisation organisations organization organizations our ours out over pcc pccs
    people please pounds recipient recipients scheme show since so some still sum tell that the their them there these
    they this those to today total up us was we were weve what whats which who with worth would year years yet you
    your
"""
_FILLER = frozenset(_SAYS_NOTHING.split())
_ASKING = re.compile(
    r"(?:how|what|whats|which|who|whose|where|when|did|do|does|have|has|is|are|was|were|tell|show|total|can|could)\b"
)
_YEAR = re.compile(r"\b(?:fy ?)?(20[0-9]{2}) ?[/\-–] ?(?:20)?([0-9]{2})\b")
_TOKEN = re.compile(r"year(20[0-9]{2})x")
_DAY = r"[0-9]{1,2}(?:st|nd|rd|th)? (?:of )?[a-z]{3,9},? [0-9]{4}|[0-9]{1,2}/[0-9]{1,2}/(?:20)?[0-9]{2}"
_SINCE = re.compile(rf"\b(?:since|after|from) (?:the )?({_DAY}|(?:{'|'.join(MONTHS)}) [0-9]{{4}})\b")
_AS_AT = re.compile(rf"\b(?:as (?:at|of|on)|on|at|by|until|up to) (?:the )?({_DAY})\b")
_CLOSE = 80  # "awraded" has 86 against awarded, "giv" 86 against give
_SHORTEST = 4  # letters, of a word of ours that is forgiven a slip


class Time(NamedTuple):
    """The days that a question names, and its words without them."""

    rest: str
    since: date | None = None
    as_at: date | None = None


def take_days(text: str) -> Time:
    """Take `since 1 April 2020` and `as at 30 June 2020` out of a question."""
    rest, found = text.casefold(), []
    for pattern in (_SINCE, _AS_AT):
        match = pattern.search(rest)
        day = _day(match[1]) if match else None
        rest = pattern.sub(" ", rest, count=1) if day else rest
        found.append(day)
    return Time(rest, *found)


def _day(text: str) -> date | None:
    for written in (text.replace(" of ", " "), f"1 {text}"):
        try:
            return parse_day(written)
        except DateNotUnderstoodError:
            continue
    return None


def words_of(text: str) -> list[str]:
    """Give the words of a text, short forms in full and a financial year as one word, as names are compared too."""
    return spelt_out(_YEAR.sub(_year_word, text.casefold())).split()


def _year_word(match: re.Match[str]) -> str:
    first, second = int(match[1]), int(match[2])
    return f" year{first}x " if (first + 1) % 100 == second else match[0]


def year_in(words: list[str]) -> tuple[str, list[str]]:
    """Take the financial year out of words: `2020/21`, `this year`, `last year`, or the year in which it begins."""
    said = re.sub(r"\b(this|last) (?:financial )?year\b", _of_today, " ".join(words))
    said = re.sub(r"\b(20[0-9]{2})\b", r"year\1x", said)
    match = _TOKEN.search(said)
    if match is None:
        return "", words
    return year_label(int(match[1])), _TOKEN.sub(TAKEN, said, count=1).split()


def _of_today(match: re.Match[str]) -> str:
    return f"year{year_of(today()) - (match[1] == 'last')}x"


def figure_in(words: list[str]) -> tuple[Figure | None, list[str]]:
    """Take the words that say which figure is asked for out of a question."""
    said = " ".join(words)
    for figure, pattern in _FIGURES:
        taken = re.sub(rf"\b(?:{pattern})\b", TAKEN, said)
        if taken != said:
            return figure, taken.split()
    return None, words


def is_asked(text: str) -> bool:
    """Say whether a text is asked as a question is."""
    return text.rstrip().endswith("?") or _ASKING.match(" ".join(words_of(text))) is not None


def says_nothing(word: str) -> bool:
    """Say whether a word tells neither a name nor a figure."""
    return word in _FILLER or word == TAKEN


def is_ours(word: str) -> bool:
    """Say whether a word is one that questions are asked in, rather than part of a name."""
    return says_nothing(word) or figure_in([word])[0] is not None


def put_right(word: str) -> str:
    """Give the word of ours that a misspelt one means; the word itself where it means none."""
    close = process.extractOne(word, _OURS, scorer=fuzz.ratio, score_cutoff=_CLOSE) if len(word) >= _SHORTEST else None
    return close[0] if close else word


_FORGIVEN = (
    "given give gave award awarded awards paid spent received allocated remaining outstanding refunded returned "
    "recover much many what organisations groups"
)
_OURS = _FORGIVEN.split()
