"""What the command prints: words that any terminal can show, answers for programs, and refusals."""

import codecs
import io
import json
import sys
from collections.abc import Mapping
from typing import Any, NoReturn

import click

from fundtracker.domain.refusals import Refusal

REFUSED = 1

# A terminal that has no minus sign must not lose the sign of a sum.
_SPELT = {"−": "-", "–": "-", "—": "-", "£": "GBP ", "“": '"', "”": '"', "‘": "'", "’": "'", "…": "..."}


class Command(click.Command):
    """A command that answers a refusal in one sentence and exit status 1, never with a traceback."""

    def invoke(self, ctx: click.Context) -> Any:
        """Run the command; `{"refused": …}` goes to standard output with --json, else the sentence to the error one."""
        try:
            return super().invoke(ctx)
        except Refusal as refusal:
            refuse(refusal.sentence, as_json=bool(ctx.params.get("as_json")))
        except BrokenPipeError:
            raise
        except OSError as error:
            # No file is named where the disk is full under the output itself: only the error output is left then.
            as_json = bool(error.filename and ctx.params.get("as_json"))
            refuse(
                f"{error.filename or 'The output'} cannot be written or read: {error.strerror or error}.",
                as_json=as_json,
            )


class Group(click.Group):
    """A group whose commands answer refusals."""

    command_class = Command
    group_class = type


json_option = click.option("--json", "as_json", is_flag=True, help="Answer in JSON, for programs.")


def print_json(answer: Mapping[str, Any]) -> None:
    """Print an answer for programs, in ASCII, so that no terminal and no pipe can change it."""
    click.echo(json.dumps(answer, indent=2))


def refuse(sentence: str, *, as_json: bool) -> NoReturn:
    """Say what is refused and end with exit status 1."""
    if as_json:
        print_json({"refused": sentence})
    else:
        click.echo(sentence, err=True)
    raise click.exceptions.Exit(REFUSED)


def suit_any_terminal() -> None:
    """Spell out what the terminal's characters lack, where Python would end with an error."""
    codecs.register_error("fundtracker", _spell_out)
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="fundtracker")


def _spell_out(error: UnicodeError) -> tuple[str, int]:
    if not isinstance(error, UnicodeEncodeError):
        raise error
    lacking = error.object[error.start : error.end]
    return "".join(_SPELT.get(character, "?") for character in lacking), error.end
