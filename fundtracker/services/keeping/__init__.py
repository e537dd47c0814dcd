"""Keeping the office: backups that are proved by restoring them, restoring, and handing all of it over."""
