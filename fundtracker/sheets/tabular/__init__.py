"""From sheets of cells to exact rows: finding the table, telling its columns, and reading each cell of them."""
