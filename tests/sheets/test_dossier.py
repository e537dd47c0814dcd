"""The dossier of an award: whole, readable, and altered nowhere that the printed head would not show."""

import json
import subprocess
import sys
import zipfile
from collections.abc import Callable
from io import BytesIO
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from sqlalchemy import Engine
from sqlalchemy.orm import Session

from fundtracker.domain.roles import Actor, Role
from fundtracker.services import applications, awards
from fundtracker.services.dossiers import open_dossier
from fundtracker.services.history.heads import find_head
from fundtracker.services.interests import InterestDeclaredError, declare_interest
from fundtracker.services.people import add_person
from fundtracker.sheets.dossier.check_history import digest, main
from fundtracker.sheets.dossier.writing import write_dossier
from fundtracker.store.engine import open_engine
from fundtracker.store.transactions import BY
from tests.books.builder import Books, pence

NAME = "Wellington <Town> Council"
Change = Callable[[Path], None]


def keep(books: Books) -> tuple[str, str]:
    """Award an application and pay it, then do more elsewhere; give the award's reference and the history's head."""
    fund, payee = books.fund("100"), books.organisation(NAME)
    details = applications.ApplicationDetails(fund=fund, organisation=payee, asked_for=pence("70"))
    asked = books.do(applications.log_application, details=details)
    share = awards.Share(line=fund.lines[0], amount=pence("60"))
    award = books.do(
        awards.record_award,
        details=awards.AwardDetails(recipient=payee, shares=(share,), application=asked, reasons="Agreed"),
    )
    books.pay(award, "50")
    books.award(fund, "10", to=books.organisation("Another council"))
    reference, head = award.reference, str(find_head(books.session))
    books.session.rollback()
    return reference, head


def unpack(engine: Engine, reference: str, folder: Path) -> zipfile.ZipFile:
    with Session(engine) as session:
        made = write_dossier(engine, session, reference, made_by="An auditor")
        package = zipfile.ZipFile(BytesIO(b"".join(made.chunks)))
    package.extractall(folder)
    return package


def test_it_is_whole_readable_and_checks_itself_with_nothing_but_python(books: Books, tmp_path: Path) -> None:
    reference, head = keep(books)
    package = unpack(books.session.get_bind().engine, reference, tmp_path)

    checker = [sys.executable, "-I", "check_history.py", head]
    said = subprocess.run(checker, cwd=tmp_path, capture_output=True, text=True, check=False)

    assert (said.returncode, said.stderr) == (0, "")
    assert said.stdout == "Every row is as its last change left it, and every change is as it was sealed.\n"
    assert head in package.read("README.txt").decode()
    page = package.read("dossier.html").decode()
    for words in (f"Award {reference}", "Wellington &lt;Town&gt; Council", "£50.00", "£70.00", "Agreed", head):
        assert words in page
    assert [row["amount"] for row in json.loads(package.read("json/entry.json"))] == [6_000, 5_000]
    assert [row["name"] for row in json.loads(package.read("context/organisation.json"))] == [NAME]
    assert {"Award", "Application", "Entry", "Payment"} <= set(
        openpyxl.load_workbook(BytesIO(package.read("dossier.xlsx"))).sheetnames
    )


def chain(folder: Path) -> list[dict[str, Any]]:
    lines = (folder / "history" / "chain.jsonl").read_text(encoding="utf-8").splitlines()
    return [json.loads(line) for line in lines]


def keep_chain(folder: Path, changes: list[dict[str, Any]]) -> None:
    (folder / "history" / "chain.jsonl").write_text("".join(f"{json.dumps(one)}\n" for one in changes), "utf-8")


def of_payment(changes: list[dict[str, Any]]) -> dict[str, Any]:
    return next(one for one in changes if one["fields"][4] == "entry" and '"amount":5000' in one["fields"][7])


