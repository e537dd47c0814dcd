"""Files that are named after a command."""

from pathlib import Path

from fundtracker.domain.refusals import Refusal


class NotReadError(Refusal):
    """A file that cannot be read."""


def read_file(file: Path) -> bytes:
    """Read a file whole; raises NotReadError."""
    try:
        return file.read_bytes()
    except OSError as error:
        raise NotReadError(f"{file} cannot be read: {error.strerror or error}.") from error
