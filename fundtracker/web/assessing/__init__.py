"""Assessing applications: a fund's criteria, scoring, recommending, and the ranking."""