def row(folder: Path) -> None:
    file = folder / "json" / "entry.json"
    file.write_text(file.read_text("utf-8").replace("5000", "4000"), "utf-8")


def no_row(folder: Path) -> None:
    for table in ("entry", "payment"):
        file = folder / "json" / f"{table}.json"
        file.write_text(json.dumps(json.loads(file.read_text("utf-8"))[:-1]), "utf-8")


def one_more(folder: Path) -> None:
    file = folder / "json" / "payment.json"
    [paid] = json.loads(file.read_text("utf-8"))
    file.write_text(json.dumps([paid, {**paid, "id": 99}]), "utf-8")


def altered(folder: Path) -> None:
    changes = chain(folder)
    of_payment(changes)["fields"][7] = of_payment(changes)["fields"][7].replace("5000", "4000")
    keep_chain(folder, changes)
    row(folder)


def altered_and_hashed(folder: Path) -> None:
    changes = chain(folder)
    one = of_payment(changes)
    one["fields"][7] = one["fields"][7].replace("5000", "4000")
    one["hash"] = digest(one["previous_hash"], one["change"], one["fields"])
    keep_chain(folder, changes)
    row(folder)


def no_change(folder: Path) -> None:
    keep_chain(folder, [one for one in chain(folder) if one != of_payment(chain(folder))])


def no_end(folder: Path) -> None:
    keep_chain(folder, chain(folder)[:-1])


def all_hashed_again(folder: Path) -> None:
    changes = chain(folder)
    of_payment(changes)["fields"][7] = of_payment(changes)["fields"][7].replace("5000", "4000")
    for before, one in zip([None, *changes], changes, strict=False):
        one["previous_hash"] = before["hash"] if before else one["previous_hash"]
        one["hash"] = digest(one["previous_hash"], one["change"], one["fields"])
    keep_chain(folder, changes)
    row(folder)


ALTERED: dict[Change, str] = {
    row: "is not as its last change left it: amount",
    no_row: "belongs to this award, and is not here",
    one_more: "is here, and no change tells of it",
    altered: "is not as it was sealed",
    altered_and_hashed: "does not follow from the one before it",
    no_change: "A change is missing",
    no_end: "does not hold the head",
    all_hashed_again: "does not hold the head",
}


def test_whatever_is_altered_shows_against_the_printed_head(
    sqlite_url: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    engine = open_engine(sqlite_url)
    with Session(engine) as session:
        reference, head = keep(Books(session))
    package = unpack(engine, reference, tmp_path / "whole")
    assert main(tmp_path / "whole", [head]) == 0
    for number, (change, says) in enumerate(ALTERED.items()):
        folder = tmp_path / str(number)
        package.extractall(folder)
        change(folder)

        assert main(folder, [head]) == 1, change
        assert says in capsys.readouterr().out
    # Whoever hashes all of it again is seen by the head alone, which is why it is printed elsewhere.
    assert main(tmp_path / str(len(ALTERED) - 1), []) == 0
    assert "No printed head was given" in capsys.readouterr().out
    engine.dispose()


def test_who_declared_an_interest_is_not_given_every_later_change(sqlite_url: str) -> None:
    engine = open_engine(sqlite_url)
    with Session(engine) as session:
        books = Books(session)
        reference, _ = keep(books)
        details = applications.ApplicationDetails(
            fund=books.fund("5", name="Another"), organisation=books.organisation("Riders"), asked_for=pence("1")
        )
        other = books.do(applications.log_application, details=details)
        person = books.change(add_person, email="o@example.org", name="Officer", role=Role.COMMISSIONING)
        officer = Actor(person.name, person.id)
        session.info[BY] = officer
        assert open_dossier(session, reference).award.reference == reference
        books.change(declare_interest, touching=other, words="My sister asks.", by=officer)

        with pytest.raises(InterestDeclaredError, match="Ask somebody else to download it"):
            open_dossier(session, reference)
    engine.dispose()
