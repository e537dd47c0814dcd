"""The kinds of sheet in an office's workbook: told by name, held to the columns that make one."""

from dataclasses import dataclass
from enum import Enum

from fundtracker.domain.text import match_key
from fundtracker.sheets import titles
from fundtracker.sheets.tables import Titles, any_of


@dataclass(frozen=True, eq=False)
class SheetKind:
    """What a sheet of this kind is called, and what its table must have."""

    says: str
    names: frozenset[str]
    titles: Titles
    needed: tuple[frozenset[str], ...]
    named_by: str
    tells_apart: tuple[str, ...] = ()
    amount: str = ""


class Kind(Enum):
    """The five kinds, in the order in which a sheet's name is tried against them."""

    OUTCOMES = SheetKind("outcomes", any_of("outcome outcomes"), titles.OUTCOMES, (any_of("words"),), "words")
    BIDS = SheetKind(
        "bids", any_of("bid bids opportunities opportunity"), titles.BIDS,
        (any_of("title funder"), any_of("title sought"), any_of("title status")), "title",
        ("title", "funder", "status"), "sought",
    )  # fmt: skip
    AWARDS = SheetKind(
        "awards", any_of("award awards awarded grants"), titles.AWARDS,
        (any_of("organisation amount"), any_of("organisation fund"), any_of("organisation purpose")), "organisation",
        ("fund", "organisation", "purpose", "type"), "amount",
    )  # fmt: skip
    ORGANISATIONS = SheetKind(
        "organisations",
        any_of("organisation organisations organization organizations recipient recipients grantee grantees provider "
             "providers orgs payees suppliers"),
        titles.ORGANISATIONS, (any_of("name"),), "name", ("name", "type", "area"),
    )  # fmt: skip
    FUNDS = SheetKind(
        "funds", any_of("fund funds pot pots funding allocations schemes grant"), titles.FUNDS,
        (any_of("name amount"), any_of("name funder"), any_of("name source")), "name",
        ("name", "funder", "source"), "amount",
    )  # fmt: skip


# Sheets that repeat or explain what stands elsewhere; taking them too would count it twice.
_NOT_DATA = any_of(
    "summary dashboard pivot totals total notes readme lookup lookups lists chart charts guidance instructions old "
    "archive template draft payments monitoring"
)


def kinds_of(name: str) -> list[SheetKind]:
    """Give the kinds that a sheet may be by its name, the likeliest first; none for a sheet that is something else."""
    words = set(match_key(name).split())
    if words & _NOT_DATA:
        return []
    return [kind.value for kind in Kind if kind.value.names & words]


def is_plainly(kind: SheetKind, name: str) -> bool:
    """Say whether a sheet's name is a kind's name and nothing more."""
    return all(word in kind.names or word.isdigit() for word in match_key(name).split())
