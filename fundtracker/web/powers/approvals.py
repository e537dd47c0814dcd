"""Who may open the pages of approvals; who may decide on a request, its own posts and figure say."""

from typing import Final

from fundtracker.domain.roles import Power

APPROVALS: Final[dict[str, Power]] = {
    "approvals.index": Power.READ,
    "approvals.show": Power.READ,
    "approvals.decide": Power.READ,
    "approvals.comment": Power.READ,
    "approvals.withdraw": Power.RECORD,
    "approvals.limits": Power.LIMIT,
}
