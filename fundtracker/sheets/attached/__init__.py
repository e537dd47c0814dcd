"""Files attached to records: looked at before they are kept, by their names and by their bytes."""
