"""Bids: from a national opportunity to won or lost."""
