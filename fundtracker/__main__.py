"""Let `python -m fundtracker` be the fundtracker command."""

from fundtracker.cli import main

main()
