"""Organisations: found, added, shown, merged."""
