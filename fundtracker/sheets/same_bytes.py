"""A zip package written so that the same content gives the same bytes, whenever and wherever it is made again."""

import io
import re
import zipfile
from datetime import UTC, datetime

_CORE = "docProps/core.xml"
_FIRST = ("[Content_Types].xml", "_rels/.rels", "mimetype")
_MOMENT = re.compile(rb"(<dcterms:(created|modified)\b[^>]*>)[^<]*(</dcterms:\2>)")
_EARLIEST = 1980  # no zip can hold an earlier year
_ON_UNIX, _PLAIN_FILE = 3, 0o100644 << 16


def same_bytes(file: bytes, moment: datetime) -> bytes:
    """
    Give a workbook or Word file again with one moment in it throughout and its parts in one order.

    Its parts are stored and not compressed, for what a compressor makes of them differs from release to release.
    """
    at = moment.astimezone(UTC).replace(microsecond=0)
    made = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(file)) as before, zipfile.ZipFile(made, "w", zipfile.ZIP_STORED) as after:
        for name in sorted((part for part in before.namelist() if not part.endswith("/")), key=_place):
            content = before.read(name)
            after.writestr(_part(name, at), _dated(content, at) if name == _CORE else content)
    return made.getvalue()


def _place(name: str) -> tuple[int, str]:
    return (_FIRST.index(name) if name in _FIRST else len(_FIRST), name)


def _part(name: str, at: datetime) -> zipfile.ZipInfo:
    day = max(at, datetime(_EARLIEST, 1, 1, tzinfo=UTC))
    part = zipfile.ZipInfo(name, day.timetuple()[:6])
    part.create_system, part.external_attr = _ON_UNIX, _PLAIN_FILE
    return part


def _dated(core: bytes, at: datetime) -> bytes:
    return _MOMENT.sub(rb"\g<1>" + f"{at:%Y-%m-%dT%H:%M:%SZ}".encode() + rb"\g<3>", core)
