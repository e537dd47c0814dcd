"""Who may open the pages of cases: declared interests, assessments and decision records."""

from typing import Final

from fundtracker.domain.roles import Power

CASES: Final[dict[str, Power]] = {
    "interests.index": Power.READ,
    "interests.declare_application": Power.READ,
    "interests.declare_organisation": Power.READ,
    "interests.end": Power.RELEASE,
    "decisions.index": Power.READ,
    "decisions.download": Power.READ,
    "decisions.show": Power.READ,
    "decisions.missing": Power.READ,
    "decisions.draft": Power.RECORD,
    "decisions.edit": Power.RECORD,
    "decisions.explained": Power.RECORD,
    "decisions.sign": Power.SIGN,
}
