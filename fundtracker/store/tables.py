"""Every table, so that one import makes the whole schema known."""

from fundtracker.store.applications import Application, application_outcome
from fundtracker.store.approvals import ApprovalLimits, ApprovalRequest, ApprovalStep
from fundtracker.store.awards import Award, AwardLine, Payment
from fundtracker.store.base import Base
from fundtracker.store.bids import Bid
from fundtracker.store.books import Book, Entry
from fundtracker.store.events import Event
from fundtracker.store.expected import ExpectedReceipt
from fundtracker.store.forecasts import ExceptionRule, ExceptionStep, ForecastRecord
from fundtracker.store.funds import BudgetLine, Fund, FundOutcome
from fundtracker.store.imports import Batch, BatchRow, SavedMap, WaitingFile
from fundtracker.store.office import Area, Objective, Office, SentForm
from fundtracker.store.organisations import Organisation, OrganisationIdentifier, OtherName
from fundtracker.store.papers import Paper, PaperSignature, PaperWords, WordTemplate
from fundtracker.store.people import Person, SignIn
from fundtracker.store.periods import Accrual, BalanceAssertion, PeriodRecord
from fundtracker.store.reconciling import Explained, FinanceLine, Matching, MatchingEntry, MatchingLine
from fundtracker.store.runs import PaymentRun, RunLine
from fundtracker.store.schedules import Claim, ClaimItem, Instalment

__all__ = [
    "Accrual",
    "Application",
    "ApprovalLimits",
    "ApprovalRequest",
    "ApprovalStep",
    "Area",
    "Award",
    "AwardLine",
    "BalanceAssertion",
    "Base",
    "Batch",
    "BatchRow",
    "Bid",
    "Book",
    "BudgetLine",
    "Claim",
    "ClaimItem",
    "Entry",
    "Event",
    "ExceptionRule",
    "ExceptionStep",
    "ExpectedReceipt",
    "Explained",
    "FinanceLine",
    "ForecastRecord",
    "Fund",
    "FundOutcome",
    "Instalment",
    "Matching",
    "MatchingEntry",
    "MatchingLine",
    "Objective",
    "Office",
    "Organisation",
    "OrganisationIdentifier",
    "OtherName",
    "Paper",
    "PaperSignature",
    "PaperWords",
    "Payment",
    "PaymentRun",
    "PeriodRecord",
    "Person",
    "RunLine",
    "SavedMap",
    "SentForm",
    "SignIn",
    "WaitingFile",
    "WordTemplate",
    "application_outcome",
]
