"""Finding the table in a file: in which sheet it stands and where its headings are, or what a person said of both."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from fundtracker.domain.refusals import Refusal
from fundtracker.domain.statuses import AmountBasis, BatchKind
from fundtracker.domain.text import match_key
from fundtracker.sheets.reading import Sheet
from fundtracker.sheets.tables import any_of
from fundtracker.sheets.tabular.candidates import HeadingRows, find_headings, headings_at
from fundtracker.sheets.tabular.describing import describe
from fundtracker.sheets.tabular.found import Found

# Sheets that repeat or explain what stands elsewhere: taken only where no other sheet has the table.
_LESS_LIKELY = any_of(
    "summary dashboard pivot totals total notes readme lookup lookups lists chart charts guidance instructions old "
    "archive template draft cover contents meta metadata"
)
_NO_HEADINGS = (
    "No row of headings was found in {where}. Put a row of headings above the rows, such as {such_as}, or say in which "
    "row the headings stand."
)
_SUCH_AS = {
    BatchKind.ORGANISATIONS: "Organisation and Charity number",
    BatchKind.APPLICATIONS: "Organisation, Amount requested and Date received",
    BatchKind.AWARDS: "Organisation, Amount awarded and Award date",
    BatchKind.PAYMENTS: "Award reference, Amount and Payment date",
    BatchKind.FINANCE: "Supplier, Amount and Payment date",
}


class NoTableError(Refusal):
    """A file in which no table was found, or none where a person said that it was."""


@dataclass(frozen=True)
class _Look:
    """A sheet with the headings that were found in it, if any."""

    sheet: Sheet
    headings: HeadingRows | None

    @property
    def likelihood(self) -> tuple[object, ...]:
        """Give what the sheets are ordered by, the likeliest highest."""
        score = self.headings.score if self.headings else (0, 0, -2)
        complete, fields = score[0] == 1, score[1]
        plain = not set(match_key(self.sheet.name).split()) & _LESS_LIKELY
        filled = self.headings is not None and bool(self.sheet.rows[self.headings.last + 1 - self.sheet.first_row :])
        return (self.sheet.visible, self.headings is not None, complete, plain, filled, fields)


def find_table(
    kind: BatchKind,
    sheets: Sequence[Sheet],
    *,
    sheet: str | None = None,
    header_row: int | None = None,
    columns: Mapping[str, str] | None = None,
    basis: AmountBasis | None = None,
    all_sheets: bool = False,
) -> Found:
    """
    Find the table of a kind, or take the sheet, header row (0 where there are no headings) and columns that are given.

    With `all_sheets` the sheets that are alike are to be taken with it, and no note says that they are not.
    Raises NoTableError, in a plain sentence, where there is none.
    """
    every = [_Look(one, _headings(one, kind, header_row)) for one in sheets]
    looks = _chosen(every, sheet)
    if header_row and not any(look.headings for look in looks):
        raise NoTableError(f"Row {header_row} is outside the rows of the sheet. Choose another row.")
    best = max(looks, key=lambda look: look.likelihood, default=None)
    if best is None or best.headings is None or not (best.sheet.visible or sheet):
        raise NoTableError(_no_table(kind, sheets, best))
    found = describe(kind, best.sheet, best.headings, columns or {}, basis)
    why = _why(best, looks, chosen_sheet=sheet is not None, chosen_row=header_row is not None)
    alike = [look for look in every if look is not best and look.sheet.visible and _heads_alike(look, best)]
    notes = (*_unread(looks, best, alike, all_sheets=all_sheets), *found.table.notes)
    table = replace(found.table, why=why, other_sheets=tuple(_others(sheets, looks, best)),
                    alike=tuple(look.sheet.name for look in alike), notes=notes)  # fmt: skip
    return replace(found, table=table, alike=[(look.sheet, look.headings) for look in alike if look.headings])


def _chosen(looks: Sequence[_Look], name: str | None) -> Sequence[_Look]:
    if name is None:
        return looks
    for told in (lambda one: one.name == name, lambda one: match_key(one.name) == match_key(name)):
        if found := [look for look in looks if told(look.sheet)]:
            return found[:1]
    names = ", ".join(f"“{look.sheet.name}”" for look in looks) or "none"
    raise NoTableError(f"There is no sheet called “{name}” in this file. Its sheets are: {names}.")


def _headings(sheet: Sheet, kind: BatchKind, header_row: int | None) -> HeadingRows | None:
    if not sheet.rows:
        return None
    if header_row is None:
        return find_headings(sheet, kind)
    last = sheet.first_row + len(sheet.rows) - 1
    if header_row == 0:
        return HeadingRows(0, 0, {}, (0, 0, 0))
    return headings_at(sheet, kind, header_row) if sheet.first_row <= header_row <= last else None


def _no_table(kind: BatchKind, sheets: Sequence[Sheet], best: _Look | None) -> str:
    if best is not None and best.headings is not None:
        return (
            f"Only the hidden sheet “{best.sheet.name}” has a table, with its headings in row {best.headings.last}. "
            "Choose that sheet by its name, or show it in Excel and save the file."
        )
    filled = [one for one in sheets if one.rows]
    if not filled:
        return "Nothing stands in any sheet of this file. Choose another file."
    where = f"the sheet “{filled[0].name}”" if len(filled) == 1 else f"any of its {len(filled)} sheets"
    return _NO_HEADINGS.format(where=where, such_as=_SUCH_AS[kind])


def _why(best: _Look, looks: Sequence[_Look], *, chosen_sheet: bool, chosen_row: bool) -> str:
    assert best.headings is not None  # noqa: S101 - a look without headings is never the one taken
    if chosen_sheet or chosen_row:
        return "It is the sheet and the row that you chose." if chosen_sheet and chosen_row else "It is what you chose."
    told = best.headings.score[1]
    if not told:
        return "It is the widest row of different words that has filled rows below it."
    equal = [look for look in looks if look is not best and look.likelihood == best.likelihood]
    first = f" The first of {len(equal) + 1} such sheets was taken." if equal else ""
    return f"{told} of its headings are the usual ones.{first}"


def _unread(looks: Sequence[_Look], best: _Look, alike: Sequence[_Look], *, all_sheets: bool) -> Iterator[str]:
    """Name the sheets that have the same headings, as where each month has a sheet, and of which nothing is read."""
    together = [look for look in looks if look in alike and not all_sheets]
    yield from _say_unread(together, "Take all such sheets together, or bring")
    apart = (look for look in looks if look is not best and look.sheet.visible and look not in alike)
    yield from _say_unread([look for look in apart if _titles(look) == _titles(best)], "Bring")


def _say_unread(looks: Sequence[_Look], do: str) -> Iterator[str]:
    names = [f"“{look.sheet.name}”" for look in looks]
    if len(names) == 1:
        yield f"The sheet {names[0]} has the same headings, and nothing of it is read. {do} it in by its name."
    elif names:
        said = f"{', '.join(names[:-1])} and {names[-1]}"
        yield f"The sheets {said} have the same headings, and nothing of them is read. {do} each in by its name."


def _titles(look: _Look) -> frozenset[str] | None:
    return None if look.headings is None else frozenset(_by_column(look).values())


def _heads_alike(look: _Look, best: _Look) -> bool:
    return bool(_by_column(best)) and _by_column(look) == _by_column(best)


def _by_column(look: _Look) -> dict[int, str]:
    return {column: match_key(words[0]) for column, words in look.headings.titles.items()} if look.headings else {}


def _others(sheets: Sequence[Sheet], looks: Sequence[_Look], best: _Look) -> Iterator[tuple[str, str]]:
    by_name = {look.sheet.name: look for look in looks}
    for one in sheets:
        look = by_name.get(one.name)
        if one is best.sheet:
            continue
        if not one.rows:
            why = "it is empty"
        elif look is None:
            why = "another sheet was chosen"
        elif look.headings is None:
            why = "it has no row of headings"
        else:
            why = f"its headings, in row {look.headings.last}, name {look.headings.score[1] or 'none'} of the fields"
        yield one.name, why if one.visible or not one.rows else f"it is hidden, and {why}"
