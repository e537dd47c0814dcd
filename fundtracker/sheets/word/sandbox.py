"""The small language of a Word template: names, loops over what a paper holds and choices, and nothing that works."""

from typing import Any, NoReturn

from jinja2 import StrictUndefined, TemplateError, nodes
from jinja2.exceptions import SecurityError
from jinja2.sandbox import ImmutableSandboxedEnvironment

__all__ = ["TemplateEnvironment", "TemplateError"]

# A template puts a paper's words in their places; whatever counts, calls, imports or makes is not part of that.
_ALLOWED = (
    nodes.Template, nodes.Output, nodes.TemplateData, nodes.Name, nodes.Getattr, nodes.Getitem, nodes.Const, nodes.For,
    nodes.If, nodes.Compare, nodes.Operand, nodes.And, nodes.Or, nodes.Not, nodes.Filter, nodes.Keyword, nodes.Test,
)  # fmt: skip
FILTERS = ("upper", "lower", "title", "default", "e", "escape")
TESTS = ("defined", "undefined", "none")
_DEEPEST = 3  # the blocks, the rows of one and the cells of one of those


class TemplateEnvironment(ImmutableSandboxedEnvironment):
    """An environment without functions, with the few filters and tests that a paper needs."""

    def __init__(self) -> None:
        super().__init__(autoescape=True, undefined=StrictUndefined)
        self.globals.clear()
        self.filters = {name: self.filters[name] for name in FILTERS}
        self.tests = {name: self.tests[name] for name in TESTS}

    def _parse(self, source: str, name: str | None, filename: str | None) -> nodes.Template:
        tree = super()._parse(source, name, filename)
        check_tree(tree)
        return tree

    def call(self, *_: Any, **__: Any) -> NoReturn:
        """Call nothing; raises SecurityError."""
        raise SecurityError("a template calls no function")


def check_tree(tree: nodes.Template) -> None:
    """Raise SecurityError for anything in a template that does more than put words in their places."""
    for node in tree.find_all(nodes.Node):
        if not isinstance(node, _ALLOWED):
            raise SecurityError(f"a template has no {type(node).__name__}")
    if _depth(tree) > _DEEPEST:
        raise SecurityError("loops stand too deep in one another")


def _depth(node: nodes.Node) -> int:
    inner = max((_depth(child) for child in node.iter_child_nodes()), default=0)
    return inner + isinstance(node, nodes.For)
