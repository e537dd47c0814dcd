"""
Power lost at any moment: from what was done to the files, every state that a disk may be left in.

What was synchronised is there. Of what came after, each write is kept, dropped, kept by half or torn at 512 bytes; each
cut and each deletion is kept or undone. A file that was made counts as made.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from random import Random

from tests.harness.faults.disk import Op

SECTOR = 512


@dataclass
class _File:
    """A file: what is certainly on the disk, and what was done to it since."""

    content: bytearray = field(default_factory=bytearray)
    pending: list[Op] = field(default_factory=list)

    def settle(self) -> None:
        """Have everything that was done on the disk."""
        for op in self.pending:
            _apply(self.content, op)
        self.pending.clear()

    def after(self, chance: Random) -> bytes | None:
        """Give what may be found after the power is back; nothing where the file is gone."""
        found, gone = bytearray(self.content), False
        for op in self.pending:
            kept = chance.random() < 0.5
            if op.kind == "delete":
                gone = kept
            elif op.kind == "truncate":
                if kept:
                    _apply(found, op)
            else:
                gone = False
                for part in _parts(op, chance):
                    _apply(found, part)
        return None if gone else bytes(found)


@dataclass(frozen=True)
class State:
    """What the disk holds after the power is back, and how much had been answered before it went."""

    files: dict[str, bytes]
    answered: int


def states(begun: dict[str, bytes], ops: Sequence[Op], count: int, chance: Random) -> Iterator[State]:
    """Give so many states, the power lost at moments drawn at random."""
    files = {path: _File(bytearray(content)) for path, content in begun.items()}
    moments = sorted(chance.choices(range(len(ops) + 1), k=count))
    answered = done = 0
    for moment in moments:
        for op in ops[done:moment]:
            answered += op.kind == "answered"
            _do(files, op)
        done = moment
        found = {path: content for path, each in files.items() if (content := each.after(chance)) is not None}
        yield State(found, answered)


def _do(files: dict[str, _File], op: Op) -> None:
    if op.kind == "answered":
        return
    file = files.setdefault(op.path, _File())
    if op.kind == "sync":
        file.settle()
    else:
        file.pending.append(op)


def _apply(content: bytearray, op: Op) -> None:
    if op.kind == "delete":
        content.clear()
    elif op.kind == "truncate":
        del content[op.at :]
        content.extend(bytes(op.at - len(content)))
    else:
        content.extend(bytes(max(0, op.at - len(content))))
        content[op.at : op.at + len(op.content)] = op.content


def _parts(op: Op, chance: Random) -> list[Op]:
    """Give what is kept of one write."""
    how, size = chance.choice(("kept", "dropped", "half", "torn")), len(op.content)
    if how == "kept":
        return [op]
    if how == "dropped":
        return []
    if how == "half":
        return [Op("write", op.path, op.at, op.content[: size // 2])]
    ends = range(0, size, SECTOR)
    return [
        Op("write", op.path, op.at + start, op.content[start : start + SECTOR])
        for start in ends
        if chance.random() < 0.5
    ]
