"""Files: what the bytes of a spreadsheet are, and the sheets of cells in them, read in a process of their own."""
