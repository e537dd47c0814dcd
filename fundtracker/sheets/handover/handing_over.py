"""The hand-over: one ZIP of everything, written from a copy of the books while the office works."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from hashlib import sha256
from pathlib import Path
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from sqlalchemy import Connection, Engine, select
from sqlalchemy.orm import Session, joinedload

from fundtracker.domain.text import slug
from fundtracker.domain.years import LONDON, FinancialYear, last_day, now, today, year_label
from fundtracker.services.keeping.copies import copied
from fundtracker.services.keeping.files import put, working_folder
from fundtracker.services.office import find_office
from fundtracker.services.recount import recount
from fundtracker.services.summaries import summarise
from fundtracker.sheets.handover.described import described, handed_over
from fundtracker.sheets.handover.readme import readme
from fundtracker.sheets.handover.tables import csv_lines, table_csv, table_files, table_json
from fundtracker.sheets.handover.workbook import write_office
from fundtracker.sheets.journal import write_journal
from fundtracker.sheets.kept import kept_file
from fundtracker.sheets.ledger import write_ledger
from fundtracker.sheets.papers.summary import write_summary
from fundtracker.store.funds import BudgetLine
from fundtracker.store.papers import Paper

SUMS = "SHA256SUMS.txt"
_COLUMNS = ("table", "column", "holds", "empty", "means")


@dataclass
class Package:
    """A ZIP being written, with the digest of each of its files."""

    zip: ZipFile
    sums: list[str] = field(default_factory=list)

    def add(self, name: str, chunks: Iterable[bytes]) -> None:
        """Write one file."""
        digest, part = sha256(), ZipInfo(name, now().astimezone(LONDON).timetuple()[:6])
        part.compress_type = ZIP_DEFLATED
        with self.zip.open(part, "w", force_zip64=True) as file:
            for chunk in chunks:
                digest.update(chunk)
                file.write(chunk)
        self.sums.append(f"{digest.hexdigest()}  {name}\n")

    def finish(self) -> None:
        """Write the digests."""
        self.zip.writestr(SUMS, "".join(self.sums))


def write_handover(engine: Engine, path: Path, migrations: Path, *, made_by: str) -> Path:
    """Write all of an office's records into one file, whole or not at all; a folder takes it under its own name."""
    folder = path if path.is_dir() else path.parent
    with working_folder(folder) as room, copied(engine, room, migrations) as copy:
        part = room / "handover.zip"
        with part.open("xb") as file, ZipFile(file, "w", ZIP_DEFLATED) as package:
            office = _fill(Package(package), copy, made_by)
        whole = folder / f"{slug(office)}-handover-{today().isoformat()}.zip" if path.is_dir() else path
        put(part, whole)
    return whole


def _fill(package: Package, copy: Engine, made_by: str) -> str:
    with Session(copy) as session:
        office = find_office(session).name
        summary, counted = summarise(session), recount(session)
        package.add("README.txt", [readme(summary, office, counted, now()).encode()])
        for name, chunks in _papers(session, made_by):
            package.add(name, chunks)
    package.add("ledger.xlsx", write_ledger(copy, made_by=made_by).chunks)
    package.add("ledger.journal", (line.encode() for line in write_journal(copy)))
    package.add("columns.csv", csv_lines(_COLUMNS, described()))
    with copy.connect() as connection:
        package.add("office.xlsx", write_office(connection, office, made_by))
        _add_tables(package, connection)
        _add_files(package, connection)
    package.finish()
    return office


def _papers(session: Session, made_by: str) -> Iterator[tuple[str, Iterable[bytes]]]:
    for year in session.scalars(select(BudgetLine.year).distinct().order_by(BudgetLine.year)).all():
        # A year that has not begun has nothing to say yet.
        day = min(today(), last_day(FinancialYear(year)))
        made = write_summary(session, day=day, year=FinancialYear(year), made_by=made_by)
        yield f"summary-{year_label(year).replace('/', '-')}.xlsx", made.chunks
    for paper in session.scalars(select(Paper).options(joinedload(Paper.template)).order_by(Paper.id)):
        file = kept_file(paper)
        yield f"papers/{paper.reference}-{file.name}", [file.content]


def _add_tables(package: Package, connection: Connection) -> None:
    for table in handed_over():
        package.add(f"csv/{table.name}.csv", table_csv(connection, table))
        package.add(f"json/{table.name}.json", table_json(connection, table))


def _add_files(package: Package, connection: Connection) -> None:
    listed = []
    for table in handed_over():
        for name, content in table_files(connection, table):
            package.add(f"files/{name}", [content])
            listed.append((table.name, name.split("-")[1], name, len(content)))
    package.add("files.csv", csv_lines(("table", "id", "file", "bytes"), listed))
