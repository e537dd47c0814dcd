"""Answering a question: its figure in a sentence, with the ask of its rows, or what it may have meant."""

from collections.abc import Mapping
from dataclasses import dataclass, replace

from sqlalchemy.orm import Session

from fundtracker.domain.asks import Figure, ask, asked
from fundtracker.domain.money import pounds
from fundtracker.domain.refusals import Refusal
from fundtracker.domain.years import long_date
from fundtracker.services.behind.asked import Asked, read_asked
from fundtracker.services.behind.rows import COUNTS, Behind, count_behind
from fundtracker.services.behind.words import heading, name_of
from fundtracker.services.questions.names import Name
from fundtracker.services.questions.reading import Read, read_question

MOST_MEANINGS = 6
_THINGS: Mapping[Figure, tuple[str, str]] = {
    Figure.AWARDED: ("award", "awards"),
    Figure.AWARDS: ("award", "awards"),
    Figure.ORGANISATIONS: ("organisation awarded money", "organisations awarded money"),
    Figure.NET_PAID: ("payment", "payments"),
    Figure.PAID: ("payment", "payments"),
    Figure.RECOVERED: ("refund", "refunds"),
    Figure.RECEIVED: ("receipt", "receipts"),
    Figure.RETURNED: ("payment to the funder", "payments to the funder"),
    Figure.TO_PAY: ("award line", "award lines"),
    Figure.TO_RECOVER: ("award line", "award lines"),
}
_OWED = {Figure.TO_PAY: " to pay", Figure.TO_RECOVER: " to recover"}
_SINCE = (Figure.AWARDED, Figure.NET_PAID, Figure.PAID, Figure.RECOVERED, Figure.RECEIVED, Figure.RETURNED)
_IN_LISTS = ("organisation", "fund", "programme", "funder")


@dataclass(frozen=True, kw_only=True)
class Meaning:
    """One thing that a question may mean: its name, and the ask of its rows."""

    name: str
    ask: str


@dataclass(frozen=True, kw_only=True)
class Answer:
    """
    What is said to a question: the answer, what it is the answer to, and the ask of its rows; or why there is none.

    `about` is what else to look for: the names that the question holds, or its words where it was not understood.
    """

    about: str
    says: str = ""
    of: str = ""
    ask: str = ""
    count: int = 0
    illustrative: int = 0
    problem: str = ""
    meanings: tuple[Meaning, ...] = ()


def answer(session: Session, text: str) -> Answer | None:
    """Answer a question typed in words; None for a text that asks nothing, such as a name alone."""
    read = read_question(session, text)
    if read is None:
        return None
    listed = (name.written for name in read.names if name.cut in _IN_LISTS)
    about = next(listed, "") or " ".join(read.unknown) or read.phrase
    if read.figure is None or not read.is_clear:
        return Answer(about=about, problem=_problem(read), meanings=_meanings(read))
    query = ask(read.figure, **read.cuts)
    try:
        return _answer(session, query, about)
    except Refusal as refusal:
        return Answer(about=about, problem=refusal.sentence)


def _answer(session: Session, query: str, about: str) -> Answer:
    what = read_asked(session, asked(query))
    found = count_behind(session, what)
    says = f"{_says(session, found)}{_when(found)}"
    return Answer(about=about, says=says, of=f"{heading(what)}, as at {long_date(what.when.day)}", ask=query,
                  count=found.count, illustrative=found.illustrative)  # fmt: skip


def _says(session: Session, found: Behind) -> str:
    figure, amount = found.asked.figure, pounds(found.amount)
    if figure in COUNTS:
        return f"{_some(found.count, *_THINGS[figure])}, {amount} together"
    if figure is Figure.REMAINING:
        return f"{amount} left to award of {pounds(found.added)} allocated"
    if figure not in _THINGS:
        return f"{amount} {name_of(figure).lower()}"
    number, lead = found.standing, "on" if figure in _OWED else "in"
    if figure is Figure.AWARDED:
        number = count_behind(session, replace(found.asked, figure=Figure.AWARDS)).count
    back = " and refunds" if found.taken_off else ""
    what = _OWED.get(figure, "")
    return f"{amount}{what} {lead} {_some(number, *_THINGS[figure])}{back}" if found.count else f"{amount}{what}"


def _when(found: Behind) -> str:
    """Say which time the answer is of: the year or the day asked for, else since when the books hold any of it."""
    cuts: Asked = found.asked
    year, since = cuts.cut("year"), cuts.cut("since")
    said = f" in {year.words}" if year else ""
    if since:
        return f"{said} since {since.words}"
    if said or found.first is None or cuts.figure not in _SINCE:
        return said
    return f" since {found.first:%B %Y}"


def _meanings(read: Read) -> tuple[Meaning, ...]:
    if read.figure is None or read.unknown:
        return ()
    few = read.meanings[:MOST_MEANINGS]
    return tuple(Meaning(name=_named(name), ask=ask(read.figure, **read.cuts | {name.cut: name.value})) for name in few)


_KIND = {"area": "area", "objective": "objective", "programme": "programme", "funder": "funder"}


def _named(name: Name) -> str:
    """Give a name, with what it is of where that is neither an organisation nor a fund."""
    kind = _KIND.get(name.cut, "")
    return f"{name.written} ({kind})" if kind else name.written


def _problem(read: Read) -> str:
    if read.unknown:
        return f"“{' '.join(read.unknown)}” was not understood."
    if read.misspelt:
        return f"Nothing in the books is called “{read.phrase}”."
    if read.meanings:
        more = f" These are the first {MOST_MEANINGS}." if len(read.meanings) > MOST_MEANINGS else ""
        return f"“{read.phrase}” may be any of {len(read.meanings)} names.{more}"
    return "It was not understood which figure this asks for."


def _some(number: int, one: str, many: str) -> str:
    return f"{number:,} {one if number == 1 else many}"
