"""People who are slow on purpose: hundreds of connections that never finish asking hold nobody else up."""

import http.client
import socket
import statistics
import time
from contextlib import ExitStack
from pathlib import Path

import pytest

from tests.harness.faults.serving import served

# Traced, it takes half as long again, and covers no line that no other test covers.
pytestmark = pytest.mark.no_cover

SLOW, ASKED = 200, 40
HALF = b"POST /sign-in HTTP/1.1\r\nHost: localhost\r\nContent-Length: 100000\r\n"
BODY = b"Content-Type: application/x-www-form-urlencoded\r\n\r\nemail="


def seconds(port: int) -> float:
    """Ask so often, and give how long the slowest but one in twenty took."""
    taken = []
    for _ in range(ASKED):
        begun = time.perf_counter()
        connection = http.client.HTTPConnection("127.0.0.1", port, timeout=20)
        connection.request("GET", "/sign-in")
        assert connection.getresponse().status == 200
        connection.close()
        taken.append(time.perf_counter() - begun)
    return statistics.quantiles(taken, n=20)[-1]


def test_slow_hundreds_hold_nobody_up_and_a_heading_too_large_is_refused(sqlite_url: str, tmp_path: Path) -> None:
    with served(sqlite_url, tmp_path) as serving, serving.life(), ExitStack() as open_:
        serving.writers.stop()
        port = serving.writers.port
        quiet = seconds(port)
        for number in range(SLOW):
            slow = open_.enter_context(socket.create_connection(("127.0.0.1", port)))
            slow.sendall(HALF + (BODY if number % 2 else b""))  # half a heading, or half a body

        assert seconds(port) <= max(2 * quiet, 1)
        connection = http.client.HTTPConnection("127.0.0.1", port, timeout=20)
        connection.request("GET", "/sign-in", headers={"X-Long": "x" * 300_000})
        assert connection.getresponse().status == 431
        connection.close()
