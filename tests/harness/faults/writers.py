"""Writers: people who send forms over HTTP, again and again until each is answered, and note what was acknowledged."""

import http.client
import threading
import time
import uuid
from collections import Counter
from collections.abc import Iterator
from http import HTTPStatus
from urllib.parse import urlencode

FUND = "SRF20"
_AGAIN = {HTTPStatus.SERVICE_UNAVAILABLE}
_PAUSE = 0.005  # seconds before a form is sent again
_LONGEST = 60  # seconds for one form to be answered


def forms(key: str, token: str) -> Iterator[tuple[str, dict[str, str]]]:
    """Give the forms that are sent in turn, each with a key of its own that its entry carries as well."""
    shared = {"amount": "0.01", "on": "1 July 2020", "csrf_token": token, "step": "record"}
    for tail, name in (("allocation", "decision"), ("receipt", "reference")):
        own = f"{key}-{tail}"
        yield f"/funds/{FUND}/{tail}", {**shared, name: own, "once": own}


class Writers:
    """So many people, each in a thread, at a server that may be gone at any moment."""

    def __init__(self, port: int, people: list[list[str]]) -> None:
        self.port = port
        self.acknowledged: Counter[str] = Counter()
        self.odd: list[str] = []
        self._ended = threading.Event()
        self._threads = [threading.Thread(target=self._write, args=each, daemon=True) for each in people]

    def start(self) -> None:
        """Begin to send."""
        for thread in self._threads:
            thread.start()

    def wait_for_an_answer(self, longest: float) -> float:
        """Wait until one more form is answered, or so many seconds; give how long that took."""
        begun, before = time.monotonic(), len(self.acknowledged)
        while len(self.acknowledged) == before and time.monotonic() < begun + longest:
            time.sleep(0.002)
        return time.monotonic() - begun

    def stop(self) -> None:
        """Let everybody finish the form in hand."""
        self._ended.set()
        for thread in self._threads:
            thread.join(_LONGEST)
            if thread.is_alive():
                self.odd.append("a form was never answered")

    def _write(self, cookie: str, token: str) -> None:
        headers = {"Cookie": f"ft_session={cookie}", "Content-Type": "application/x-www-form-urlencoded"}
        while not self._ended.is_set():
            for path, answers in forms(uuid.uuid4().hex[:16], token):
                status = self._send(path, urlencode(answers), headers)
                if status == HTTPStatus.SEE_OTHER:
                    self.acknowledged[answers["once"]] += 1
                else:
                    self.odd.append(f"{path} {status}")

    def _send(self, path: str, body: str, headers: dict[str, str]) -> int:
        """Send a form until there is an answer; give its status."""
        until = time.monotonic() + _LONGEST
        while time.monotonic() < until:
            connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=_LONGEST)
            try:
                connection.request("POST", path, body, headers)
                status = connection.getresponse().status
                if status not in _AGAIN:
                    return status
            except (OSError, http.client.HTTPException):
                pass  # killed before it answered
            finally:
                connection.close()
            time.sleep(_PAUSE)
        return 0
