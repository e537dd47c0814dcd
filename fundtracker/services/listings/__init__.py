"""Lists: what the pages and downloads show, filtered, sorted and added up in a fixed number of queries."""
