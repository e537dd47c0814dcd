"""Accruals: listed, recorded, suggested, undone, and sent as a journal."""
