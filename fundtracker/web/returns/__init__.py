"""Monitoring returns: the list across funds, one of them, and planning those of an award."""
