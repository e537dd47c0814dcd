"""Files on their way in, from their bytes to the batch, and the workbook that tells what became of each row."""
