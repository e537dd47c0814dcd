"""The first page: one desk for each post."""
