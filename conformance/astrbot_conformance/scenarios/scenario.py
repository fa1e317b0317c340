"""Scenarios for operations that other checks do not call. They show what the operations return on success."""

from collections.abc import Mapping
from typing import Any

from astrbot_conformance.astrbot_operations import request
from astrbot_conformance.http import HttpRequest, HttpResponse, Key, Target
from astrbot_conformance.json_value import as_object
from astrbot_conformance.outcome import NotJudged
from astrbot_conformance.resources.cleanup import Cleanup

Data = Mapping[str, Any]
Values = Mapping[str, str]  # of the path and the query
NOTHING: Mapping[str, Any] = {}
CHAT_MODEL = {"type": "openai_chat_completion", "provider_type": "chat_completion"}


class Tour:
    """Requests that should be accepted. A rejected request gives no finding; its operation stays unobserved.

    Requests that only read are sent to every target. Requests that change resources of the run are sent if writing is
    allowed, unless they make the target call other services. All other requests are sent only to a disposable target.
    """

    def __init__(self, target: Target, key: Key, cleanup: Cleanup, *, only_disposable: bool = False) -> None:
        """Send the requests to `target` with `key`. NotJudged if it is not disposable although it has to be."""
        if only_disposable and not target.options.disposable:
            calls = "the scenario calls other services or changes shared settings"
            raise NotJudged(f"{calls}; judged only with --effects destructive", by_choice=True)
        self.is_disposable = target.options.disposable
        self._target = target
        self._key = key
        self._cleanup = cleanup
        self._missed: list[str] = []
        self._not_allowed: list[str] = []

    def go(self, operation_id: str, values: Values = NOTHING, *, own: bool = False, body: Any = ...) -> Data:
        """Send a request; return its data if it is an object. own: it is about resources of the run."""
        return self.send(request(operation_id, body=body, **values), own=own)

    def send(self, *steps: HttpRequest, own: bool = False) -> Data:
        """Send requests until one is accepted; return its data. Empty if none is accepted, or if none may be sent."""
        if not self._may(steps[0], own=own):
            self._not_allowed.append(str(steps[0].operation))
            return NOTHING
        for step in steps:
            response = self._answer(step)
            if response.is_accepted:
                return as_object(response.data)
        self._missed.append(f"{steps[0].operation}: not accepted: {response.in_short}")
        return NOTHING

    def owns(self, operation_id: str, values: Values, *, body: Any = ...) -> None:
        """Record the request that removes a resource, before the resource is created."""
        self._cleanup.owns(request(operation_id, body=body, **values), self._key)

    def removes(self, operation_id: str, values: Values, *, body: Any = ...) -> None:
        """Remove a resource that was recorded with `owns`."""
        removal, missed = request(operation_id, body=body, **values), len(self._missed)
        self.send(removal, own=True)
        if len(self._missed) == missed:
            self._cleanup.gone(removal)

    def end(self) -> None:
        """Raise NotJudged with the operations that no request covered, if any."""
        if self._missed:
            raise NotJudged("; ".join(self._missed))
        if self._not_allowed:
            names = ", ".join(dict.fromkeys(self._not_allowed))
            raise NotJudged(f"{names}: judged only with --effects destructive", by_choice=True)

    def _may(self, step: HttpRequest, *, own: bool) -> bool:
        options, effect = self._target.options, step.operation.side_effect
        if options.disposable or effect == "read":
            return True
        return own and options.allows("external" if effect == "external" else "write")

    def _answer(self, step: HttpRequest) -> HttpResponse:
        if step.operation.side_effect == "read":
            return self._target.send(step, self._key)
        with self._cleanup.writing:
            return self._target.send(step, self._key)
