"""Schedules: in what instalments an award is paid, on what condition, and what is held back."""
