"""A common user flow, sent request by request with one key."""

import json
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import Any

from astrbot_conformance.astrbot_operations import named
from astrbot_conformance.contract import operations_of_all_releases
from astrbot_conformance.http.key import Key
from astrbot_conformance.http.request import HttpRequest, asking
from astrbot_conformance.http.response import HttpResponse
from astrbot_conformance.http.target import Target
from astrbot_conformance.outcome import NotJudged
from astrbot_conformance.resources.cleanup import Cleanup
from astrbot_conformance.verdict.finding import Level, expect_accepted, expect_refused, found

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
            found(self.last, expected=f"a response that shows {what}", actual=actual, level=level)

    def _answer(self, step: HttpRequest) -> HttpResponse:
        if step.operation.side_effect == "read":
            return self._target.send(step, self._key)
        with self._cleanup.writing:
            response = self._target.send(step, self._key)
            if response.status >= 500 and not self._target.options.disposable:
                time.sleep(PAUSE)  # concurrent requests can lock the database of a real server
                response = self._target.send(step, self._key)
            return response


def request(operation_id: str, *, body: Any = ..., **values: str) -> HttpRequest:
    """A request to an operation of any release, with path and query values by name."""
    operation = named.get(operation_id) or operations_of_all_releases()[operation_id]
    in_path = {parameter.name for parameter in operation.parameters if parameter.param_in == "path"}
    path = {name: value for name, value in values.items() if name in in_path}
    query = {name: value for name, value in values.items() if name not in in_path}
    return asking(operation, path=path, query=query, json_body=body)


def items(data: Any, member: str | None = None) -> list[Mapping[str, Any]]:
    """The objects in a list, or in the list under `member` of `data`; empty if there is no list."""
    listed = data.get(member) if member is not None and isinstance(data, dict) else data
    return [item for item in listed if isinstance(item, dict)] if isinstance(listed, list) else []


def part(data: Any, *names: str) -> Any:
    """The value in `data` under this path of names; None if it is missing."""
    for name in names:
        data = data.get(name) if isinstance(data, dict) else None
    return data


def holds(data: Any, text: str) -> bool:
    """Whether `data` contains `text` anywhere, as a whole string or member name."""
    return json.dumps(text) in json.dumps(data)
