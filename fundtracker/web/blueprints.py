"""The blueprints whose pages are written in more than one module: lists beside the pages that record."""

from flask import Blueprint

funds = Blueprint("funds", __name__)
applications = Blueprint("applications", __name__)
awards = Blueprint("awards", __name__)
gifts = Blueprint("gifts", __name__)
payments = Blueprint("payments", __name__)
runs = Blueprint("runs", __name__)
schedules = Blueprint("schedules", __name__)
claims = Blueprint("claims", __name__)
organisations = Blueprint("organisations", __name__)
bids = Blueprint("bids", __name__)
reports = Blueprint("reports", __name__)
ledger = Blueprint("ledger", __name__)
entries = Blueprint("entries", __name__)
imports = Blueprint("imports", __name__)
cash = Blueprint("cash", __name__)
accruals = Blueprint("accruals", __name__)
year_end = Blueprint("year_end", __name__)
assertions = Blueprint("assertions", __name__)
reconcile = Blueprint("reconcile", __name__)
periods = Blueprint("periods", __name__)
