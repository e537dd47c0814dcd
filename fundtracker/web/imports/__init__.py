"""Imports: a file is sent, looked at row by row in a process of its own, brought in whole, and may be undone."""
