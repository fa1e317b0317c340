"""The tokens of dashboard logins."""

from __future__ import annotations

import secrets
from datetime import datetime, timedelta

from astrbot_reference.clock import Clock

from .key_store import digest

MOST = 10_000  # tokens that are valid at the same time; the oldest one ends if there is one more


class Logins:
    """The tokens of the dashboard, by digest, each with its time of expiry."""

    def __init__(self, clock: Clock, seconds: float) -> None:
        """seconds: how long a token is valid."""
        self._clock = clock
        self._valid_for = timedelta(seconds=seconds)
        self._ends: dict[str, datetime] = {}  # the oldest first

    def create(self) -> str:
        """Create a token."""
        now = self._clock()
        self._ends = {hashed: end for hashed, end in self._ends.items() if end > now}
        if len(self._ends) >= MOST:
            del self._ends[next(iter(self._ends))]
        token = secrets.token_urlsafe(32)
        self._ends[digest(token)] = now + self._valid_for
        return token

    def is_valid(self, token: str) -> bool:
        """Whether a token was created here and has not expired."""
        end = self._ends.get(digest(token))
        return end is not None and end > self._clock()
