"""The office's own workbook, in: Funds, Organisations, Awards, Bids and each fund's outcomes, whole or not at all."""

from fundtracker.sheets.office.answer import Answer
from fundtracker.sheets.office.bringing import bring_in

__all__ = ["Answer", "bring_in"]
