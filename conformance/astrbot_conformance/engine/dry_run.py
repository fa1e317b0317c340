"""The requests that a run would send, recorded on the built-in reference server: nothing goes to the target."""

import threading
from collections import Counter
from collections.abc import Iterator

from astrbot_conformance.http import HttpResponse
from astrbot_conformance.preflight.first_contact import REQUESTS
from astrbot_conformance.secret import mask


class Requests:
    """Records each request when its response arrives. Thread-safe."""

    def __init__(self) -> None:
        """Begin with the requests of first contact, which every run sends."""
        self._lines = list(REQUESTS)
        self._lock = threading.Lock()

    def __call__(self, response: HttpResponse) -> None:
        """Record the request of a response."""
        request = response.sent
        holders = [response.key.variable] if response.key else []
        holders += [one.key.variable for one in request.presented]
        line = " ".join([request.method, request.url(""), *(f"${variable}" for variable in holders)])
        if request.body is not None:
            line += f"  ({len(request.body)} bytes)"
        with self._lock:
            self._lines.append(mask(line))

    def lines(self, base: str) -> Iterator[str]:
        """The requests in the order in which they were sent, then their number by method."""
        yield from self._lines
        methods = Counter(line.partition(" ")[0] for line in self._lines)
        yield ""
        yield f"{len(self._lines)} requests: {', '.join(f'{count} {name}' for name, count in methods.most_common())}"
        yield f"Sent to the built-in reference server; nothing was sent to {base or 'any other server'}."
        yield "The requests to another server differ a little: they depend on its responses and its ids."
