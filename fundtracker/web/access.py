"""Who may open which page: one table from endpoint to power, denied unless it is listed."""

from typing import Final

from flask import Flask, abort, flash, redirect, request, url_for
from werkzeug.wrappers import Response

from fundtracker.domain.roles import Power
from fundtracker.web.events import log_event
from fundtracker.web.powers.approvals import APPROVALS
from fundtracker.web.powers.cases import CASES
from fundtracker.web.powers.history import HISTORY
from fundtracker.web.powers.people import PEOPLE
from fundtracker.web.powers.terms import TERMS
from fundtracker.web.signed_in import signed_in, waiting_person

PUBLIC: Final = None

ACCESS: dict[str, Power | None] = {
    "static": PUBLIC,
    "home.live": PUBLIC,
    "home.ready": PUBLIC,
    "home.accessibility": PUBLIC,
    "home.words": PUBLIC,
    "home.index": Power.ENTER,
    "search.index": Power.READ,
    "summary.index": Power.READ,
    "summary.download": Power.READ,
    "rows.index": Power.READ,
    "rows.download": Power.READ,
    "funds.index": Power.READ,
    "funds.download": Power.READ,
    "funds.show": Power.READ,
    "funds.open": Power.RECORD,
    "funds.recorded": Power.READ,
    "funds.allocate": Power.RECORD,
    "funds.reduce": Power.RECORD,
    "funds.record_cut": Power.RECORD,
    "funds.set_allowance": Power.RECORD,
    "funds.transfer": Power.RECORD,
    "funds.carry_forward": Power.RECORD,
    "funds.record_receipt": Power.RECORD,
    "funds.return_to_funder": Power.RECORD,
    "funds.suspend": Power.RECORD,
    "funds.close": Power.RECORD,
    "funds.reopen": Power.RECORD,
    "funds.add_line": Power.RECORD,
    "funds.coding": Power.PAY,
    "ledger.index": Power.READ,
    "ledger.download": Power.READ,
    "cash.index": Power.READ,
    "cash.download": Power.READ,
    "cash.fund": Power.READ,
    "cash.expect": Power.PAY,
    "cash.submit": Power.PAY,
    "cash.drop": Power.PAY,
    "accruals.index": Power.READ,
    "accruals.download": Power.READ,
    "accruals.journal": Power.READ,
    "accruals.record": Power.PAY,
    "accruals.suggested": Power.PAY,
    "accruals.undo": Power.PAY,
    "year_end.index": Power.READ,
    "year_end.statement": Power.READ,
    "year_end.workbook": Power.READ,
    "year_end.follow": Power.PAY,
    "year_end.matched": Power.PAY,
    "assertions.index": Power.READ,
    "assertions.record": Power.PAY,
    "applications.index": Power.READ,
    "applications.download": Power.READ,
    "awards.index": Power.READ,
    "awards.download": Power.READ,
    "payments.index": Power.READ,
    "payments.download": Power.READ,
    "organisations.index": Power.READ,
    "organisations.download": Power.READ,
    "bids.index": Power.READ,
    "bids.download": Power.READ,
    "bids.show": Power.READ,
    "reports.index": Power.READ,
    "reports.panel": Power.READ,
    "reports.quarter": Power.READ,
    "reports.panel_file": Power.READ,
    "reports.words": Power.RECORD,
    "reports.papers": Power.READ_FROZEN,
    "reports.paper": Power.READ_FROZEN,
    "reports.paper_file": Power.READ_FROZEN,
    "reports.keep": Power.REPORT,
    "reports.sign": Power.SIGN,
    "reports.year": Power.READ,
    "reports.year_workbook": Power.READ,
    "reports.briefings": Power.READ,
    "reports.briefing": Power.READ,
    "reports.briefing_workbook": Power.READ,
    "reports.passports": Power.READ,
    "reports.passport": Power.READ,
    "reports.passport_workbook": Power.READ,
    "reports.pictures": Power.READ,
    "reports.picture": Power.READ,
    "reports.picture_csv": Power.READ,
    "reports.picture_workbook": Power.READ,
    "bids.new": Power.RECORD,
    "bids.move_on": Power.RECORD,
    "bids.win": Power.RECORD,
    "bids.reopen": Power.RECORD,
    "applications.start": Power.RECORD,
    "applications.log": Power.RECORD,
    "applications.show": Power.READ,
    "applications.decide": Power.RECORD,
    "applications.withdraw": Power.RECORD,
    "applications.reopen": Power.RECORD,
    "awards.show": Power.READ,
    "awards.recorded": Power.READ,
    "awards.start": Power.RECORD,
    "awards.direct": Power.RECORD,
    "awards.vary": Power.RECORD,
    "awards.settle": Power.RECORD,
    "awards.withdraw": Power.RECORD,
    "awards.write_off": Power.RECORD,
    "awards.complete": Power.RECORD,
    "awards.reopen": Power.RECORD,
    "gifts.record": Power.RECORD,
    "payments.pay": Power.RECORD,
    "payments.show": Power.READ,
    "payments.recorded": Power.READ,
    "payments.due": Power.RECORD,
    "payments.due_download": Power.RECORD,
    "payments.fail": Power.PAY,
    "payments.wrong_fund": Power.RECORD,
    "schedules.edit": Power.RECORD,
    "claims.index": Power.READ,
    "claims.show": Power.READ,
    "claims.log": Power.RECORD,
    "claims.decide": Power.RECORD,
    "claims.reopen": Power.RECORD,
    "schedules.meet": Power.RECORD,
    "schedules.hold": Power.RECORD,
    "schedules.release": Power.RELEASE,
    "runs.index": Power.READ,
    "runs.show": Power.READ,
    "runs.draw_up": Power.PAY,
    "runs.authorise": Power.PAY,
    "runs.send": Power.PAY,
    "runs.stop": Power.PAY,
    "runs.confirm": Power.PAY,
    "runs.workbook": Power.PAY,
    "payments.run_recorded": Power.READ,
    "payments.refund": Power.RECORD,
    "payments.refund_award": Power.RECORD,
    "payments.wrong_organisation": Power.RECORD,
    "payments.moved": Power.READ,
    "entries.show": Power.READ,
    "entries.recorded": Power.READ,
    "entries.reverse": Power.RECORD,
    "entries.correct": Power.RECORD,
    "organisations.show": Power.READ,
    "organisations.add": Power.RECORD,
    "organisations.merge": Power.RECORD,
    "organisations.unmerge": Power.RECORD,
    "organisations.suggest": Power.READ,
    "funds.words": Power.RECORD,
    "applications.words": Power.RECORD,
    "awards.words": Power.RECORD,
    "organisations.words": Power.RECORD,
    "bids.words": Power.RECORD,
    "imports.index": Power.RECORD,
    "imports.send": Power.RECORD,
    "imports.look": Power.RECORD,
    "imports.columns": Power.RECORD,
    "imports.settle": Power.RECORD,
    "imports.progress": Power.RECORD,
    "imports.again": Power.RECORD,
    "imports.date_rows": Power.RECORD,
    "imports.record": Power.CONFIRM,
    "imports.stop": Power.RECORD,
    "imports.show": Power.READ,
    "imports.report": Power.READ,
    "imports.undo": Power.RECORD,
    "reconcile.index": Power.PAY,
    "reconcile.choose": Power.PAY,
    "reconcile.rows": Power.PAY,
    "reconcile.line": Power.PAY,
    "reconcile.explain": Power.PAY,
    "reconcile.match": Power.PAY,
    "reconcile.undo_match": Power.PAY,
    "reconcile.undo_explanation": Power.PAY,
    "reconcile.download": Power.PAY,
    "reconcile.upload": Power.PAY,
    "periods.index": Power.READ,
    "periods.ask": Power.PAY,
    "periods.close": Power.CERTIFY,
    "periods.reopen": Power.CERTIFY,
    "reports.exceptions": Power.READ,
    "reports.exceptions_workbook": Power.READ,
    "reports.exception": Power.REPORT,
    "reports.forecast": Power.READ,
    "reports.forecast_workbook": Power.READ,
    "reports.cliffs": Power.READ,
    "reports.cliffs_workbook": Power.READ,
    "funds.forecast": Power.READ,
    "funds.adjust": Power.RECORD,
    **APPROVALS,
    **PEOPLE,
    **HISTORY,
    **TERMS,
    **CASES,
}


