"""Approvals: asking for one, deciding on one, and the limits that say who may."""
