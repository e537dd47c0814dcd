"""Every table, so that one import makes the whole schema known."""

from fundtracker.store.applications import Application, application_outcome
from fundtracker.store.approvals import ApprovalLimits, ApprovalRequest, ApprovalStep
from fundtracker.store.assessments import Assessment, AssessmentScore, Criterion, Recommendation
from fundtracker.store.awards import Award, AwardLine, Payment
from fundtracker.store.base import Base
from fundtracker.store.bids import Bid
from fundtracker.store.books import Book, Entry
from fundtracker.store.decisions import DecisionGap, DecisionRecord, DecisionSignature
from fundtracker.store.events import Event
from fundtracker.store.expected import ExpectedReceipt
from fundtracker.store.files import Attachment
from fundtracker.store.forecasts import ExceptionRule, ExceptionStep, ForecastRecord
from fundtracker.store.funds import BudgetLine, Fund, FundOutcome
from fundtracker.store.history import Change, Detail, Seal, Writing
from fundtracker.store.imports import Batch, BatchRow, SavedMap, WaitingFile
from fundtracker.store.interests import Interest
from fundtracker.store.match_funding import MatchFunding
from fundtracker.store.notes import Note
from fundtracker.store.office import Area, Objective, Office, SentForm
from fundtracker.store.organisations import Organisation, OrganisationIdentifier, OtherName
from fundtracker.store.papers import Paper, PaperSignature, PaperWords, WordTemplate
from fundtracker.store.people import (
    Absence,
    AddressCount,
    OutsideIdentity,
    Person,
    PersonRole,
    RecoveryCode,
    SecondFactor,
    SignIn,
)
from fundtracker.store.periods import Accrual, BalanceAssertion, PeriodRecord
from fundtracker.store.reconciling import Explained, FinanceLine, Matching, MatchingEntry, MatchingLine
from fundtracker.store.returns import MonitoringReturn
from fundtracker.store.runs import PaymentRun, RunLine
from fundtracker.store.schedules import Claim, ClaimItem, Instalment
from fundtracker.store.terms import Agreement, AwardCondition

__all__ = [
    "Absence",
    "Accrual",
    "AddressCount",
    "Agreement",
    "Application",
    "ApprovalLimits",
    "ApprovalRequest",
    "ApprovalStep",
    "Area",
    "Assessment",
    "AssessmentScore",
    "Attachment",
    "Award",
    "AwardCondition",
    "AwardLine",
    "BalanceAssertion",
    "Base",
    "Batch",
    "BatchRow",
    "Bid",
    "Book",
    "BudgetLine",
    "Change",
    "Claim",
    "ClaimItem",
    "Criterion",
    "DecisionGap",
    "DecisionRecord",
    "DecisionSignature",
    "Detail",
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
    "Interest",
    "MatchFunding",
    "Matching",
    "MatchingEntry",
    "MatchingLine",
    "MonitoringReturn",
    "Note",
    "Objective",
    "Office",
    "Organisation",
    "OrganisationIdentifier",
    "OtherName",
    "OutsideIdentity",
    "Paper",
    "PaperSignature",
    "PaperWords",
    "Payment",
    "PaymentRun",
    "PeriodRecord",
    "Person",
    "PersonRole",
    "Recommendation",
    "RecoveryCode",
    "RunLine",
    "SavedMap",
    "Seal",
    "SecondFactor",
    "SentForm",
    "SignIn",
    "WaitingFile",
    "WordTemplate",
    "Writing",
    "application_outcome",
]
