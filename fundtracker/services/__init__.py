"""The office's verbs: each takes a session inside a transaction, and records all of it or refuses in words."""
