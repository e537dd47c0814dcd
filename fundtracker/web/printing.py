"""How templates print: what Jinja prints, without markup made of each of the thousand values on a list."""

import re
from collections.abc import MutableMapping
from typing import Any

from flask.templating import Environment
from jinja2 import nodes
from jinja2.compiler import CodeGenerator, Frame
from markupsafe import Markup, escape

_to_escape = re.compile(r"""[&<>'"]""").search


def printed(value: Any) -> str:
    """Give the text of a value as `escape` does; what has no letter to escape stays as it is, and so does markup."""
    kind = type(value)
    if kind is Markup or (kind is str and _to_escape(value) is None):
        text: str = value
        return text
    return str(value) if kind is int else escape(value)


class _Printing(CodeGenerator):
    """Compile what a template prints to `printed`, whose answers are only ever joined."""

    def _output_child_pre(self, node: nodes.Expr, frame: Frame, finalize: Any) -> None:
        if frame.eval_ctx.autoescape and not frame.eval_ctx.volatile and finalize.src is None:
            self.write("environment.printed(")
        else:
            super()._output_child_pre(node, frame, finalize)


class Printing(Environment):
    """Flask's templates, printed by `printed`."""

    code_generator_class = _Printing
    printed = staticmethod(printed)

    def make_globals(self, d: MutableMapping[str, Any] | None) -> MutableMapping[str, Any]:
        """Give every template the same globals: each import compares them name by name where they are not."""
        return super().make_globals(d) if d else self.globals
