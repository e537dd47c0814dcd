"""
One glance over the bytes of a sheet, as nearly every program writes it, in place of going through it tag by tag.

It answers only where signs that are not there prove that the sheet has nothing to tell but rows that are hidden; of
every other sheet the tags are gone through.
"""

import re

from fundtracker.sheets.files.unsaid import Scan, Unsaid, listen

Bytes = bytes | bytearray

# A cell that does not state, first and in capital letters, a place that there is room for whichever is the furthest:
# within 32 columns of 249,999 rows (most stand within 26 of 99,999), or within 256 of 29,999.
_FAR_DOWN = re.compile(
    rb'<c(?! r="[A-Z][1-9][0-9]{0,4}")(?! r="(?:[A-Z]|A[A-F])(?:[1-9][0-9]{0,4}|1[0-9]{5}|2[0-4][0-9]{4})")'
)
_FAR_RIGHT = re.compile(rb'<c(?! r="(?:[A-Z]|[A-H][A-Z]|I[A-V])(?:[1-9][0-9]{0,3}|[12][0-9]{4})")')
_BEGINS = b"<sheetData"
# Error cells, a second list of rows, shared texts before the first, attributes in single quotes, comments and other
# tags that are none. The letter that each has and few sheets do is looked for first, since that takes next to no time.
_ODD = ((b"e", b't="e"'), (b"h", _BEGINS), (b"-", b't="s"><v>-'), (b"'", b"='"), (b"!", b"<!"), (b"\0", b"\0"))
_FORMULA = re.compile(rb"<f[\s/>]")
_WITH_RESULT = re.compile(rb"<f(?:\s[^>]*)?(?:/>|>[^<]*</f>)\s*<v>\s*[^<\s]")
_HIDDEN = re.compile(rb"<row\s[^>]*\bhidden=[^>]*>")
_HIDDEN_ROW = re.compile(rb'<row r="([0-9]{1,6})"[^>]*\shidden="(1|true|0|false)"')


def unsaid(sheet: Bytes) -> Unsaid:
    """Give what calamine leaves unsaid of a sheet; raises WorkbookRefusedError for one that is too large, or no XML."""
    hidden = _glance(sheet)
    if hidden is not None:
        return Unsaid({}, hidden)
    scan = Scan()
    listen(sheet, scan)
    return scan.found


def _glance(sheet: Bytes) -> set[int] | None:
    """Give the hidden rows of a sheet that has nothing else to tell; None where only its tags can say."""
    begins, ends = sheet.find(_BEGINS) + len(_BEGINS), sheet.rfind(b"</sheetData>")
    if not len(_BEGINS) <= begins <= ends or sheet.find(_BEGINS, ends) >= 0:
        return None
    if any(sheet.find(one, begins, ends) >= 0 and sheet.find(all_, begins, ends) >= 0 for one, all_ in _ODD):
        return None
    if _FAR_DOWN.search(sheet, begins, ends) and _FAR_RIGHT.search(sheet, begins, ends):
        return None
    if sheet.find(b"f", begins, ends) >= 0 and not _have_results(sheet, begins, ends):
        return None
    if sheet.find(b"h", begins, ends) < 0 or sheet.find(b"hidden", begins, ends) < 0:
        return set()
    return _hidden(sheet, begins, ends)


def _have_results(sheet: Bytes, begins: int, ends: int) -> bool:
    return len(_FORMULA.findall(sheet, begins, ends)) == len(_WITH_RESULT.findall(sheet, begins, ends))


def _hidden(sheet: Bytes, begins: int, ends: int) -> set[int] | None:
    found = _HIDDEN_ROW.findall(sheet, begins, ends)
    if len(found) != len(_HIDDEN.findall(sheet, begins, ends)):
        return None
    return {int(number) for number, says in found if says in (b"1", b"true")}