def guard_pages(app: Flask) -> None:
    """Ask the table before every request; raises LookupError for a page that is not in it."""
    unlisted = {rule.endpoint for rule in app.url_map.iter_rules()} - ACCESS.keys()
    if unlisted:
        raise LookupError(f"pages that are not in the table of fundtracker/web/access.py: {sorted(unlisted)}")


def may_open(endpoint: str) -> bool:
    """Say whether the person signed in may open a page that exists; for showing links."""
    power = ACCESS.get(endpoint)
    person = signed_in()
    return endpoint in ACCESS and (power is PUBLIC or (person is not None and person.may(power)))


def ask_table() -> Response | None:
    """Let a request through, send it to sign in, or refuse it with 403."""
    if request.endpoint is None:
        return None  # no such page: the router answers
    power = ACCESS[request.endpoint]
    if power is PUBLIC:
        return None
    person = signed_in()
    if person is None:
        return _ask_to_sign_in()
    if not person.may(power):
        log_event("denied", page=request.endpoint, method=request.method)
        abort(403)
    return None


def _ask_to_sign_in() -> Response:
    if request.method not in ("GET", "HEAD"):
        flash("You were signed out before this was sent, so it was not recorded. Sign in and send it again.", "note")
    readable = request.url_rule is not None and "GET" in (request.url_rule.methods or ())
    wanted = request.full_path.rstrip("?") if readable else url_for("home.index")
    page = "sign_in.code" if waiting_person() else "sign_in.sign_in"
    return redirect(url_for(page, next=wanted), 303)
