"""The limits that a child process reads a file within, and how it says that it met one."""

import signal
import sys

MOST_MEMORY = 512 * 1024 * 1024
CPU_SECONDS, WALL_SECONDS = 30, 60
LARGEST_ANSWER = 1024 * 1024 * 1024

REFUSED, OUT_OF_MEMORY = 3, 4
"""What the child ends with where it has a sentence to say, or had no more memory."""

# Rust, with no more memory, stops its process; a system with none left kills it.
TOO_MUCH = {OUT_OF_MEMORY, -signal.SIGABRT, -signal.SIGSEGV}
KILLED_FOR_TIME = set() if sys.platform == "win32" else {-signal.SIGXCPU, -signal.SIGKILL}


def limit_this_process() -> None:
    """Hold this process to its limits; Windows has none but the wall clock of the process that waits for it."""
    if sys.platform == "win32":
        return
    import resource  # noqa: PLC0415 - Windows has no such module

    for what, most in (
        (resource.RLIMIT_AS, MOST_MEMORY),
        (resource.RLIMIT_CPU, CPU_SECONDS),
        (resource.RLIMIT_FSIZE, LARGEST_ANSWER),
        (resource.RLIMIT_CORE, 0),
    ):
        resource.setrlimit(what, (most, most))
