"""Assessing: a fund's criteria, scores by several people with their reasons, what is recommended, and the ranking."""
