"""Who may open the pages of cases: declared interests, assessments and decision records."""

from typing import Final

from fundtracker.domain.roles import Power

CASES: Final[dict[str, Power]] = {
    "interests.index": Power.READ,
    "interests.declare_application": Power.READ,
    "interests.declare_organisation": Power.READ,
    "interests.end": Power.RELEASE,
    "assessing.application": Power.READ,
    "assessing.ranking": Power.READ,
    "assessing.download": Power.READ,
    "assessing.score": Power.RECORD,
    "assessing.recommend": Power.RECORD,
    "assessing.criteria": Power.RECORD,
    "assessing.meeting": Power.RECORD,
    "decisions.index": Power.READ,
    "decisions.download": Power.READ,
    "decisions.show": Power.READ,
    "decisions.missing": Power.READ,
    "decisions.draft": Power.RECORD,
    "decisions.edit": Power.RECORD,
    "decisions.explained": Power.RECORD,
    "decisions.sign": Power.SIGN,
}
