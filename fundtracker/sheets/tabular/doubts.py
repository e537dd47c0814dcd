"""What is doubtful about a table: fields that no column is, columns that could be one field, amounts not in pounds."""

from collections.abc import Iterator, Mapping
from dataclasses import replace

from fundtracker.domain.statuses import BatchKind
from fundtracker.domain.text import match_key
from fundtracker.services.bringing.fields import AMOUNT, NEEDED, Holds, field_named
from fundtracker.services.bringing.stated import Problem
from fundtracker.sheets.headings import why_not_pounds
from fundtracker.sheets.reading import column_letter
from fundtracker.sheets.tabular.contents import Contents
from fundtracker.sheets.tabular.found import Found
from fundtracker.sheets.tabular.matching import GIVEN, likely_fields, may_hold

_FEW = 8


def add_doubts(found: Found, contents: Mapping[int, Contents]) -> Found:
    """Note what is doubtful about a table; an amount in doubt, or a needed field without a column, holds it back."""
    problems = tuple(_not_pounds(found))
    held_back = (*(problem.says for problem in problems), *_same_headings(found), *_spread(found), *_lacking(found))
    lacks = held_back[0] if held_back else ""
    notes = (*_undated(found), *found.table.notes, *_could_also_be(found, contents), *_unlike(found, contents))
    return replace(found, table=replace(found.table, lacks=lacks, problems=problems, notes=notes))


def _not_pounds(found: Found) -> Iterator[Problem]:
    for name in _of(found, Holds.AMOUNT):
        column = found.places[name]
        if says := why_not_pounds(found.title(column)):
            yield Problem(found.sheet.name, found.headings.last or None, column_letter(column), says)


def _same_headings(found: Found) -> Iterator[str]:
    """Ask which is meant of two columns of amounts with the same heading and other figures."""
    for name in _of(found, Holds.AMOUNT):
        column = found.places[name]
        title = found.title(column)
        same = [c for c in found.headings.titles if c != column and match_key(found.title(c)) == match_key(title)]
        for other in same if title and found.told[column].why != GIVEN else ():
            if other not in found.told and _differ(found, column, other):
                letters = f"{column_letter(min(column, other))} and {column_letter(max(column, other))}"
                yield f"Columns {letters} are both headed “{title}”, with other figures. Say which of them is meant."


def _spread(found: Found) -> Iterator[str]:
    """Ask which is meant where one heading stands over several columns of figures, as of years."""
    for name in _of(found, Holds.AMOUNT):
        column = found.places[name]
        for (top, left), (_, right) in found.sheet.merged:
            heads = left == column and found.headings.first <= top <= found.headings.last
            if (
                heads
                and found.told[column].why != GIVEN
                and any(_filled(found, one) for one in range(left + 1, right + 1))
            ):
                letters = f"{column_letter(left)} to {column_letter(right)}"
                yield f"“{found.title(column)}” stands over columns {letters}. Say which of them is the amount."


def _filled(found: Found, column: int) -> bool:
    return column <= len(found.columns) and any(cell != "" for cell in found.columns[column - 1])


def _differ(found: Found, column: int, other: int) -> bool:
    cells = found.columns[other - 1] if other <= len(found.columns) else ()
    return any(cells) and cells != found.columns[column - 1]


def _lacking(found: Found) -> Iterator[str]:
    for names in NEEDED[found.kind]:
        if not names & found.places.keys():
            labels = sorted((field_named(name).label for name in names), key=len)
            said = f"row {found.headings.last}" if found.headings.last else "no row"
            headed = [f"“{found.title(column)}”" for column in sorted(found.headings.titles)]
            more = f" and {len(headed) - _FEW} more" if headed[_FEW:] else ""
            yield (
                f"The sheet “{found.sheet.name}” was read with its headings in {said} "
                f"({', '.join(headed[:_FEW]) or 'none'}{more}), and no column is known to be: {' or '.join(labels)}. "
                "Say which column it is, or choose another sheet or row."
            )


def _could_also_be(found: Found, contents: Mapping[int, Contents]) -> Iterator[str]:
    """Name the columns that are not used, though they could be the amount or the day as well."""
    asked = {AMOUNT[found.kind], *_of(found, Holds.DAY)} & found.places.keys()
    for likely in likely_fields(found.kind, found.headings.titles):
        unused = likely.column not in found.told and likely.field in asked and likely.tier == 0
        if (
            unused
            and contents.get(likely.column, Contents()).filled
            and may_hold(likely.field, contents[likely.column])
        ):
            taken = found.places[likely.field]
            yield (
                f"Column {column_letter(likely.column)} (“{found.title(likely.column)}”) could also be the "
                f"{field_named(likely.field).label.lower()}: column {column_letter(taken)} "
                f"(“{found.title(taken)}”) is taken."
            )


def _unlike(found: Found, contents: Mapping[int, Contents]) -> Iterator[str]:
    """Name the columns that are headed like an amount or a day, and hold something else."""
    for likely in likely_fields(found.kind, found.headings.titles):
        holds = field_named(likely.field).holds
        wanted = likely.tier == 0 and holds in (Holds.AMOUNT, Holds.DAY) and likely.field not in found.places
        if (
            wanted
            and likely.column not in found.told
            and not may_hold(likely.field, contents.get(likely.column, Contents()))
        ):
            what = "amounts" if holds is Holds.AMOUNT else "dates"
            where = f"Column {column_letter(likely.column)} (“{found.title(likely.column)}”)"
            yield f"{where} mostly holds no {what}, so it is not used."


def _undated(found: Found) -> Iterator[str]:
    if found.kind is BatchKind.FINANCE and "on_date" not in found.places:
        yield "No column is known to be the date, so these lines count on the day that they come in. Say which it is."


def _of(found: Found, holds: Holds) -> list[str]:
    return [name for name in found.places if field_named(name).holds is holds]
