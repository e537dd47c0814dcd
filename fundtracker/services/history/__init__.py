"""The history of every change: its head, its verification, its rows in words, and the erasing of a person's details."""
