"""Papers as workbooks: any paper a sheet a table, and the summary with its formulas, its check and its charts."""
