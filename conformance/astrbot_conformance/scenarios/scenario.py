"""A walk past operations that other checks do not come by, to see what they answer where all is well."""

from collections.abc import Mapping
from typing import Any

from astrbot_conformance.http.key import Key
from astrbot_conformance.http.request import HttpRequest
from astrbot_conformance.http.response import HttpResponse
from astrbot_conformance.http.target import Target
from astrbot_conformance.outcome import NotJudged
from astrbot_conformance.resources.cleanup import Cleanup
from astrbot_conformance.scenarios.journey import request

Data = Mapping[str, Any]
Values = Mapping[str, str]  # of the path and the query
NOTHING: Mapping[str, Any] = {}
CHAT_MODEL = {"type": "openai_chat_completion", "provider_type": "chat_completion"}


class Tour:
    """Requests that should be accepted; where one is not, nothing is found, and its operation stays unseen.

    What only shows something is asked everywhere. What is done to things of the run's own is done where it may write,
    unless it makes the target talk to others; all the rest only on a target that is disposable.
    """

    def __init__(self, target: Target, key: Key, cleanup: Cleanup) -> None:
        """Walk through `target` with `key`."""
        self.is_free = target.reach.disposable
        self._target = target
        self._key = key
        self._belongings = cleanup
        self._missed: list[str] = []
        self._kept_from: list[str] = []

    def must_be_free(self) -> None:
        """Raise NotJudged unless the target is disposable."""
        if not self.is_free:
            raise NotJudged("a walk for disposable targets; judged with --effects destructive", by_choice=True)

    def go(self, operation_id: str, values: Values = NOTHING, *, own: bool = False, body: Any = ...) -> Data:
        """What an answer carries, where that is an object. own: it is about things of the run."""
        return self.send(request(operation_id, body=body, **values), own=own)

    def send(self, *wanted: HttpRequest, own: bool = False) -> Data:
        """The same for the first of some requests that is accepted; nothing where none is, or none may be sent."""
        if not self._may(wanted[0], own=own):
            self._kept_from.append(str(wanted[0].operation))
            return NOTHING
        for one in wanted:
            response = self._answer(one)
            if response.is_accepted:
                return response.data if isinstance(response.data, dict) else NOTHING
        self._missed.append(f"{wanted[0].operation}: answers {response.in_short}")
        return NOTHING

    def owns(self, operation_id: str, values: Values, *, body: Any = ...) -> None:
        """Note, before something is made, which request removes it."""
        self._belongings.owns(request(operation_id, body=body, **values), self._key)

    def removes(self, operation_id: str, values: Values, *, body: Any = ...) -> None:
        """Remove something that was noted so."""
        removal, missed = request(operation_id, body=body, **values), len(self._missed)
        self.send(removal, own=True)
        if len(self._missed) == missed:
            self._belongings.gone(removal)

    def end(self) -> None:
        """Say what was not come by. Raises NotJudged where something was not."""
        if self._missed:
            raise NotJudged("; ".join(self._missed))
        if self._kept_from:
            names = ", ".join(dict.fromkeys(self._kept_from))
            raise NotJudged(f"{names}: judged with --effects destructive", by_choice=True)

    def _may(self, wanted: HttpRequest, *, own: bool) -> bool:
        reach, effect = self._target.reach, wanted.operation.side_effect
        if reach.disposable or effect == "read":
            return True
        return own and reach.allows("external" if effect == "external" else "write")

    def _answer(self, wanted: HttpRequest) -> HttpResponse:
        if wanted.operation.side_effect == "read":
            return self._target.send(wanted, self._key)
        with self._belongings.writing:
            return self._target.send(wanted, self._key)
