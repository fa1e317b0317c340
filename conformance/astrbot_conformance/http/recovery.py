"""Waits for a target that stopped responding."""

import contextlib
import time

from astrbot_conformance.http.request import harmless
from astrbot_conformance.http.target import Target
from astrbot_conformance.outcome import NotJudged

AGAIN = 0.5  # seconds between two checks whether a target is back


def is_back(target: Target) -> bool:
    """Whether a target that did not respond responds again within one time-out."""
    deadline = time.monotonic() + target.options.timeout
    while True:
        target.circuit_breaker.half_open()
        with contextlib.suppress(NotJudged):
            target.send(harmless(target.roles.ping))
        if not target.circuit_breaker.last_failed or time.monotonic() > deadline:
            return not target.circuit_breaker.last_failed
        time.sleep(AGAIN)
