"""The financial year that a workbook is of, found in its titles, else its headings, sheets' names or own name."""

import re
from collections.abc import Iterable

from fundtracker.domain.years import FinancialYear

_LONG = re.compile(r"(?<![0-9])(20[0-9]{2}) ?(?:/|-|–|_|to) ?(?:20)?([0-9]{2})(?![0-9/])")
_SHORT = re.compile(r"\bFY ?([0-9]{2}) ?(?:/|-|–) ?([0-9]{2})(?![0-9/])", re.IGNORECASE)
_BARE = re.compile(r"(?<![0-9/])(?<![0-9][-–])(20[0-9]{2})(?![0-9/]|[-–][0-9])")


def find_year(*places: Iterable[str]) -> FinancialYear | None:
    """Find the one financial year named in the first place that names any; None where it names more than one."""
    for texts in places:
        years = {year for text in texts for year in _years(text)}
        if years:
            return FinancialYear(years.pop()) if len(years) == 1 else None
    return None


def year_in_name(name: str) -> FinancialYear | None:
    """Give the one year that a fund's name speaks of: `2021/22`, else the year that begins in a bare `2021`."""
    found = find_year([name])
    bare = {int(year) for year in _BARE.findall(name)}
    return found or (FinancialYear(bare.pop()) if len(bare) == 1 else None)


def year_in_column(words: str) -> FinancialYear | None:
    """Give the financial year that a cell of a year's own column is: `2020/21`, `FY 20/21` or `20/21`."""
    words = re.sub(r"\s*(/|-|–|\bTO\b)\s*", r"\1", words.upper().removeprefix("FY").strip()).replace("TO", "/")
    found = {year for text in (words, f"FY {words}") for year in _years(text)}
    whole = _LONG.fullmatch(words) or _SHORT.fullmatch(f"FY {words}")
    return FinancialYear(found.pop()) if whole and len(found) == 1 else None


def _years(text: str) -> list[int]:
    pairs = [(int(first), int(second)) for first, second in _LONG.findall(text)]
    pairs += [(2000 + int(first), int(second)) for first, second in _SHORT.findall(text)]
    return [first for first, second in pairs if (first + 1) % 100 == second]
