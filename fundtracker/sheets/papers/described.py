"""Charts said in words, for those who do not see them: openpyxl has no way to write it."""

from collections.abc import Sequence
from io import BytesIO
from xml.sax.saxutils import quoteattr
from zipfile import ZipFile

_DRAWING = "xl/drawings/drawing1.xml"  # all charts of our workbooks stand on one sheet


def described(file: bytes, charts: Sequence[tuple[str, str]]) -> bytes:
    """Give a workbook with the name and the words of each of its charts, in their order."""
    if not charts:
        return file
    made = BytesIO()
    with ZipFile(BytesIO(file)) as before, ZipFile(made, "w") as after:
        for name in before.namelist():
            content = before.read(name)
            after.writestr(name, _named(content.decode(), charts).encode() if name == _DRAWING else content)
    return made.getvalue()


def _named(drawing: str, charts: Sequence[tuple[str, str]]) -> str:
    for number, (title, words) in enumerate(charts, start=1):
        drawing = drawing.replace(f'name="Chart {number}"', f"name={quoteattr(title)} descr={quoteattr(words)}")
    return drawing
