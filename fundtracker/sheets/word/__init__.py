"""Papers as Word files: written from a template that the office can replace with its own."""
