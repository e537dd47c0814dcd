"""Likely organisations: those that a typed name may mean, for a person to choose from."""

from rapidfuzz import fuzz, process
from sqlalchemy import select
from sqlalchemy.orm import Session

from fundtracker.domain.text import match_key
from fundtracker.services.organisations import as_they_are, named
from fundtracker.store.organisations import Organisation, OtherName

MOST = 5
_CLOSE_ENOUGH = 75  # "weobley pc" has 100 against Weobley Parish Council
_SHORT = {
    "assoc": "association",
    "bc": "borough council",
    "cc": "county council",
    "dc": "district council",
    "ltd": "limited",
    "pc": "parish council",
    "tc": "town council",
}


def likely(session: Session, name: str) -> list[Organisation]:
    """Give the organisations that a name may mean, best first, those of exactly that name before all others."""
    wanted = spelt_out(name)
    if not wanted:
        return []
    now, once = select(Organisation.id, Organisation.name), select(OtherName.organisation_id, OtherName.name)
    known = [(key, spelt_out(known_name)) for rows in (now, once) for key, known_name in session.execute(rows)]
    spelt = [words for _, words in known]
    found = process.extract(wanted, spelt, scorer=fuzz.token_set_ratio, limit=2 * MOST, score_cutoff=_CLOSE_ENOUGH)
    close = as_they_are(session, [known[place][0] for _, _, place in found])
    return list(dict.fromkeys([*named(session, name), *close]))[:MOST]


def spelt_out(name: str) -> str:
    """Reduce a name to its words in full: `Weobley P.C.` becomes `weobley parish council`."""
    words: list[str] = []
    letters = ""
    for word in [*match_key(name).split(), ""]:
        if len(word) == 1:
            letters += word  # the initials of "P.C." arrive one by one
            continue
        words.extend(filter(None, (letters, word)))
        letters = ""
    return " ".join(_SHORT.get(word, word) for word in words)
