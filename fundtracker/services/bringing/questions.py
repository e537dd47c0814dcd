"""Questions: new names that are like those of organisations, for a person to answer; nothing is joined by likeness."""

from collections.abc import Iterable, Iterator

from rapidfuzz import fuzz, process

from fundtracker.services.bringing.answer import Question
from fundtracker.services.bringing.known import Known
from fundtracker.services.bringing.recipients import Recipient
from fundtracker.services.likely import spelt_out

_MOST_LIKE = 3
_LIKE = 88  # of whole names in full words, whatever their order
_MOST_COMPARED = 2_000_000  # pairs of names: a second


def ask(recipients: Iterable[Recipient], known: Known) -> tuple[list[Question], int]:
    """Ask of each new organisation whether it is one that has a name like its own; say how many were not compared."""
    new = [one for one in recipients if one.id is None]
    names = [(number, spelt_out(name), name) for number, name in known.names.items()]
    most = _MOST_COMPARED // max(1, len(names))
    spelt = [words for _, words, _ in names]
    return [question for one in new[:most] for question in _of(one, names, spelt)], len(new[most:])


def _of(recipient: Recipient, names: list[tuple[int, str, str]], spelt: list[str]) -> Iterator[Question]:
    found = process.extract(
        spelt_out(recipient.name), spelt, scorer=fuzz.token_sort_ratio, limit=_MOST_LIKE + 1, score_cutoff=_LIKE
    )
    like = [names[place] for _, _, place in found if names[place][0] != recipient.token]
    # Of two new names that are like each other, the later one asks.
    like = [one for one in like if one[0] > 0 or one[0] > recipient.token]
    if like:
        named = tuple((number if number > 0 else None, name) for number, _, name in like[:_MOST_LIKE])
        yield Question(recipient.name, recipient.rows, named)
