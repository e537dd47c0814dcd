"""Where a command writes a file: a path, a folder, or the output itself."""

import os
import sys
import tempfile
from collections.abc import Iterable
from contextlib import suppress
from pathlib import Path

import click

from fundtracker.cli.terminal import print_json
from fundtracker.domain.refusals import Refusal

STANDARD = "-"

TO = "The file to write, a folder for it, or - for the output."
output_option = click.option("-o", "--output", metavar="FILE", required=True, help=TO)


class NotWrittenError(Refusal):
    """A file that cannot be written where it was asked for."""


def refuse_mixture(output: str, *, as_json: bool) -> None:
    """Refuse a file and an answer on the one output; raises UsageError."""
    if output == STANDARD and as_json:
        raise click.UsageError("-o - writes the file to the output, where --json would write its answer.")


def write_output(output: str, name: str, chunks: Iterable[bytes], *, as_json: bool) -> None:
    """Write a file whole where it was asked for, by its own name in a folder; raises NotWrittenError."""
    if output == STANDARD:
        sys.stdout.buffer.writelines(chunks)
        sys.stdout.buffer.flush()
        return
    path = Path(output) / name if Path(output).is_dir() else Path(output)
    try:
        _write_whole(path, chunks)
    except OSError as error:
        raise NotWrittenError(f"{path} cannot be written: {error.strerror or error}.") from error
    if as_json:
        print_json({"file": str(path), "bytes": path.stat().st_size})
    else:
        click.echo(f"Written: {path}")


def _write_whole(path: Path, chunks: Iterable[bytes]) -> None:
    # A file of the same name is replaced by a whole one or not at all.
    descriptor, part = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.")
    try:
        with os.fdopen(descriptor, "wb") as file:
            file.writelines(chunks)
        Path(part).chmod(_usual_mode())
        Path(part).replace(path)
    except BaseException:
        with suppress(OSError):
            Path(part).unlink()
        raise


def _usual_mode() -> int:
    mask = os.umask(0)
    os.umask(mask)
    return 0o666 & ~mask
