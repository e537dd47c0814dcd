"""What people write in the cells of an office's workbook: where money is from, states, types, and doubts."""

import re

from fundtracker.domain.statuses import AwardType, BidStatus, Doubt, FundStatus, Source, SpendType
from fundtracker.domain.text import match_key
from fundtracker.sheets.tables import any_of

_SOURCES = {
    Source.RESERVE: "reserve reserves balances",
    Source.EXTERNAL: "external government govt grant grants ministry moj nhs national mhclg dluhc lottery partner",
    Source.OWN: "own pcc opcc internal precept core base commissioner pccs pfcc mayor",
}
_FUND_STATUSES = {
    FundStatus.OPEN: "open secured awarded live active current confirmed approved agreed earmarked launched ongoing "
    "received allocated",
    FundStatus.CLOSED: "closed complete completed ended finished spent expired",
    FundStatus.SUSPENDED: "suspended paused",
}
_AWARD_TYPES = {
    AwardType.GRANT: "grant grants award",
    AwardType.CONTRACT: "contract contracts contracted commission commissioned commissioning procured service",
    AwardType.IN_KIND: "kind gift gifts donation donated donations noncash",
}
_BID_STATUSES = (
    (BidStatus.WON_IN_PART, "won in part|partly won|partially successful|part funded|partly successful"),
    (BidStatus.LOST, "lost|unsuccessful|not successful|rejected|declined|refused|failed|turned down"),
    (BidStatus.WITHDRAWN, "withdrawn|not pursued|abandoned|cancelled"),
    (BidStatus.CLARIFICATION, "clarification|in clarification|query|queried"),
    (BidStatus.SUBMITTED, "submitted|awaiting|awaiting outcome|awaiting decision|pending|sent|applied|bid submitted"),
    (BidStatus.WON, "won|successful|awarded|secured|approved"),
    (BidStatus.IN_DEVELOPMENT, ("in development|developing|being developed|draft|drafting|in preparation|preparing|"
     "planned|in progress|under development|to be submitted|not yet submitted|expression of interest|eoi")),
)  # fmt: skip
_AWARDED = any_of("awarded approved agreed paid live active current complete completed closed open ongoing granted "
                     "accepted signed successful secured funded yes")  # fmt: skip
_NOT_AWARDED = any_of("declined rejected unsuccessful refused withdrawn cancelled canceled pending applied "
                         "received assessment review considered deferred lapsed no not tbc")  # fmt: skip
_OFFICES = re.compile(r"(?:the )?(?:office of the )?(?:o?pcc|police(?: fire)? and crime commissioner)s?\b.*")
_DOUBTED_DATE = re.compile(r"\bdates?\b", re.IGNORECASE)
_DOUBTED_AMOUNT = re.compile(
    r"\b(?:split|amounts?|figures?|values?|sums?|shares?|breakdown|allocations?)\b", re.IGNORECASE
)
_ILLUSTRATIVE = re.compile(r"(?<!not )\billustrative\b", re.IGNORECASE)
_SEVERAL_WORDS = any_of("various several multiple others other")
_PLURALS = any_of("recipients organisations organizations groups charities councils bodies awards grants providers "
                     "projects applicants services partners schools partnerships payees agencies beneficiaries "
                     "communities grantees schemes clubs parishes associations")  # fmt: skip


def read_source(text: str) -> Source | None:
    """Say whose money it is, or None where the words name none or more than one."""
    words = set(match_key(text).split())
    if words & set(_SOURCES[Source.RESERVE].split()):
        return Source.RESERVE
    if "home" in words and "office" in words:
        words.add("government")
    found = [source for source, known in _SOURCES.items() if words & set(known.split())]
    return found[0] if len(found) == 1 else None


def is_office(funder: str) -> bool:
    """Say whether a funder is the commissioner's office itself."""
    return _OFFICES.fullmatch(match_key(funder)) is not None


def read_fund_status(text: str, *, asks_if_open: bool = False) -> FundStatus | None:
    """Say what state a fund is in, or None where the words are not known; nothing said is open."""
    key = match_key(text)
    if not key or (asks_if_open and key in ("y", "yes")):
        return FundStatus.OPEN
    if asks_if_open and key in ("n", "no"):
        return FundStatus.CLOSED
    if key.startswith("on hold"):
        return FundStatus.SUSPENDED
    if key.startswith(("fully ", "now ")):
        key = key.split(" ", 1)[1]
    return next((state for state, known in _FUND_STATUSES.items() if key.split()[0] in known.split()), None)


def read_spend_type(text: str) -> SpendType | None:
    """Say whether money is for running costs or assets, or None where the words are not one of the two."""
    words = set(match_key(text).split())
    capital, revenue = bool(words & any_of("capital cap c")), bool(words & any_of("revenue rev r resource"))
    if capital == revenue:
        return None
    return SpendType.CAPITAL if capital else SpendType.REVENUE


def read_award_type(text: str) -> AwardType | None:
    """Say what type an award is, or None where the words are not known; nothing said is a grant."""
    words = set(match_key(text).split())
    if not words or {"in", "kind"} <= words:
        return AwardType.IN_KIND if words else AwardType.GRANT
    found = [kind for kind, known in _AWARD_TYPES.items() if words & set(known.split())]
    return found[0] if len(found) == 1 else None


def read_awarded(text: str) -> bool | None:
    """Say whether a row's own status makes it an award, or None where the words are not known."""
    words = match_key(text).split()
    if any(word in _NOT_AWARDED for word in words):
        return False
    return True if not words or any(word in _AWARDED for word in words) else None


def read_bid_status(text: str) -> BidStatus | None:
    """Say where a bid has got to, or None where the words are not known; nothing said is in development."""
    key = match_key(text)
    if not key:
        return BidStatus.IN_DEVELOPMENT
    for status, known in _BID_STATUSES:
        if any(f"{key} ".startswith(f"{words} ") for words in known.split("|")):
            return status
    return None


def doubts(note: str) -> tuple[bool, bool]:
    """Say whether a note calls the amount illustrative, and whether the date."""
    amount = day = False
    for clause in re.split(r"[.;:\n]", note):
        if _ILLUSTRATIVE.search(clause):
            of_date = _DOUBTED_DATE.search(clause) is not None
            day = day or of_date
            amount = amount or not of_date or _DOUBTED_AMOUNT.search(clause) is not None
    return amount, day


def doubt(illustrative: bool) -> Doubt:
    """Give the doubt to carry wherever the figure or date is shown."""
    return Doubt.ILLUSTRATIVE if illustrative else Doubt.NONE


def stands_for_several(name: str, kind: str) -> bool:
    """Say whether a row that names an organisation means several: `Other … recipients`, or of type Various."""
    words = match_key(name).split()
    if set(match_key(kind).split()) & _SEVERAL_WORDS or (len(words) == 1 and words[0] in _SEVERAL_WORDS):
        return True
    return bool(words) and words[0] in _SEVERAL_WORDS and bool(_PLURALS & set(words))
