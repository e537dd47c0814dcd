"""Which fields a heading may stand for, by kind of row, in order of preference."""

from collections.abc import Mapping

from fundtracker.domain.statuses import BatchKind
from fundtracker.services.bringing.fields import FIELDS
from fundtracker.sheets.tables import Titles
from fundtracker.sheets.tabular import finance_titles, grant_titles
from fundtracker.sheets.tabular.wording import wordings

_TITLES: Mapping[BatchKind, Titles] = {
    BatchKind.ORGANISATIONS: grant_titles.ORGANISATIONS,
    BatchKind.APPLICATIONS: grant_titles.APPLICATIONS,
    BatchKind.AWARDS: grant_titles.AWARDS,
    BatchKind.PAYMENTS: finance_titles.PAYMENTS,
    BatchKind.FINANCE: finance_titles.FINANCE,
}


def _ranked(kind: BatchKind) -> dict[str, dict[str, int]]:
    found: dict[str, dict[str, int]] = {}
    for field in FIELDS[kind]:
        for place, name in enumerate(_TITLES[kind].get(field.name, ())):
            for wording in wordings(name)[:1]:
                found.setdefault(wording, {}).setdefault(field.name, place)
    return found


RANKED: Mapping[BatchKind, Mapping[str, Mapping[str, int]]] = {kind: _ranked(kind) for kind in FIELDS}
"""By kind and wording, the fields that a column so headed may be, each with its place in the order of preference."""
