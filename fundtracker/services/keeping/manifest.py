"""What a backup says of itself: whose it is, when and by what it was made, and each table's rows and digest."""

from dataclasses import dataclass
from datetime import UTC, datetime
from hashlib import sha256
from typing import Any

from fundtracker.services.history.heads import Head, parse_head

FORMAT = 1


@dataclass(frozen=True)
class Part:
    """One table of a backup: its columns, how many rows, and the SHA-256 of its file."""

    table: str
    columns: tuple[str, ...]
    rows: int
    sha256: str

    @property
    def name(self) -> str:
        """Name the table's file in the backup."""
        return f"tables/{self.table}.jsonl"


@dataclass(frozen=True, kw_only=True)
class Manifest:
    """A backup: the office's name, the moment in UTC, the program, migration and engine, and what it holds."""

    office: str
    made_at: datetime
    program: str
    migration: str
    engine: str
    last_entry: int
    history: Head | None
    parts: tuple[Part, ...]

    @property
    def sha256(self) -> str:
        """Give the SHA-256 of the list that `sha256sum tables/*` prints: equal where every row is equal."""
        return sha256("".join(f"{part.sha256}  {part.name}\n" for part in self.parts).encode()).hexdigest()

    @property
    def rows(self) -> int:
        """Count the rows of every table."""
        return sum(part.rows for part in self.parts)

    def to_json(self) -> dict[str, Any]:
        """Give the manifest as it stands in the file."""
        return {
            "format": FORMAT,
            "office": self.office,
            "made_at": self.made_at.astimezone(UTC).isoformat(timespec="seconds").replace("+00:00", "Z"),
            "program": self.program,
            "migration": self.migration,
            "engine": self.engine,
            "last_entry": self.last_entry,
            "history": str(self.history) if self.history else None,
            "sha256": self.sha256,
            "tables": [
                {"table": part.table, "rows": part.rows, "sha256": part.sha256, "columns": list(part.columns)}
                for part in self.parts
            ],
        }


def read_manifest(said: dict[str, Any]) -> Manifest:
    """
    Read a manifest.

    Raises KeyError, TypeError, ValueError or Refusal where it is none of this format, or was altered.
    """
    if said["format"] != FORMAT:
        raise ValueError("another format")
    found = Manifest(
        office=str(said["office"]),
        made_at=datetime.fromisoformat(said["made_at"]),
        program=str(said["program"]),
        migration=str(said["migration"]),
        engine=str(said["engine"]),
        last_entry=int(said["last_entry"]),
        history=parse_head(said["history"]) if said["history"] else None,
        parts=tuple(_part(one) for one in said["tables"]),
    )
    if found.sha256 != said["sha256"]:
        raise ValueError("the digests are not those of the whole")
    return found


def _part(said: dict[str, Any]) -> Part:
    return Part(str(said["table"]), tuple(map(str, said["columns"])), int(said["rows"]), str(said["sha256"]))
