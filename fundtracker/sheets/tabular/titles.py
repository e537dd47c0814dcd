"""Which fields a heading may stand for, by kind of row, in order of preference."""

from collections.abc import Mapping

from fundtracker.services.bringing.fields import FIELDS, Kind
from fundtracker.sheets.tables import Titles
from fundtracker.sheets.tabular import finance_titles, grant_titles
from fundtracker.sheets.tabular.wording import wordings

_TITLES: Mapping[Kind, Titles] = {
    Kind.ORGANISATIONS: grant_titles.ORGANISATIONS,
    Kind.APPLICATIONS: grant_titles.APPLICATIONS,
    Kind.AWARDS: grant_titles.AWARDS,
    Kind.PAYMENTS: finance_titles.PAYMENTS,
    Kind.FINANCE: finance_titles.FINANCE,
}


def _ranked(kind: Kind) -> dict[str, dict[str, int]]:
    found: dict[str, dict[str, int]] = {}
    for field in FIELDS[kind]:
        for place, name in enumerate(_TITLES[kind].get(field.name, ())):
            for wording in wordings(name)[:1]:
                found.setdefault(wording, {}).setdefault(field.name, place)
    return found


RANKED: Mapping[Kind, Mapping[str, Mapping[str, int]]] = {kind: _ranked(kind) for kind in Kind}
"""By kind and wording, the fields that a column so headed may be, each with its place in the order of preference."""
