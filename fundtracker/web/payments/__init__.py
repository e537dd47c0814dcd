"""Payments: one or several, money that comes back, money sent to the wrong place."""
