"""The columns that a person says are which: named by their heading, or by their letter."""

import re
from collections.abc import Mapping

from fundtracker.domain.refusals import Refusal
from fundtracker.domain.statuses import BatchKind
from fundtracker.domain.text import match_key
from fundtracker.services.bringing.fields import FIELDS
from fundtracker.sheets.reading import column_letter, column_number

_LETTERS = re.compile(r"[A-Z]{1,3}", re.IGNORECASE)


class MappingNotUnderstoodError(Refusal):
    """A column that is not there, or a field that there is not."""


def given_columns(kind: BatchKind, titles: Mapping[int, str], width: int, columns: Mapping[str, str]) -> dict[int, str]:
    """Give each column that is named its field (nothing: it is not to be used); raises MappingNotUnderstoodError."""
    known = {field.name for field in FIELDS[kind]}
    given: dict[int, str] = {}
    for name, field in columns.items():
        if field and field not in known:
            raise MappingNotUnderstoodError(f"There is no field “{field}”. The fields are: {', '.join(sorted(known))}.")
        column = _column(titles, width, name)
        if column in given and given[column] != field:
            raise MappingNotUnderstoodError(f"Column {column_letter(column)} cannot be two fields. Give it one.")
        if field and field in given.values():
            raise MappingNotUnderstoodError(f"Two columns cannot both be {field}. Choose one of them.")
        given[column] = field
    return given


def _column(titles: Mapping[int, str], width: int, name: str) -> int:
    found = [column for column, title in titles.items() if title.strip() == name.strip()]
    found = found or [column for column, title in titles.items() if match_key(title) == match_key(name)]
    if len(found) > 1:
        letters = " and ".join(column_letter(column) for column in found)
        raise MappingNotUnderstoodError(f"Columns {letters} are both headed “{name}”. Say which by its letter.")
    if not found and _LETTERS.fullmatch(name) and column_number(name) <= width:
        found = [column_number(name)]
    if not found:
        headed = ", ".join(f"“{' '.join(title.split())}”" for title in titles.values())
        raise MappingNotUnderstoodError(f"There is no column “{name}”. The columns are: {headed or 'not headed'}.")
    return found[0]
