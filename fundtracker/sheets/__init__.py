"""Spreadsheets, in and out."""
