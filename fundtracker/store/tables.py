"""Every table, so that one import makes the whole schema known."""

from fundtracker.store.applications import Application, application_outcome
from fundtracker.store.awards import Award, AwardLine, Payment
from fundtracker.store.base import Base
from fundtracker.store.bids import Bid
from fundtracker.store.books import Book, Entry
from fundtracker.store.events import Event
from fundtracker.store.funds import BudgetLine, Fund, FundOutcome
from fundtracker.store.office import Area, Batch, Objective, Office, SentForm, WaitingFile
from fundtracker.store.organisations import Organisation, OtherName
from fundtracker.store.people import Person, SignIn

__all__ = [
    "Application",
    "Area",
    "Award",
    "AwardLine",
    "Base",
    "Batch",
    "Bid",
    "Book",
    "BudgetLine",
    "Entry",
    "Event",
    "Fund",
    "FundOutcome",
    "Objective",
    "Office",
    "Organisation",
    "OtherName",
    "Payment",
    "Person",
    "SentForm",
    "SignIn",
    "WaitingFile",
    "application_outcome",
]
