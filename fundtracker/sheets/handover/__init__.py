"""All of an office's records in files that need no fundtracker: for whoever takes the work over."""
