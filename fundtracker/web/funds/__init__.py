"""Funds: opened, shown, their money moved, their state changed."""
