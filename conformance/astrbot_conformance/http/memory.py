"""Stores the responses that several checks share, within a limit on memory."""

import threading
from collections.abc import Callable

from astrbot_conformance.http.response import HttpResponse
from astrbot_conformance.json_text import MOST_VALUES

MOST_BYTES = 96 * 1024 * 1024
PER_VALUE = 100  # approximate bytes of a parsed JSON value
FIXED = 4 * 1024  # bytes of a response with its headers and its request


class Memory:
    """Stores the response to each request that a run sends once. Thread-safe.

    If the responses exceed the memory limit, the oldest are dropped, and their requests are sent again when needed.
    """

    def __init__(self, most_bytes: int = MOST_BYTES) -> None:
        """Start empty."""
        self._responses: dict[object, HttpResponse] = {}
        self._locks: dict[object, threading.Lock] = {}
        self._lock = threading.Lock()
        self._size = 0
        self._most_bytes = most_bytes

    def once(self, identity: object, send: Callable[[], HttpResponse]) -> HttpResponse:
        """The stored response, or the response that `send` returns. If several threads need it, only one sends."""
        with self._lock:
            lock = self._locks.setdefault(identity, threading.Lock())
        with lock:
            response = self._responses.get(identity)
            if response is None:
                response = send()
                self._keep(identity, response)
            return response

    def forget(self) -> None:
        """Drop all responses."""
        with self._lock:
            self._responses.clear()
            self._size = 0

    def _keep(self, identity: object, response: HttpResponse) -> None:
        with self._lock:
            self._responses[identity] = response
            self._size += size_of(response)
            while self._size > self._most_bytes and len(self._responses) > 1:
                oldest = next(iter(self._responses))
                self._size -= size_of(self._responses.pop(oldest))


def size_of(response: HttpResponse) -> int:
    """The approximate number of bytes that a response needs in memory, including its parsed JSON."""
    values = min(sum(map(response.body.count, (b",", b":", b"{", b"["))), MOST_VALUES)
    headers = sum(len(name) + len(value) for name, value in response.headers.items())
    return FIXED + headers + 2 * len(response.body) + PER_VALUE * values  # the parsed JSON contains the text again
