"""The exception report: the rules it looks by, what they find, what is done about each, and what it said before."""
