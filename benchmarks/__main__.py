"""Measure the ledger's export: `make bench`."""

from benchmarks.ledger_export import main

main()
