"""360Giving data (.json) as a sheet: a grant a row, under the titles that the standard gives its columns."""

import json
import re
from collections.abc import Iterator
from typing import Any

from fundtracker.sheets.files.text import decode
from fundtracker.sheets.files.unsaid import check_room
from fundtracker.sheets.reading import Cell, Sheet
from fundtracker.sheets.unsafe import WorkbookRefusedError, other_kind

# The titles of 360Giving schema 1.4 that are not the names written apart: `amountAwarded` is `Amount Awarded`.
_TITLES = {
    "id": "Identifier",
    "url": "URL",
    "recipientOrganization": "Recipient Org",
    "fundingOrganization": "Funding Org",
    "recipientIndividual": "Recipient Ind",
    "fromOpenCall": "From An Open Call?",
    "dateModified": "Last Modified",
    "regrantType": "For Regrant Type",
    "addressLocality": "City",
    "addressRegion": "County",
    "addressCountry": "Country",
    "telephone": "Phone Number",
    "duration": "Duration (months)",
    "geoCode": "Geographic Code",
    "geoCodeType": "Geographic Code Type",
}
_CAPITAL = re.compile(r"(?<=[a-z])(?=[A-Z])")
_LONGEST_NUMBER, _DEEPEST = 30, 8


def read_giving(content: bytes, name: str) -> Sheet:
    """Read a list of grants; raises WorkbookRefusedError for any other JSON, or for none."""
    text, notes = decode(content)
    try:
        read = json.loads(text, parse_int=_number, parse_float=_number, parse_constant=str)
    except ValueError as error:
        raise WorkbookRefusedError(
            "This JSON file is damaged or cut short, so it cannot be read. Download it again and send that."
        ) from error
    except RecursionError as error:
        raise WorkbookRefusedError("This JSON file is nested deeper than any list of grants. Send the list.") from error
    grants = read.get("grants") if isinstance(read, dict) else read
    if not isinstance(grants, list) or not all(isinstance(grant, dict) for grant in grants):
        raise other_kind("a JSON file, but not 360Giving data: it holds no list of grants")
    return Sheet(name, True, 1, tuple(_rows(grants)), notes=tuple(notes))


def _rows(grants: list[dict[str, Any]]) -> Iterator[tuple[Cell, ...]]:
    rows = [dict(_cells(grant, "", 0)) for grant in grants]
    titles = list(dict.fromkeys(title for row in rows for title in row))
    check_room(len(rows) + 1, len(titles))
    yield tuple(titles)
    yield from (tuple(row.get(title, "") for title in titles) for row in rows)


def _cells(about: dict[str, Any], before: str, depth: int) -> Iterator[tuple[str, Cell]]:
    """Give each title and value of a record; of a list of records, the second is numbered 2, and so on."""
    if depth > _DEEPEST:
        raise WorkbookRefusedError("This JSON file is nested deeper than any list of grants. Send the list.")
    for name, value in about.items():
        title = before + _TITLES.get(name, _CAPITAL.sub(" ", name[:1].upper() + name[1:]))
        for number, one in enumerate(value if isinstance(value, list) else [value], start=1):
            numbered = title if number == 1 else f"{title} {number}"
            if isinstance(one, dict):
                yield from _cells(one, f"{numbered}:", depth + 1)
            elif one is not None:
                yield numbered, one if isinstance(one, str | float | bool) else json.dumps(one)


def _number(text: str) -> float | str:
    return float(text) if len(text) <= _LONGEST_NUMBER else text
