"""The year end: each fund’s statement, and the fund that follows it."""
