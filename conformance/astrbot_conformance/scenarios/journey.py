"""A common user flow, sent request by request with one key."""

import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from astrbot_conformance.astrbot_operations import request
from astrbot_conformance.http import HttpRequest, HttpResponse, Key, Target
from astrbot_conformance.json_value import items
from astrbot_conformance.outcome import NotJudged
from astrbot_conformance.resources.cleanup import Cleanup
from astrbot_conformance.verdict.finding import Level, expect_accepted, expect_refused, fail

PAUSE = 3.0  # seconds until a request that failed on a real server is sent once more
REMOVED_BY = {"id": "config_id"}  # id member in a list -> path parameter of the request that removes it


class Journey:
    """Requests that must all be accepted. The run removes the created resources at its end if they still exist."""

    def __init__(self, target: Target, key: Key, cleanup: Cleanup) -> None:
        """Send the requests to `target` with `key`. Raises NotJudged if writing is not allowed there."""
        if not target.options.allows("write"):
            raise NotJudged(
                "the journey creates and removes resources; judged only with --effects write", by_choice=True
            )
        self.last: HttpResponse | None = None
        self._target = target
        self._key = key
        self._cleanup = cleanup

    def go(self, operation_id: str, *, body: Any = ..., **values: str) -> Any:
        """Send a request with these path and query values; return the data. Raises FindingRaised if rejected."""
        return self.send(request(operation_id, body=body, **values))

    def send(self, step: HttpRequest) -> Any:
        """Send a request that is already built; return the response data. Raises FindingRaised if it is rejected."""
        self.last = self._answer(step)
        expect_accepted(self.last, f"{step.operation} with a key that has only the scope `{step.operation.scope}`")
        return self.last.data if self.last.json is not None else None

    def refused(self, what: str, operation_id: str, *, body: Any = ..., **values: str) -> None:
        """Send a request that must be rejected for the reason `what`."""
        expect_refused(self._answer(request(operation_id, body=body, **values)), what)

    def owns(self, operation_id: str, **values: str) -> None:
        """Record the request that removes a resource, before the resource is created."""
        self._cleanup.owns(request(operation_id, **values), self._key)

    @contextmanager
    def owning_named(
        self, name: str, listing: str, member: str | None, *, identity: str, removal: str
    ) -> Iterator[None]:
        """Create a resource whose id the server chooses. Every resource listed under `name` is removed at the end."""
        try:
            yield
        finally:
            listed = self._target.send(request(listing), self._key).data
            for one in items(listed, member):
                if one.get("name") == name:
                    self.owns(removal, **{REMOVED_BY.get(identity, identity): str(one.get(identity))})

    def removes(self, operation_id: str, **values: str) -> None:
        """Remove a resource that was recorded with `owns`."""
        self.go(operation_id, **values)
        self._cleanup.gone(request(operation_id, **values))

    def shows(self, what: str, seen: bool, level: Level = "MUST") -> None:  # noqa: FBT001  reads as a sentence
        """Raise FindingRaised if the last response does not show `what`."""
        if not seen and self.last is not None:
            actual = f"{self.last.excerpt[:200]}"
            fail(self.last, expected=f"a response that shows {what}", actual=actual, level=level)

    def _answer(self, step: HttpRequest) -> HttpResponse:
        if step.operation.side_effect == "read":
            return self._target.send(step, self._key)
        with self._cleanup.writing:
            response = self._target.send(step, self._key)
            if response.status >= 500 and not self._target.options.disposable:
                time.sleep(PAUSE)  # concurrent requests can lock the database of a real server
                response = self._target.send(step, self._key)
            return response
