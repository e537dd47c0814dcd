"""Pictures on pages: where each stroke stands, the page of them all, and their files."""
