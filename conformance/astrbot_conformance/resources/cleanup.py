"""The resources that a run created on a target and must remove again."""

import threading

from astrbot_conformance.http import HttpRequest, Key, Target
from astrbot_conformance.http.removal import Left, tried_twice


class Cleanup:
    """Stores the request that removes each resource of the run. Thread-safe."""

    def __init__(self, target: Target) -> None:
        """Start with no resources on `target`."""
        self.writing = threading.Lock()  # held while one is created or changed: real servers lock their database
        self._target = target
        self._removals: list[tuple[HttpRequest, Key]] = []
        self._lock = threading.Lock()

    def owns(self, removal: HttpRequest, key: Key) -> None:
        """Record how a resource is removed, before it is created, in case no other code removes it."""
        with self._lock:
            if (removal, key) not in self._removals:
                self._removals.append((removal, key))

    def gone(self, removal: HttpRequest) -> None:
        """Record that the resource is already removed."""
        with self._lock:
            self._removals = [entry for entry in self._removals if entry[0] != removal]

    def close(self) -> list[Left]:
        """Remove the remaining resources, the newest first, with two tries. Returns those that stayed."""
        with self._lock:
            removals = self._removals[::-1]
            self._removals = []
        stayed = tried_twice(removals, lambda entry: self._target.send(*entry))
        return [Left(f"{key.variable} {removal.path}", str(removal.operation)) for removal, key in stayed]
