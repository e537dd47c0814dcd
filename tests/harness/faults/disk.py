"""
A disk under SQLite that notes every write and can be full: the functions SQLite calls for its files, taken over.

SQLite reaches the system through a table of functions (sqlite.org/vfs.html). A copy of it is registered as the default,
with the few functions replaced that write, cut, synchronise and delete: no compiler is needed, nothing is preloaded.
"""

import _sqlite3
import ctypes
from collections.abc import Iterator
from contextlib import contextmanager
from ctypes import POINTER, Structure, c_char_p, c_int, c_int64, c_void_p
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

FULL = 13  # SQLITE_FULL
_NAME = b"fundtracker-noted"
# A file keeps the address of its name, so that it is passed on as an address and not as text.
_OPEN = ctypes.CFUNCTYPE(c_int, c_void_p, c_void_p, c_void_p, c_int, c_void_p)
_DELETE = ctypes.CFUNCTYPE(c_int, c_void_p, c_char_p, c_int)
_CLOSE = ctypes.CFUNCTYPE(c_int, c_void_p)
_WRITE = ctypes.CFUNCTYPE(c_int, c_void_p, c_void_p, c_int, c_int64)
_TRUNCATE = ctypes.CFUNCTYPE(c_int, c_void_p, c_int64)
_SYNC = ctypes.CFUNCTYPE(c_int, c_void_p, c_int)
_SIZE = ctypes.CFUNCTYPE(c_int, c_void_p, POINTER(c_int64))


class _Files(Structure):
    """The table of functions of the disk: what is replaced, and what is passed over."""

    _fields_ = [
        ("version", c_int), ("file_size", c_int), ("longest", c_int), ("next", c_void_p), ("name", c_char_p),
        ("data", c_void_p), ("open", _OPEN), ("delete", _DELETE), ("rest", c_void_p * 14),
    ]  # fmt: skip


class _File(Structure):
    """The table of functions of one file."""

    _fields_ = [
        ("version", c_int), ("close", _CLOSE), ("read", c_void_p), ("write", _WRITE), ("truncate", _TRUNCATE),
        ("sync", _SYNC), ("size", _SIZE), ("rest", c_void_p * 12),
    ]  # fmt: skip


@dataclass(frozen=True)
class Op:
    """One thing done to a file: written at an offset, cut to a size, synchronised or deleted; or something answered."""

    kind: str
    path: str = ""
    at: int = 0
    content: bytes = b""


@dataclass
class Disk:
    """What was done to the files of a folder, and how many bytes its files may still grow by (any, where not said)."""

    folder: str
    room: int | None = None
    refused: int = 0
    ops: list[Op] = field(default_factory=list)

    def note(self, kind: str, path: str = "", at: int = 0, content: bytes = b"") -> None:
        """Note what was done to a file of the folder, or that something was answered."""
        if not path or path.startswith(self.folder):
            self.ops.append(Op(kind, path, at, content))

    def takes(self, path: str, grows_by: int) -> bool:
        """Say whether there is room for a file to grow by so many bytes, and take it."""
        if self.room is None or grows_by <= 0 or not path.startswith(self.folder):
            return True
        if grows_by > self.room:
            self.refused += 1
            return False
        self.room -= grows_by
        return True


class _Noted:
    """SQLite's own functions, and ours around them; kept for good, since a connection may outlive its test."""

    def __init__(self) -> None:
        library = _library()
        find, self.register = library.sqlite3_vfs_find, library.sqlite3_vfs_register
        find.restype, self.register.argtypes = POINTER(_Files), [c_void_p, c_int]
        self.disk: Disk | None = None
        self.system: Any = find(None)
        self.paths: dict[int, str] = {}
        self.tables: dict[int, tuple[_File, _File]] = {}  # by the address of the system's own
        own = self.system.contents
        self.files = _Files.from_buffer_copy(own)
        self.files.name = _NAME
        self.files.open, self.files.delete = _OPEN(self._open), _DELETE(self._delete)
        self.registered = self.register(ctypes.byref(self.files), 0)

    def default(self, *, ours: bool) -> None:
        """Have SQLite open its files through ours, or through the system's own."""
        self.register(ctypes.byref(self.files) if ours else self.system, 1)

    def _note(self, kind: str, path: str, at: int = 0, content: bytes = b"") -> None:
        if self.disk is not None and path:
            self.disk.note(kind, path, at, content)

    def _open(self, files: int, name: int | None, file: int, flags: int, told: int | None) -> int:
        code: int = self.system.contents.open(files, name, file, flags, told)
        functions = ctypes.cast(file, POINTER(c_void_p))
        if code == 0 and name is not None and functions[0]:
            self.paths[file] = ctypes.string_at(name).decode()
            functions[0] = ctypes.addressof(self._around(int(functions[0])))
        return code

    def _around(self, system: int) -> _File:
        if system not in self.tables:
            own = _File.from_address(system)
            ours = _File.from_buffer_copy(own)
            ours.close = _CLOSE(lambda file: (self.paths.pop(file, ""), own.close(file))[1])
            ours.write = _WRITE(lambda *given: self._write(own, *given))
            ours.truncate = _TRUNCATE(lambda file, size: self._did("truncate", file, size, own.truncate(file, size)))
            ours.sync = _SYNC(lambda file, flags: self._did("sync", file, 0, own.sync(file, flags)))
            self.tables[system] = own, ours
        return self.tables[system][1]

    def _write(self, own: _File, file: int, content: int, size: int, at: int) -> int:
        path, now = self.paths.get(file, ""), c_int64()
        if self.disk is not None and self.disk.room is not None:
            own.size(file, ctypes.byref(now))
            if not self.disk.takes(path, at + size - now.value):
                return FULL
        self._note("write", path, at, ctypes.string_at(content, size))
        code: int = own.write(file, content, size, at)
        return code

    def _did(self, kind: str, file: int, at: int, code: int) -> int:
        self._note(kind, self.paths.get(file, ""), at)
        return code

    def _delete(self, files: int, name: bytes, sync_folder: int) -> int:
        self._note("delete", name.decode(), sync_folder)
        code: int = self.system.contents.delete(files, name, sync_folder)
        return code


_noted: _Noted | None = None


def _library() -> ctypes.CDLL:
    return ctypes.CDLL(getattr(_sqlite3, "__file__", None))


within_reach = hasattr(_library(), "sqlite3_vfs_register")
"""Whether this Python shows SQLite's functions to others: one that has it built in may not."""


@contextmanager
def noted_disk(folder: Path) -> Iterator[Disk]:
    """Note what connections opened from now on do to the files of a folder."""
    global _noted  # noqa: PLW0603 - SQLite keeps the address of what is registered
    _noted = _noted or _Noted()
    _noted.disk = Disk(str(folder.resolve()))
    _noted.default(ours=True)
    try:
        yield _noted.disk
    finally:
        _noted.default(ours=False)
        _noted.disk = None
