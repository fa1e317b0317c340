"""What the run made on a target and has to take away again."""

import threading

from astrbot_conformance.http.key import Key
from astrbot_conformance.http.removal import Left, tried_twice
from astrbot_conformance.http.request import HttpRequest
from astrbot_conformance.http.target import Target


class Cleanup:
    """Keeps for each thing that the run makes the request that removes it. Safe to use from many threads."""

    def __init__(self, target: Target) -> None:
        """Begin with nothing made on `target`."""
        self.writing = threading.Lock()  # held while one thing is made or changed: real servers lock their database
        self._target = target
        self._removals: list[tuple[HttpRequest, Key]] = []
        self._lock = threading.Lock()

    def owns(self, removal: HttpRequest, key: Key) -> None:
        """Note, before something is made, how it is removed again, should nobody else do it."""
        with self._lock:
            if (removal, key) not in self._removals:
                self._removals.append((removal, key))

    def gone(self, removal: HttpRequest) -> None:
        """Note that it is removed already."""
        with self._lock:
            self._removals = [kept for kept in self._removals if kept[0] != removal]

    def close(self) -> list[Left]:
        """Remove what is left, the newest first; what stayed although it was tried twice."""
        with self._lock:
            removals = self._removals[::-1]
            self._removals = []
        stayed = tried_twice(removals, lambda kept: self._target.send(*kept))
        return [Left(f"{key.variable} {removal.path}", str(removal.operation)) for removal, key in stayed]
