"""The sheets of the reconciliation workbook: their columns, and how formulas name them."""

from fundtracker.sheets.skeleton import Column
from fundtracker.sheets.writing import Type, letter_of

OURS, LINES, MATCHES, LEFT, SUMMARY, ABOUT = (
    "Our payments", "Finance lines", "Matches", "Unexplained", "Summary", "About",
)  # fmt: skip
AMOUNT, STATE, MATCH, REASON, NOTE, OWNER = "Amount (£)", "State", "Match no", "Reason", "Note", "Owner"
REF, PAYEE, MINE, THEIRS, COUNTED = "Ref", "Payee", "Our payments (£)", "Finance system (£)", "Explained here (£)"
DIFFERENCE = "Difference (£)"

_DEALT = (Column(STATE), Column(MATCH, Type.WHOLE), Column(REASON), Column(NOTE, width=30), Column(OWNER))
COLUMNS = {
    OURS: (
        Column("Entry no", Type.WHOLE), Column("Payment"), Column("Award"), Column("Fund"), Column("Date", Type.DATE),
        Column(PAYEE, width=34), Column("Voucher"), Column("Invoice"), Column(AMOUNT, Type.MONEY), *_DEALT,
    ),
    LINES: (
        Column("Line no", Type.WHOLE), Column("Date", Type.DATE), Column(PAYEE, width=34), Column("Supplier number"),
        Column("Reference"), Column("Invoice"), Column("Description", width=34), Column("Unit"),
        Column("Cost centre"), Column("Account"), Column(AMOUNT, Type.MONEY), *_DEALT, Column("File", width=24),
        Column("Row", Type.WHOLE),
    ),
    MATCHES: (
        Column(MATCH, Type.WHOLE), Column("Lines", Type.WHOLE), Column("Payments", Type.WHOLE),
        Column(MINE, Type.MONEY), Column(THEIRS, Type.MONEY), Column(DIFFERENCE, Type.MONEY),
        Column("Score", Type.WHOLE), Column("Why", width=40), Column(NOTE, width=30), Column(OWNER), Column("Made by"),
        Column("Made at", Type.MOMENT),
    ),
    LEFT: (
        Column(REF, width=9), Column("Whose"), Column("Date", Type.DATE), Column(PAYEE, width=34),
        Column("Reference", width=24), Column(MINE, Type.MONEY), Column(THEIRS, Type.MONEY),
        Column("What it may be", width=40), Column(REASON), Column(NOTE, width=34), Column(OWNER, width=20),
        Column(COUNTED, Type.MONEY),
    ),
    SUMMARY: (
        Column("Summary", width=38), Column(MINE, Type.MONEY), Column(THEIRS, Type.MONEY),
        Column(DIFFERENCE, Type.MONEY), Column("Check", width=12),
    ),
}  # fmt: skip


def letter(sheet: str, title: str) -> str:
    """Give the letter of a column by its title."""
    titles = [column.title for column in COLUMNS[sheet]]
    return letter_of(titles.index(title) + 1)


def cells(sheet: str, title: str, last: int) -> str:
    """Name a column's cells below the heading for a formula: `'Finance lines'!$K$2:$K$50`."""
    at = letter(sheet, title)
    return f"'{sheet}'!${at}$2:${at}${max(last, 2)}"
