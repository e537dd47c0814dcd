"""Entries: one shown, undone, its amount corrected."""
