"""Reports: what an office takes to its meetings, and what it kept of them."""
