"""Periods: what is closed, who closed it, and what was reopened."""
