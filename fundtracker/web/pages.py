"""Every blueprint, in the order of the navigation."""

from importlib import import_module

from flask import Blueprint

from fundtracker.web import lists

# A blueprint whose pages stand in several modules is named by each of them, and joined once.
MODULES = (
    *("home.page", "sign_in", "password", "search.page", "rows.page", "summary.page"),
    *("funds.page", "funds.opening", "ledgers"),
    *("funds.moving", "funds.transfers", "funds.recorded", "funds.states", "funds.lines"),
    *("applications.log", "applications.page", "applications.steps", "applications.decisions"),
    *("awards.page", "awards.varying", "awards.ending", "awards.gifts", "awards.dossier"),
    *("approvals.page", "approvals.deciding", "approvals.limits"),
    *("payments.page", "payments.due", "payments.runs", "payments.confirming", "payments.refunds", "payments.wrong"),
    *("schedules.planning", "schedules.holding", "claims.page", "payments.wrong_fund", "funds.coding"),
    *("entries.page", "entries.undoing"),
    *("reconcile.page", "reconcile.listed", "reconcile.explaining", "reconcile.by_hand", "reconcile.undoing"),
    *("reconcile.workbook", "periods.page"),
    *("organisations.page", "organisations.suggestions", "organisations.adding", "organisations.merging"),
    *("imports.upload", "imports.columns", "imports.look", "imports.batches", "imports.undo"),
    *("cash.sides", "cash.expecting", "accruals.listing", "accruals.recording", "accruals.suggestions"),
    *("year_end.statements", "year_end.following", "year_end.matched", "assertions"),
    *("pictures.page", "reports.page", "reports.year", "reports.briefing", "reports.passport"),
    *("reports.panel", "reports.wording", "reports.papers", "reports.templates"),
    *("reports.exceptions", "reports.forecast", "reports.cliffs", "funds.forecasting", "reports.rules"),
    *("history.page", "history.erasing", "returns.listing", "returns.page"),
    *("agreements.page", "agreements.conditions", "agreements.letters"),
    *("notes", "files", "interests", "decisions.page", "decisions.drafting", "decisions.gaps"),
    *("assessing.page", "assessing.ranking", "assessing.meeting"),
    *("single_sign_on", "second_step", "own_sign_in"),
    *("bids.page", "bids.winning", "words.page", "people", "absences", "settings"),
)

_IMPORTED = (*(import_module(f"fundtracker.web.{name}") for name in MODULES), *lists.MODULES)
BLUEPRINTS: tuple[Blueprint, ...] = tuple(dict.fromkeys(module.pages for module in _IMPORTED))
