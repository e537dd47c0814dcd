"""Rows that may be a table's headings: told by what they say, or else by how they stand above what is below them."""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice

from fundtracker.domain.statuses import BatchKind
from fundtracker.domain.text import match_key
from fundtracker.services.bringing.fields import NEEDED
from fundtracker.sheets.headings import groups_of, words_of
from fundtracker.sheets.reading import Cell, Sheet
from fundtracker.sheets.tabular.contents import contents_of
from fundtracker.sheets.tabular.matching import Titles, likely_fields

DEEPEST = 250  # rows that are looked through for headings
_FURTHER = 50  # rows that are still looked through below good headings
_BELOW = 3
_LONGEST = 200


@dataclass(frozen=True)
class HeadingRows:
    """One or two rows of headings, with the titles of each column; the more like headings, the higher the score."""

    first: int
    last: int
    titles: Titles
    score: tuple[int, ...] = ()

    @property
    def complete(self) -> bool:
        """Say whether there is a heading for everything that such rows need."""
        return bool(self.score and self.score[0])


def find_headings(sheet: Sheet, kind: BatchKind) -> HeadingRows | None:
    """Find the rows that head most fields of a kind, the first of equals; where none do, those that stand like it."""
    best: HeadingRows | None = None
    for number, cells in islice(sheet.numbered(), DEEPEST):
        if best and best.complete and number > best.last + _FURTHER:
            break
        for found in _readings(sheet, kind, number, cells):
            if best is None or found.score > best.score:
                best = found
    return best if best and (best.complete or best.score[1] > 1) else _standing_like_headings(sheet) or best


def headings_at(sheet: Sheet, kind: BatchKind, number: int) -> HeadingRows:
    """Take a row for the last row of headings, with the row above it where they are headings only together."""
    cells = row_at(sheet, number)
    single = _single(sheet, kind, number, cells)
    joined = list(_joined(sheet, kind, number - 1, row_at(sheet, number - 1), cells))
    return max((single, *joined), key=lambda headings: headings.score)


def row_at(sheet: Sheet, number: int) -> tuple[Cell, ...]:
    """Give a row by the number that Excel shows beside it; nothing where it is outside the sheet."""
    at = number - sheet.first_row
    return sheet.rows[at] if 0 <= at < len(sheet.rows) else ()


def _readings(sheet: Sheet, kind: BatchKind, number: int, cells: tuple[Cell, ...]) -> Iterator[HeadingRows]:
    single = _single(sheet, kind, number, cells)
    if single.score[1]:
        yield single
        yield from _joined(sheet, kind, number - 1, row_at(sheet, number - 1), cells)
        yield from _joined(sheet, kind, number, cells, row_at(sheet, number + 1))


def _single(sheet: Sheet, kind: BatchKind, number: int, cells: tuple[Cell, ...]) -> HeadingRows:
    titles = {
        column: (_title(cell),)
        for column, cell in enumerate(cells, start=1)
        if not isinstance(cell, str) or cell.strip()
    }
    last = max(
        (bottom for (top, left), (bottom, _) in sheet.merged if top == number and left in titles), default=number
    )
    if any(cell != "" for below in range(number + 1, last + 1) for cell in row_at(sheet, below)):
        last = number
    return _scored(kind, HeadingRows(number, last, titles))


def _joined(
    sheet: Sheet, kind: BatchKind, number: int, above: tuple[Cell, ...], below: tuple[Cell, ...]
) -> Iterator[HeadingRows]:
    """Read two rows as one: the upper grouping the lower, or the lower going on where the upper breaks off."""
    upper, lower = words_of(above), words_of(below)
    if not upper or not lower or any(c.isdigit() for words in lower.values() for c in words):
        return
    times = [match_key(words) for words in lower.values()]
    groups = groups_of(sheet, number, upper, lower)
    both = sorted(upper.keys() | lower.keys())
    if len(set(groups.values())) < len(groups):
        titles = {}
        for column in both:
            over = upper[groups[column]] if column in groups else upper.get(column, "")
            own = lower.get(column, "")
            alone = (own,) if own and times.count(match_key(own)) == 1 else ()
            group = (over,) if own and over and "date" not in match_key(own).split() else ()
            titles[column] = tuple(filter(None, (f"{over} {own}".strip(), *group, *alone)))
        yield _scored(kind, HeadingRows(number, number + 1, titles))
    wrapped = {column: (f"{upper.get(column, '')} {lower.get(column, '')}".strip(),) for column in both}
    yield _scored(kind, HeadingRows(number, number + 1, wrapped))


def _scored(kind: BatchKind, headings: HeadingRows) -> HeadingRows:
    """Score headings: whether they have all that is needed, then how many fields they name, then one row over two."""
    fields = {likely.field for likely in likely_fields(kind, headings.titles) if likely.tier == 0}
    complete = all(needed & fields for needed in NEEDED[kind])
    words = [title[0] for title in headings.titles.values()]
    like_headings = all(len(word) <= _LONGEST for word in words) and contents_of(words).amounts <= len(words) // 3
    score = (int(complete and like_headings), len(fields), headings.first - headings.last)
    return HeadingRows(headings.first, headings.last, headings.titles, score)


def _standing_like_headings(sheet: Sheet) -> HeadingRows | None:
    """Find the widest row of different words with filled cells below them, the first of equals."""
    best: HeadingRows | None = None
    for number, cells in islice(sheet.numbered(), DEEPEST):
        words = words_of(cells)
        under = [row_at(sheet, number + down) for down in range(1, _BELOW + 1)]
        filled = {c for row in under for c, cell in enumerate(row, start=1) if cell != ""}
        plain = {match_key(word) for word in words.values() if len(word) <= _LONGEST and not _is_figure(word)}
        if len(plain) == len(words) > 1 and len(filled & words.keys()) > 1:
            found = _single_plain(sheet, number, cells, len(words))
            best = found if best is None or found.score > best.score else best
    return best


def _single_plain(sheet: Sheet, number: int, cells: tuple[Cell, ...], width: int) -> HeadingRows:
    single = _single(sheet, BatchKind.AWARDS, number, cells)
    return HeadingRows(single.first, single.last, single.titles, (0, 0, width))


def _is_figure(word: str) -> bool:
    seen = contents_of([word])
    return bool(seen.days or seen.amounts)


def _title(cell: Cell) -> str:
    return str(int(cell)) if isinstance(cell, float) and cell.is_integer() else str(cell)
