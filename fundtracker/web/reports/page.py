"""The first page of the reports: every one that exists and that this person may open."""

from typing import NamedTuple

from flask import current_app, render_template, url_for

from fundtracker.web.access import may_open
from fundtracker.web.blueprints import reports as pages


class Report(NamedTuple):
    """One report: what it is called, what it answers, and the page where it is made."""

    name: str
    says: str
    endpoint: str


GROUPS: tuple[tuple[str, tuple[Report, ...]], ...] = (
    (
        "For meetings",
        (
            Report("Summary", "Every fund with last year beside it, as at any date, cut as you ask.", "summary.index"),
            Report(
                "Police and Crime Panel",
                "The quarterly section in words: what was secured, awarded and given out, to whom and for what.",
                "reports.panel",
            ),
            Report(
                "Exceptions",
                "What is late, over or missing, with its owner and what is done about it.",
                "reports.exceptions",
            ),
            Report("Year in numbers", "This year, last year and the change, for the annual report.", "reports.year"),
        ),
    ),
    (
        "On one fund or organisation",
        (
            Report("Fund briefing", "One page on one fund for a meeting.", "reports.briefings"),
            Report(
                "Provider passport",
                "One page on one organisation: every fund, award, payment, late return and refund.",
                "reports.passports",
            ),
        ),
    ),
    (
        "Looking ahead",
        (
            Report("Forecast", "What each fund will have spent by 31 March, and how sure it is.", "reports.forecast"),
            Report("Cliff edge", "Which services lose their money, and when a renewal must begin.", "reports.cliffs"),
        ),
    ),
    (
        "Pictures",
        (Report("Pictures", "Spend against time, month by month, by area and by recipient.", "reports.pictures"),),
    ),
    (
        "Decided",
        (
            Report(
                "Decision records",
                "What was decided, by whom, and the money that moved without a record.",
                "decisions.index",
            ),
            Report("Declared interests", "Who keeps out of which applications, and why.", "interests.index"),
        ),
    ),
    (
        "Kept",
        (Report("Papers kept for meetings", "What was said then, beside what the books say now.", "reports.papers"),),
    ),
)


@pages.get("/reports")
def index() -> str:
    """List the reports."""
    groups = [(words, [(one, url_for(one.endpoint)) for one in some if _offered(one)]) for words, some in GROUPS]
    return render_template("reports/index.html", groups=[(words, some) for words, some in groups if some])


def _offered(report: Report) -> bool:
    return report.endpoint in current_app.view_functions and may_open(report.endpoint)
