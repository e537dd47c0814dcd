"""Fundtracker: one set of books for the funds of a Police and Crime Commissioner's office."""

__version__ = "0.1.0"
