"""The reconciliation as a workbook: handed round, typed in, and read back."""
