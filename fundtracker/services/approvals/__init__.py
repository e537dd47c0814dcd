"""Approvals: what one person asks for waits until another has approved it."""
