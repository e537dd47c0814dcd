"""The history's pages: who did what, found by person, day, fund, kind, amount and record, and in a workbook."""

import re
from collections.abc import Callable
from io import BytesIO
from typing import Any

import pytest
from flask import Flask
from openpyxl import load_workbook
from sqlalchemy import select

from fundtracker.domain.roles import Actor, Role
from fundtracker.services.history.heads import find_head
from fundtracker.store.chain import GENESIS, digest
from fundtracker.store.organisations import Organisation
from fundtracker.store.people import Person
from fundtracker.store.transactions import BY, transaction
from tests.books.builder import Books
from tests.web.visitor import Visitor, words

SignIn = Callable[[Role], Visitor]


@pytest.fixture
def kept(books: Books, signed_in: SignIn) -> Books:
    """Keep two funds and a payment; the name of one was edited by a person, for a reason."""
    fund = books.fund("5,000", reference="SRF20")
    award = books.award(fund, "600")
    books.pay(award, "50")
    books.fund("70", reference="CSF20", name="Community fund")
    with transaction(books.session) as session:
        session.add(Person(id=901, email="ann@example.org", name="Ann Finance", role=Role.FINANCE))
    books.session.info[BY] = Actor("Ann Finance", 901)
    with transaction(books.session, why="The funder renamed it") as session:
        fund.name = "Safer Roads 2020"
    books.session.info.pop(BY)
    return books


def test_says_who_did_what_when_and_why(kept: Books, signed_in: SignIn) -> None:
    page = words(signed_in(Role.VIEWER).get("/history"))

    assert "Changed fund SRF20" in page
    assert "Safer Roads Fund 2020 → Safer Roads 2020" in page
    assert "The funder renamed it" in page
    assert "Ann Finance" in page
    assert "Amount: £50.00" in page
    assert f"Head of the history: {find_head(kept.session)}" in page


@pytest.mark.parametrize(("address", "shown", "hidden"), [
    ("who=901", "Safer Roads 2020", "£50.00"),
    ("who=command+line", "£50.00", "renamed it"),
    ("fund=CSF20", "£70.00", "£50.00"),
    ("what=payment", "SRF20-001/1", "renamed it"),
    ("least=50&most=50", "£50.00", "£5,000.00"),
    ("of=payment/SRF20-001/1", "£50.00", "£600.00"),
    ("of=award/SRF20-001", "£600.00", "£5,000.00"),
    ("of=entry/1", "£5,000.00", "£600.00"),
    ("since=1+April+2020", "£50.00", "No changes match"),
    ("until=1+April+2020", "No changes match", "£50.00"),
    ("text=renamed", "Safer Roads 2020", "£50.00"),
])  # fmt: skip
def test_is_filtered(kept: Books, signed_in: SignIn, address: str, shown: str, hidden: str) -> None:
    page = words(signed_in(Role.VIEWER).get(f"/history?{address}"))

    assert shown in page
    assert hidden not in page.split("Head of the history")[0].split("Filter")[-1]


def test_says_what_it_does_not_understand_and_pages_by_number(kept: Books, signed_in: SignIn) -> None:
    visitor = signed_in(Role.VIEWER)
    assert "There is no such record. The history is not filtered by it." in words(visitor.get("/history?of=x/1"))
    with transaction(kept.session) as session:
        session.add_all(Organisation(name=f"Council {n}", match_key=f"council {n}") for n in range(60))

    first = visitor.get("/history?what=organisation").text
    older = re.search(r'href="(/history\?[^"]*before=\d+)"', first)
    assert older is not None
    assert len(re.findall("Recorded organisation", first)) == 50
    assert len(re.findall("Recorded organisation", visitor.get(older[1].replace("&amp;", "&")).text)) == 11


def test_the_workbook_can_be_sealed_again(kept: Books, signed_in: SignIn) -> None:
    answer = signed_in(Role.VIEWER).get("/history.xlsx")

    workbook = load_workbook(BytesIO(answer.data))
    sheets: dict[str, Any] = {sheet.title: sheet for sheet in workbook}
    titles, *rows = [[cell.value for cell in row] for row in sheets["History"].iter_rows()]
    at = {title: place for place, title in enumerate(titles)}
    previous = GENESIS
    for row in sorted((row for row in rows if isinstance(row[0], int)), key=lambda row: row[0]):
        by_id, by = row[at["Person"]] or None, row[at["Who"]]
        done = {"Recorded": "added", "Changed": "changed", "Removed": "removed"}.get(row[at["What was done"]], "found")
        fields = (row[at["When (UTC)"]], by_id, None if by_id else by, done, row[at["Table"]], row[at["Row"]],
                  row[at["Before (as kept)"]], row[at["After (as kept)"]], row[at["Why"]] or "",
                  row[at["Request"]] or "")  # fmt: skip
        previous = digest(previous, row[0], fields)
        assert previous.hex() == row[at["Hash"]], row
    facts = {row[0].value: row[1].value for row in sheets["About"].iter_rows()}
    assert facts["Head of the history"] == str(find_head(kept.session))
    assert facts["Head of the history"].endswith(previous.hex())


def test_a_record_leads_to_its_history(kept: Books, signed_in: SignIn) -> None:
    visitor = signed_in(Role.FINANCE)
    for page, of in (
        ("/awards/SRF20-001", "award/SRF20-001"),
        ("/entries/1", "entry/1"),
        ("/funds/SRF20", "fund/SRF20"),
    ):
        assert f'href="/history?of={of}"' in visitor.get(page).text.replace("%2F", "/")


def test_a_form_names_who_sent_it_why_and_in_which_request(kept: Books, signed_in: SignIn, app: Flask) -> None:
    visitor = signed_in(Role.FINANCE)
    visitor.post("/funds/SRF20/suspend", step="record", once=visitor.key("/funds/SRF20/suspend"), on="30/6/2020",
                 narrative="The funder asked", decision="PCC/D/2020/9")  # fmt: skip

    page = words(visitor.get("/history?of=fund/SRF20"))

    assert "Status: open → suspended" in page
    assert "The funder asked" in page


def test_only_the_administrator_erases_a_persons_details(kept: Books, signed_in: SignIn) -> None:
    person = kept.organisation("Zebedee Quill", type="Individual")
    number, administrator = person.id, signed_in(Role.ADMINISTRATOR)
    address = f"/organisations/{number}/erase"
    assert f'href="{address}"' in administrator.get(f"/history?of=organisation/{number}").text
    assert signed_in(Role.FINANCE).get(address).status_code == 403

    shown = administrator.post(address, step="check", once=administrator.key(address), why="Asked on 1 June")
    assert "Check before you erase" in words(shown)
    done = administrator.post(address, step="record", once=administrator.key(address), why="Asked on 1 June")

    assert done.status_code == 303
    kept.session.rollback()
    assert (
        kept.session.scalars(select(Organisation.name).where(Organisation.id == number)).one() == f"Individual {number}"
    )
    assert "Zebedee" not in administrator.get(f"/history?of=organisation/{number}").text
