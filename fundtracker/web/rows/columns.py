"""The columns of the workbook of each sort of row."""

from collections.abc import Sequence

from fundtracker.domain.asks import Figure
from fundtracker.domain.years import year_label
from fundtracker.services.behind.asked import Asked
from fundtracker.services.behind.words import name_of
from fundtracker.web.lists.sending import BENEFITS, FUND, Shown, day, money, text, whole

ORGANISATION = text("Organisation", lambda row: row.organisation, 34)
AWARD = text("Award", lambda row: row.award)
YEAR = text("Budget year", lambda row: year_label(row.year))
PURPOSE = text("Purpose", lambda row: row.purpose, 40)
DECIDED = day("Decided", lambda row: row.decided)
ENTRIES = (
    whole("Entry no", lambda row: row.key),
    day("Date", lambda row: row.on_date),
    text("What", lambda row: row.kind.value.capitalize(), 18),
    whole("Reverses", lambda row: row.reverses),
    *FUND,
    YEAR,
    ORGANISATION,
    BENEFITS,
    AWARD,
    text("Payment", lambda row: row.payment),
    text("Voucher or invoice", lambda row: row.reference, 18),
    text("Decision", lambda row: row.decision),
    money("Amount", lambda row: row.amount),
    text("Narrative", lambda row: row.narrative, 40),
    text("Date not sure", lambda row: row.date_doubt.value),
    text("Amount not sure", lambda row: row.amount_doubt.value),
)
LINES = (ORGANISATION, BENEFITS, AWARD, PURPOSE, *FUND, YEAR, DECIDED, money("Awarded", lambda row: row.awarded),
         money("Paid", lambda row: row.net_paid))  # fmt: skip
SORTS: dict[Figure, tuple[Shown, ...]] = {
    Figure.AWARDS: (ORGANISATION, BENEFITS, AWARD, PURPOSE, *FUND, DECIDED, money("Awarded", lambda row: row.amount)),
    Figure.ORGANISATIONS: (
        ORGANISATION,
        text("Kind of organisation", lambda row: row.type, 24),
        text("Area", lambda row: row.area, 20),
        whole("Awards", lambda row: row.awards),
        money("Awarded", lambda row: row.amount),
    ),
}


def columns_of(asked: Asked) -> Sequence[Shown]:
    """Give the columns of the rows behind a figure."""
    if asked.figure in (Figure.TO_PAY, Figure.TO_RECOVER):
        return (*LINES, money(name_of(asked.figure), lambda row: row.amount))
    return SORTS.get(asked.figure, ENTRIES)
