"""Cash: what funders are expected to send, and both sides of what is owed."""
