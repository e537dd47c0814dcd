"""The summary: as at any day, of any year, cut as asked, last year beside it."""
