"""A bid from its recording to its fund: recorded, sent, won in part, and its fund open with the money, by keyboard."""

from tests.journeys.watched import Watched


def test_a_bid_won_opens_its_fund(officer: Watched) -> None:
    record(officer)
    send(officer)
    win(officer)
    officer.follow("Safer Streets, round two")
    officer.sees("Won in part", "£7,500.00 less than was asked for", "It opened")
    officer.was_quiet(refused=3)


def record(officer: Watched) -> None:
    officer.follow("Record a bid")
    officer.press("Record the bid")
    officer.follow_problems("Enter what the bid is for", "Enter the funder: whose money it is")
    officer.fill({"What the bid is for": "Safer Streets, round two", "Funder": "Home Office"})
    officer.fill({"Amount asked for": "50,000"})
    officer.press("Record the bid")
    officer.sees("BID-001", "In development", "£50,000.00")


def send(officer: Watched) -> None:
    officer.follow("Record that it was sent")
    officer.press("Record it")
    officer.follow_problems("Choose what happened")
    officer.check("Submitted: the funder has it")
    officer.press("Record it")
    officer.sees("BID-001 is submitted.")


def win(officer: Watched) -> None:
    officer.follow("Record it as won")
    officer.fill({"Amount won": "42,500", "Reference": "SSF21"})
    officer.press("Check what was won")
    officer.follow_problems("Enter the decision reference: accepting the money allocates it")
    officer.fill({"Decision reference": "PCC/D/2020/51", "Outcomes": "Fewer burglaries\nSafer parks"})
    officer.press("Check what was won")
    officer.sees("Nothing is recorded yet", "Won in part, £7,500.00 less than was asked for")
    officer.press("Change funder")
    officer.fill({"Funder": "The Home Office"})
    officer.press("Check what was won")
    officer.press_about("Open SSF21 with £42,500.00")
    officer.sees("BID-001 is won in part.", "£42,500.00", "Fewer burglaries", "The Home Office")
