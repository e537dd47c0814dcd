"""The history of every change, for whoever reads the books."""
