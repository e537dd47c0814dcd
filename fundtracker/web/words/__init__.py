"""Words: what is said of a record, edited."""
