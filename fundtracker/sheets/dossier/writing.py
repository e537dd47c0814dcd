"""The dossier's ZIP: a page, a workbook, JSON, files, the history from the award's first change on, and its checker."""

import json
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from tempfile import TemporaryFile
from typing import IO
from zipfile import ZIP_DEFLATED, ZipFile

from sqlalchemy import Connection, Engine, Table
from sqlalchemy.orm import Session

from fundtracker import __version__
from fundtracker.domain.text import slug
from fundtracker.domain.years import long_moment, now
from fundtracker.services.dossiers import Dossier, chain_of, open_dossier
from fundtracker.services.history.reading import read_changes
from fundtracker.services.history.telling import tell
from fundtracker.services.office import find_office
from fundtracker.sheets.dossier.page import page
from fundtracker.sheets.handover.handing_over import Package
from fundtracker.sheets.handover.readable import Readable
from fundtracker.sheets.handover.tables import table_files, table_json
from fundtracker.sheets.handover.workbook import write_tables
from fundtracker.sheets.stream import Download

CHECKER = Path(__file__).with_name("check_history.py")
ZIP = "application/zip"
_AT_ONCE = 65_536
_WORDS = """\
The dossier of award {reference}, written for {made_by} on {moment}
by fundtracker {version} of {office}.

dossier.html            all of it to read and print
dossier.xlsx            the same as a workbook
json/                   the award, its application and all that is part of them; money is whole pence
context/                the fund, the budget lines and the recipient, as they are now
files/                  files attached to any of it
history/chain.jsonl     every change of the office's books from this award's first to the last
check_history.py        checks all of this, with nothing but Python 3

HOW TO TELL WHETHER ANYTHING WAS ALTERED
The head of the history when this was written was
   {head}
Do not trust the head printed here: take one from a workbook, a paper or a backup's answer
that the office gave somebody else, written before or on the day of this dossier, and run
   python3 check_history.py {head}
with that head in place of this one. It hashes every change again, from this award's first to
the last, and fails if any was altered, left out or put in; it fails too if a row in json/ is
not as its last change left it, or a row of this award is missing. That is why changes of
other records are here as well: the hash of each covers the one before it, so none can be
passed over. They hold no details of people, which the books keep apart from the history.

It does not prove that what was recorded was true; nor what is in context/, in the names and
details of people, or in what follows from others (sums of a line, which its entries make up).
A head of a change later than {number} needs a newer dossier.
"""


def write_dossier(engine: Engine, session: Session, reference: str, *, made_by: str) -> Download:
    """Write an award's dossier; raises NotFoundRefusal, and InterestDeclaredError for whoever may not see all of it."""
    dossier, made_at, file = open_dossier(session, reference), now(), TemporaryFile()  # noqa: SIM115 - sent, then closed
    with ZipFile(file, "w", ZIP_DEFLATED) as zipped:
        package = Package(zipped)
        _add_words(package, session, dossier, made_by, made_at)
        session.rollback()  # the history is long, and is read without keeping anybody waiting
        chain = (json.dumps(change, ensure_ascii=False).encode() + b"\n" for change in chain_of(engine, dossier))
        package.add("history/chain.jsonl", chain)
        package.add("check_history.py", [CHECKER.read_bytes()])
        package.finish()
    file.seek(0)
    return Download(f"dossier-{slug(reference)}-{made_at:%Y-%m-%d}.zip", _sent(file))


def _add_words(package: Package, session: Session, dossier: Dossier, made_by: str, made_at: datetime) -> None:
    office, when = find_office(session).name, long_moment(made_at)
    said = _WORDS.format(
        reference=dossier.award.reference, made_by=made_by, moment=when, version=__version__, office=office,
        head=dossier.head, number=dossier.head.number,
    )  # fmt: skip
    package.add("README.txt", [said.encode()])
    facts = [
        f"{office}. Written for {made_by} on {when}.",
        f"The history's head: {dossier.head}. README.txt says how to check that nothing was altered.",
    ]
    title, readable = f"Award {dossier.award.reference}", Readable(session.connection())
    wanted = {**dossier.parts, **dossier.context}
    rows = {table: list(readable.rows(table, chosen)) for table, chosen in wanted.items()}
    lines = tell(session, read_changes(session, dossier.wanted, size=None))
    package.add("dossier.html", (part.encode() for part in page(title, facts, readable, rows, lines)))
    counted = {table: (len(found), found) for table, found in rows.items()}
    package.add("dossier.xlsx", write_tables(readable, counted, title, office, made_by, head=str(dossier.head)))
    _add_records(package, session.connection(), dossier, {table for table, found in rows.items() if found})


def _add_records(package: Package, connection: Connection, dossier: Dossier, there: set[Table]) -> None:
    for table, wanted in {**dossier.parts, **dossier.context}.items():
        if table in there:
            folder = "json" if table in dossier.parts else "context"
            package.add(f"{folder}/{table.name}.json", table_json(connection, table, wanted))
            for name, content in table_files(connection, table, wanted):
                package.add(f"files/{name}", [content])
    parts = {
        table.name: {"key": [column.name for column in table.primary_key], "links": dossier.links[table.name]}
        for table in dossier.parts
    }
    package.add("history/parts.json", [json.dumps(parts, indent=1).encode()])


def _sent(file: IO[bytes]) -> Iterator[bytes]:
    with file:
        while some := file.read(_AT_ONCE):
            yield some
