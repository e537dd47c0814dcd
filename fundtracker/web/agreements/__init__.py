"""The terms of an award: its agreement, its conditions, and the letters that are written from it."""
