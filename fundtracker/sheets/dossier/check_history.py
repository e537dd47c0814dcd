"""
Check an award's dossier against a head of the history that was printed elsewhere. Needs nothing but Python 3.

    python3 check_history.py 1204:9f3b...

The head stands in every workbook of the office and beside every backup. Without one, this shows only that the dossier
agrees with itself.
"""

import hashlib
import json
import struct
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

VERSION = b"fundtracker-audit-v1\n"
NULL = b"\xff\xff\xff\xff"
TABLE, ROW, AFTER = 4, 5, 7  # places in a change's ten fields


def digest(previous: str, number: int, fields: list[Any]) -> str:
    """Hash a change: the version, the hash before it, its number, then each field with its length."""
    parts = [VERSION, bytes.fromhex(previous), struct.pack(">Q", number)]
    for field in fields:
        words = b"" if field is None else str(field).encode()
        parts.append(NULL if field is None else struct.pack(">I", len(words)) + words)
    return hashlib.sha256(b"".join(parts)).hexdigest()


def follow(folder: Path, heads: set[tuple[int, str]], last: dict[tuple[str, str], Any]) -> Iterator[str]:
    """Follow the chain to its end, say what is wrong with it, and note what each row was last left as."""
    before: dict[str, Any] = {}
    change = {}
    with (folder / "history" / "chain.jsonl").open(encoding="utf-8") as file:
        for line in file:
            change = json.loads(line)
            number, fields = change["change"], change["fields"]
            if before and (number, change["seal"]) != (before["change"] + 1, before["seal"] + 1):
                yield f"A change is missing between {before['change']} and {number}."
            if before and change["previous_hash"] != before["hash"]:
                yield f"Change {number} does not follow from the one before it."
            if digest(change["previous_hash"], number, fields) != change["hash"]:
                yield f"Change {number} is not as it was sealed."
            heads.discard((number, change["hash"]))
            last[fields[TABLE], fields[ROW]] = fields[AFTER]
            before = change
    if not change:
        yield "The dossier holds no history."
    yield from (f"The history here does not hold the head {number}:{hash_}." for number, hash_ in sorted(heads))


def compare(folder: Path, last: dict[tuple[str, str], Any]) -> Iterator[str]:
    """Hold each row of the dossier against the last change of it."""
    parts = json.loads((folder / "history" / "parts.json").read_text(encoding="utf-8"))
    here: dict[str, set[str]] = {}
    for table, part in parts.items():
        file = folder / "json" / f"{table}.json"  # one for each table that has rows
        for row in json.loads(file.read_text(encoding="utf-8")) if file.exists() else ():
            named = (table, "/".join(str(row[name]) for name in part["key"]))
            here.setdefault(table, set()).add(named[1])
            after = last.pop(named, None)
            if after is None:
                yield f"Row {named[1]} of {table} is here, and no change tells of it."
            elif wrong := sorted(differing(row, json.loads(after, strict=False))):
                yield f"Row {named[1]} of {table} is not as its last change left it: {', '.join(wrong)}."
    for (table, number), after in last.items():
        if after is not None and table in parts:
            row, links = json.loads(after, strict=False), parts[table]["links"]
            if any(str(row.get(name)) in here.get(target, ()) for name, target in links.items()):
                yield f"Row {number} of {table} belongs to this award, and is not here."


def differing(row: dict[str, Any], after: dict[str, Any]) -> Iterator[str]:
    """Name the columns that differ; who did something is told by number where there is one."""
    for name, value in after.items():
        by_number = name.endswith("_by") and row.get(f"{name}_id") is not None
        if name in row and not by_number and row[name] != value:
            yield name


def main(folder: Path, written: list[str]) -> int:
    """Check a dossier that was unpacked into a folder, against heads written like 1204:9f3b...; 1 where it fails."""
    heads = {(int(number), hash_.lower()) for number, _, hash_ in (head.partition(":") for head in written)}
    last: dict[tuple[str, str], Any] = {}
    faults = [*follow(folder, heads, last), *compare(folder, last)]
    print(*(faults or ["Every row is as its last change left it, and every change is as it was sealed."]), sep="\n")
    if not faults and not written:
        print("No printed head was given, so this shows only that the dossier agrees with itself.")
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main(Path(__file__).parent, sys.argv[1:]))
