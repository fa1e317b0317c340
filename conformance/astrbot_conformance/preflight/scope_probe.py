"""Whether one key holds one scope, by comparison: the same request is sent with an unknown key and without a key.

A status alone proves nothing. A server, or a proxy in front of it, may return 200, 400 or 403 for every request.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from astrbot_conformance.http import HttpRequest, HttpResponse, Key, Target
from astrbot_conformance.outcome import AskedTooOften, NotJudged
from astrbot_conformance.passive.required_rejection import INSUFFICIENT

State = Literal["held", "missing", "refused", "unknown"]


class RateLimitedError(Exception):
    """The server keeps returning 429: further requests would only increase the load."""


@dataclass(frozen=True, slots=True)
class ScopeResult:
    """The conclusion from responses. "refused": the server does not know the key. reason: the decisive response."""

    state: State
    reason: str


@dataclass(frozen=True, slots=True)
class Responses:
    """The responses to one request with the key in question, with an unknown key, and without a key."""

    given: HttpResponse
    invented: HttpResponse
    absent: HttpResponse

    def result(self) -> ScopeResult:
        """The conclusion about the key. "unknown" if the server does not distinguish the key from an unknown one."""
        response = f"{self.given.request.operation}: {self.given.in_short}"
        if self.given.status == 401:
            return self._of_unauthorized(response)
        if self.given.status == 403:
            return self._of_forbidden(response)
        if not _is_authorized(self.given):
            return ScopeResult("unknown", response)
        for other, sender in ((self.invented, "an invented key"), (self.absent, "a request without a key")):
            if not _is_denied(other, self.given):
                return ScopeResult("unknown", f"{response}, but {sender} gets {other.in_short}")
        return ScopeResult("held", response)

    def _of_unauthorized(self, response: str) -> ScopeResult:
        """The conclusion from a 401: the key is unknown only if a request without a key gets another response."""
        if not _is_alike(self.given, self.invented):
            return ScopeResult("unknown", f"{response}, but an invented key gets {self.invented.in_short}")
        if _is_alike(self.given, self.absent):
            cause = "the same as without a key; perhaps the key does not reach the server"
            return ScopeResult("unknown", f"{response}, {cause}")
        return ScopeResult("refused", response)

    def _of_forbidden(self, response: str) -> ScopeResult:
        """The conclusion from a 403: the scope is missing only if an unknown key gets another response."""
        if self.invented.status == 401:
            return ScopeResult("missing", response)
        if self.invented.status == 403 and self.given.message == INSUFFICIENT != self.invented.message:
            return ScopeResult("missing", response)
        return ScopeResult("unknown", f"{response}, and an invented key gets {self.invented.in_short}")


def probe_scope(target: Target, requests: Sequence[HttpRequest], key: Key, invented: Key) -> ScopeResult:
    """Send `requests` in order until one response is conclusive. Raises RateLimitedError."""
    result = ScopeResult("unknown", "no request can test the scope")
    for request in requests:
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
    """Whether AstrBot itself responded and did not reject the key."""
    is_done = response.is_accepted and isinstance(response.json, dict)
    return is_done or (response.is_error_envelope and response.is_refusal)


def _is_denied(response: HttpResponse, given: HttpResponse) -> bool:
    """Whether the credential was rejected and the given key was not."""
    return response.status in (401, 403) or (given.is_accepted and response.is_refusal)


def _is_alike(one: HttpResponse, other: HttpResponse) -> bool:
    return (one.status, one.message) == (other.status, other.message)
