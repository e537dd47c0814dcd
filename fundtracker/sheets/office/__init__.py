"""The office's own workbook, in: Funds, Organisations, Awards, Bids and each fund's outcomes, whole or not at all."""

from fundtracker.sheets.office.answer import Answer
from fundtracker.sheets.office.bringing import bring_in
from fundtracker.sheets.office.understanding import MOST_ROWS, own_totals, understand

__all__ = ["MOST_ROWS", "Answer", "bring_in", "own_totals", "understand"]
