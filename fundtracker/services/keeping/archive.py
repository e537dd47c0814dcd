"""A backup's file: a ZIP that holds the manifest, a page that explains it, and the rows of each table."""

import json
import zlib
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from hashlib import sha256
from pathlib import Path
from typing import IO, BinaryIO
from zipfile import ZIP_DEFLATED, BadZipFile, ZipFile, ZipInfo

from fundtracker.domain.refusals import Refusal
from fundtracker.services.keeping.manifest import Manifest, Part, read_manifest

MANIFEST, README = "manifest.json", "README.txt"
_LEVEL = 3  # zlib's level 6 makes a file an eighth smaller, in twice the time
_LARGEST_MANIFEST = 4_000_000  # bytes; one of a hundred tables has forty thousand

_WORDS = """\
This is a backup of the books of {office},
made by fundtracker {program} on {made_at:%d %B %Y at %H:%M:%S} UTC.

To bring it back:   fundtracker restore THIS-FILE.zip

It holds every row of every table, personal details and password hashes among them:
keep it as safe as the office's own database. It does not hold the key that signs
cookies, so after a restore everybody signs in again.

manifest.json         what is here, with the number of rows and the SHA-256 of each file
tables/NAME.jsonl     the rows of one table in the order of their key, one JSON object a line;
                      money is whole pence, moments are UTC, bytes are base64

Any program can check it. In the folder where it was unpacked,
   sha256sum tables/*.jsonl
prints the digests that manifest.json gives, and
   export LC_ALL=C; sha256sum tables/*.jsonl | sha256sum
prints the one of the whole ("sha256"), which is the same wherever every row is the same.
"""


class BackupRefusal(Refusal):
    """A file that is no backup, that was altered or damaged, or that does not fit."""


class Writer:
    """Writes a backup's parts, one after the other, and counts and digests what it writes."""

    def __init__(self, file: BinaryIO) -> None:
        self._zip = ZipFile(file, "w", ZIP_DEFLATED, compresslevel=_LEVEL)
        self.parts: list[Part] = []

    def add(self, table: str, columns: tuple[str, ...], lines: Iterable[bytes]) -> None:
        """Write the rows of one table."""
        part = Part(table, columns, 0, "")
        with self._zip.open(part.name, "w", force_zip64=True) as file:
            self.parts.append(count(part, lines, file))

    def finish(self, manifest: Manifest) -> None:
        """Write what explains the whole, and end the file."""
        self._zip.writestr(MANIFEST, json.dumps(manifest.to_json(), ensure_ascii=False, indent=1))
        self._zip.writestr(README, _WORDS.format(**vars(manifest)))
        self._zip.close()


def count(part: Part, lines: Iterable[bytes], into: IO[bytes] | None = None) -> Part:
    """Count and digest the lines of a table, and write them where that is asked for."""
    digest, rows = sha256(), 0
    for line in lines:
        digest.update(line)
        rows += 1
        if into is not None:
            into.write(line)
    return Part(part.table, part.columns, rows, digest.hexdigest())


class Archive:
    """A backup that was opened and found whole."""

    def __init__(self, package: ZipFile) -> None:
        self._zip = package
        self.manifest = self._manifest()

    def lines(self, part: Part) -> Iterator[bytes]:
        """Give the rows of one table."""
        with self._zip.open(part.name) as file:
            yield from file

    def check(self) -> None:
        """Compare every table with the manifest; raises BackupRefusal for the first that differs."""
        here = {name for name in self._zip.namelist() if name not in (MANIFEST, README)}
        if here != {part.name for part in self.manifest.parts}:
            raise BackupRefusal("This backup does not hold the tables that its manifest lists, so it is not restored.")
        for part in self.manifest.parts:
            if count(part, self.lines(part)) != part:
                raise BackupRefusal(
                    f"This backup was altered or damaged: the rows of {part.table} are not those that its manifest "
                    "was made for. Nothing was restored; take another copy of it."
                )

    def _manifest(self) -> Manifest:
        try:
            about: ZipInfo = self._zip.getinfo(MANIFEST)
            if about.file_size > _LARGEST_MANIFEST:
                raise ValueError("too large")
            return read_manifest(json.loads(self._zip.read(MANIFEST)))
        except (KeyError, TypeError, ValueError, AttributeError, Refusal) as error:
            raise BackupRefusal(
                "This is not a backup that this fundtracker can read: its manifest is missing, altered or of a later "
                "format. Nothing was restored."
            ) from error


@contextmanager
def open_archive(path: Path) -> Iterator[Archive]:
    """Open a backup and compare all of it with its manifest; raises BackupRefusal."""
    try:
        with ZipFile(path) as package:
            archive = Archive(package)
            archive.check()
            yield archive
    except (BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError) as error:
        raise BackupRefusal(f"{path} is no backup, or a damaged one: {error}. Nothing was restored.") from error
