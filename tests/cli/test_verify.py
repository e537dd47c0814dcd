"""`fundtracker verify` answers for people and for programs, and `erase` leaves a history that holds."""

from sqlalchemy import create_engine, text
from sqlalchemy.orm import Session

from tests.books.builder import Books
from tests.cli.conftest import Office


def test_verify_holds_with_an_anchor_and_says_what_was_altered(office: Office) -> None:
    head = office.ask("verify")["head"]
    said = office.run("verify", "--anchor", head)
    assert said.exit_code == 0
    assert "The history holds" in said.output
    assert f"Its head is {head}" in said.output

    engine = create_engine(office.url)
    with engine.begin() as connection:
        connection.execute(text("UPDATE office SET panel_name = 'Another panel'"))
    engine.dispose()

    answer = office.ask("verify", "--anchor", head, status=1)
    assert answer["holds"] is False
    assert ["has no seal" in fault for fault in answer["faults"]] == [True]
    assert "is not the head of a history" in office.ask("verify", "--anchor", "12", status=1)["refused"]


def test_erase_leaves_a_history_that_holds(office: Office) -> None:
    engine = create_engine(office.url)
    with Session(engine) as session:
        number = Books(session).organisation("Zebedee Quill", type="Individual").id
    engine.dispose()
    head = office.ask("verify", status=0)["head"]

    assert office.ask("erase", str(number), "--why", "Asked for on 1 June") == {
        "name": f"Individual {number}", "changes": 0, "papers": 0
    }  # fmt: skip

    assert office.ask("verify", "--anchor", head)["holds"] is True
