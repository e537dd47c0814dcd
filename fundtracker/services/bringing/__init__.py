"""Bringing in the spreadsheets that people keep: what was stated, what becomes of each row, and undoing a batch."""
