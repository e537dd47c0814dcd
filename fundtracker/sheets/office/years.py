"""The financial year that a workbook is of, found in its titles, its sheets' names or its own name."""

import re
from collections.abc import Iterable

from fundtracker.domain.years import FinancialYear

_LONG = re.compile(r"(?<![0-9])(20[0-9]{2}) ?(?:/|-|–|_|to) ?(?:20)?([0-9]{2})(?![0-9/])")
_SHORT = re.compile(r"\bFY ?([0-9]{2}) ?(?:/|-|–) ?([0-9]{2})(?![0-9/])", re.IGNORECASE)


def find_year(titles: Iterable[str], sheet_names: Iterable[str], file_name: str) -> FinancialYear | None:
    """Find the one financial year that is named, in the titles first; None where there is none, or more than one."""
    for texts in (titles, sheet_names, [file_name]):
        years = {year for text in texts for year in _years(text)}
        if years:
            return FinancialYear(years.pop()) if len(years) == 1 else None
    return None


def _years(text: str) -> list[int]:
    pairs = [(int(first), int(second)) for first, second in _LONG.findall(text)]
    pairs += [(2000 + int(first), int(second)) for first, second in _SHORT.findall(text)]
    return [first for first, second in pairs if (first + 1) % 100 == second]
