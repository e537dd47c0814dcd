"""Reconciling: our payments and the finance system's lines, side by side."""
