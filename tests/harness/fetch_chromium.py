"""Fetch Chromium for the browser tests where none is found; without a network, give up quietly."""

import os
import signal
import subprocess
import sys

from tests.harness.tools import find_chromium

LONGEST = 180  # seconds; a run of the tests is never held up for longer


def fetch(command: list[str], longest: float) -> bool:
    """Run a command with its children for at most `longest` seconds, and tell whether it ended well."""
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, start_new_session=True)
    try:
        return process.wait(longest) == 0
    except subprocess.TimeoutExpired:
        # The download runs in a child, which outlives a signal to the command alone.
        os.killpg(process.pid, signal.SIGKILL)
        process.wait()
        return False


def main() -> None:
    """Fetch Chromium unless there is one."""
    if find_chromium() is None:
        print("Chromium was not found; trying to fetch it", flush=True)
        fetch([sys.executable, "-m", "playwright", "install", "--only-shell", "chromium"], LONGEST)


if __name__ == "__main__":
    main()
