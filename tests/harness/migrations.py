"""Run every migration on an empty database and compare the result with the models."""

import sys
import tempfile
from pathlib import Path

from flask_migrate import check, upgrade

from fundtracker.app import create_app
from fundtracker.config import Settings


def main() -> int:
    """Return 1, having said what differs, unless the migrations make what the models describe."""
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as folder:
        instance = Path(folder)
        app = create_app(Settings(instance, f"sqlite:///{instance / 'empty.sqlite'}"))
        with app.app_context():
            upgrade()
            check()
    return 0


if __name__ == "__main__":
    sys.exit(main())
