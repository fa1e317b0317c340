"""Whether one key holds one scope, by comparison: the same request is sent with an invented key and without a key.

A status alone proves nothing. A server, or a proxy in front of it, may answer every request with 200, 400 or 403.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from astrbot_conformance.http.key import Key
from astrbot_conformance.http.request import HttpRequest
from astrbot_conformance.http.response import HttpResponse
from astrbot_conformance.http.target import Target
from astrbot_conformance.outcome import AskedTooOften, NotJudged

State = Literal["held", "missing", "refused", "unknown"]
INSUFFICIENT = "Insufficient API key scope"


class RateLimitedError(Exception):
    """The server keeps answering 429: further requests would only make it worse."""


@dataclass(frozen=True, slots=True)
class ScopeResult:
    """What the responses say. "refused": the server does not know the key. reason: the response that decided."""

    state: State
    reason: str


@dataclass(frozen=True, slots=True)
class Responses:
    """What one request got with the key in question, with an invented key, and without a key."""

    given: HttpResponse
    invented: HttpResponse
    absent: HttpResponse

    def result(self) -> ScopeResult:
        """What they say of the key. "unknown" if the server does not tell the key from an invented one."""
        said = f"{self.given.request.operation}: {self.given.in_short}"
        if self.given.status == 401:
            return self._of_unauthorized(said)
        if self.given.status == 403:
            return self._of_forbidden(said)
        if not _is_authorized(self.given):
            return ScopeResult("unknown", said)
        for other, name in ((self.invented, "an invented key"), (self.absent, "no key")):
            if not _is_denied(other, self.given):
                return ScopeResult("unknown", f"{said}, and {name} gets {other.in_short}")
        return ScopeResult("held", said)

    def _of_unauthorized(self, said: str) -> ScopeResult:
        """A 401 says that the key is unknown only if the server says something else to a request without a key."""
        if not _is_alike(self.given, self.invented):
            return ScopeResult("unknown", f"{said}, and an invented key gets {self.invented.in_short}")
        if _is_alike(self.given, self.absent):
            return ScopeResult("unknown", f"{said}, and no key gets the same: the key may not reach the server")
        return ScopeResult("refused", said)

    def _of_forbidden(self, said: str) -> ScopeResult:
        """A 403 says that the scope is missing only if an invented key gets something else."""
        if self.invented.status == 401:
            return ScopeResult("missing", said)
        if self.invented.status == 403 and self.given.message == INSUFFICIENT != self.invented.message:
            return ScopeResult("missing", said)
        return ScopeResult("unknown", f"{said}, and an invented key gets {self.invented.in_short}")


def probe_scope(target: Target, questions: Sequence[HttpRequest], key: Key, invented: Key) -> ScopeResult:
    """Send each of `questions` until one of them decides. Raises RateLimitedError."""
    result = ScopeResult("unknown", "nothing to ask")
    for request in questions:
        try:
            responses = Responses(*(target.send(request, one) for one in (key, invented, None)))
        except AskedTooOften as error:
            raise RateLimitedError(str(error)) from None
        except NotJudged as error:
            result = ScopeResult("unknown", str(error))
            continue
        result = responses.result()
        if result.state != "unknown":
            break
    return result


def _is_authorized(response: HttpResponse) -> bool:
    """Whether AstrBot itself answered and did not refuse because of the key."""
    is_done = response.is_accepted and isinstance(response.json, dict)
    return is_done or (response.is_error_envelope and response.is_refusal)


def _is_denied(response: HttpResponse, given: HttpResponse) -> bool:
    """Whether a credential was rejected where the given key was not."""
    return response.status in (401, 403) or (given.is_accepted and response.is_refusal)


def _is_alike(one: HttpResponse, other: HttpResponse) -> bool:
    return (one.status, one.message) == (other.status, other.message)
