"""Behind a figure: exactly the rows that make it, as an ask says them (`fundtracker.domain.asks`)."""
