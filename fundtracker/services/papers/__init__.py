"""Papers: what each report says, as data that a page shows, a workbook writes and a meeting keeps."""
