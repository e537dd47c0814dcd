"""The container of old Excel workbooks (.xls): sectors in chains, as [MS-CFB] lays them out."""

import struct
from collections.abc import Sequence
from dataclasses import dataclass

from fundtracker.sheets.unsafe import damaged

_HEADER, _ENTRY, _SMALL = 512, 128, 64
_IN_HEADER = 109  # places of the lists of chains that the header has room for
_NO_SECTOR = 0xFFFFFFFA
_STREAM = 2


def stream(content: bytes, names: Sequence[str]) -> bytes:
    """Give the stream of the first of these names; nothing where there is none, or its chain leads nowhere."""
    (shift,) = struct.unpack_from("<H", content, 30)
    directory, _, smallest, small_lists = struct.unpack_from("<4I", content, 48)
    size = 1 << min(shift, 12)
    sectors = _Sectors(content[size:], size, _numbers(_lists(content, size)))
    listed = sectors.chain(directory)
    for at in range(0, len(listed) - _ENTRY + 1, _ENTRY):
        first, length = struct.unpack_from("<II", listed, at + 116)
        if at == 0:  # what is too small for sectors of its own stands in the first entry's, cut up smaller
            small = _Sectors(sectors.chain(first), _SMALL, _numbers(sectors.chain(small_lists)))
        elif listed[at + 66] == _STREAM and _name(listed[at : at + _SMALL + 2]) in names:
            return (small if length < smallest else sectors).chain(first)[:length]
    return b""


@dataclass(frozen=True)
class _Sectors:
    """Sectors of one size, and which follows which."""

    content: bytes
    size: int
    following: Sequence[int]

    def chain(self, first: int) -> bytes:
        """Give what stands in a chain of sectors; raises WorkbookRefusedError for one that goes round."""
        found: list[bytes] = []
        sector = first
        while sector < len(self.following):
            if len(found) == len(self.following):
                raise damaged()
            found.append(self.content[sector * self.size : (sector + 1) * self.size])
            sector = self.following[sector]
        return b"".join(found)


def _lists(content: bytes, size: int) -> bytes:
    """Give the sectors that say which follows which, in their order."""
    places = list(struct.unpack_from(f"<{_IN_HEADER}I", content, _HEADER - _IN_HEADER * 4))
    further, most = struct.unpack_from("<I", content, 68)[0], len(content) // size
    while further < most and len(places) < most:
        *more, further = _numbers(content[(further + 1) * size : (further + 2) * size].ljust(size, b"\xff"))
        places += more
    return b"".join(content[(place + 1) * size : (place + 2) * size] for place in places if place < _NO_SECTOR)


def _numbers(content: bytes) -> tuple[int, ...]:
    return struct.unpack_from(f"<{len(content) // 4}I", content)


def _name(entry: bytes) -> str:
    (length,) = struct.unpack_from("<H", entry, _SMALL)
    return entry[: max(min(length, _SMALL) - 2, 0)].decode("utf-16-le", "replace")
