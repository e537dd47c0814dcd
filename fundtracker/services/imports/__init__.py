"""Bringing in: what a workbook of the office's own says, recorded whole or not at all."""
