"""Templates compiled once in a run: every test makes an application of its own, and most of its time went into them."""

from types import CodeType

from jinja2 import BytecodeCache
from jinja2.bccache import Bucket

from fundtracker.web.application import Application


class CompiledOnce(BytecodeCache):
    """Keep what a template was compiled to while its source stays the same, for every application of this process."""

    def __init__(self) -> None:
        self._kept: dict[tuple[str, str], CodeType] = {}

    def load_bytecode(self, bucket: Bucket) -> None:
        """Give what the template was compiled to, if it was."""
        bucket.code = self._kept.get((bucket.key, bucket.checksum))

    def dump_bytecode(self, bucket: Bucket) -> None:
        """Keep what the template was compiled to."""
        if bucket.code is not None:
            self._kept[bucket.key, bucket.checksum] = bucket.code


def pytest_configure() -> None:
    """Let every application of the run share what was compiled."""
    Application.jinja_options = {"bytecode_cache": CompiledOnce()}
