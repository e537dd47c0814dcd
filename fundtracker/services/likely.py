"""Likely organisations: those that a typed name may mean, for a person to choose from."""

from rapidfuzz import fuzz, process
from sqlalchemy import select
from sqlalchemy.orm import Session

from fundtracker.domain.text import match_key
from fundtracker.services.bringing.gone import gone
from fundtracker.services.organisations import as_they_are, named
from fundtracker.store.organisations import Organisation, OtherName

MOST = 5
MOST_STARTED = 8
_CLOSE_ENOUGH = 75  # of a name's own words: "weobly parish" has 92 against Weobley Parish Council
_ALL_BUT_SAME = 90  # of whole names: "Wme Parish Council" has 94 against Wem Parish Council, Weobley's has 85
_OFTEN = {"and", "association", "borough", "council", "county", "district", "limited", "of", "parish", "the", "town"}
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
    known = known_names(session)
    spelt = [words for _, words in known]
    whole = process.extract(wanted, spelt, scorer=fuzz.token_sort_ratio, limit=MOST, score_cutoff=_ALL_BUT_SAME)
    owned = [own_words(words) for words in spelt]
    own = process.extract(
        own_words(wanted), owned, scorer=fuzz.token_set_ratio, limit=4 * MOST, score_cutoff=_CLOSE_ENOUGH
    )
    places = {place: fuzz.token_set_ratio(wanted, spelt[place]) for _, _, place in [*whole, *own]}
    best = sorted(places, key=lambda place: -places[place])
    close = as_they_are(session, [known[place][0] for place in best])
    return list(dict.fromkeys([*named(session, name), *close]))[:MOST]


def started(session: Session, typed: str) -> list[Organisation]:
    """Give the organisations that a name being typed may become: every word begins one of theirs; then likely ones."""
    begun = spelt_out(typed).split()
    if not begun:
        return []
    found = sorted((spelt, key) for key, spelt in known_names(session) if _begins(begun, spelt.split()))
    meant = as_they_are(session, [key for _, key in found[: 2 * MOST_STARTED]])
    return list(dict.fromkeys([*meant, *likely(session, typed)]))[:MOST_STARTED]


def own_words(spelt: str) -> str:
    """Give the words that tell a name apart, since half the county is a parish council; all, where none would stay."""
    return " ".join(word for word in spelt.split() if word not in _OFTEN) or spelt


def _begins(begun: list[str], words: list[str]) -> bool:
    return all(any(word.startswith(start) for word in words) for start in begun)


def known_names(session: Session) -> list[tuple[int, str]]:
    """Give every name an organisation has or had, its words in full, with the organisation's id."""
    now = select(Organisation.id, Organisation.match_key).where(Organisation.id.not_in(gone()))
    once = select(OtherName.organisation_id, OtherName.match_key).where(OtherName.organisation_id.not_in(gone()))
    return [(key, spelt_out(name)) for rows in (now, once) for key, name in session.execute(rows)]


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
