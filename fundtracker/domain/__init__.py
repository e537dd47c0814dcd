"""The office's rules: money, years, kinds, statuses and refusals, with no database and no web."""
