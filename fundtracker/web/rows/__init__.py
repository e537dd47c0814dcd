"""The rows behind a figure, page by page, and their download."""
