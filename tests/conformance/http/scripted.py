"""A transport with prepared responses, so that a target needs no server."""

from collections.abc import Callable, Iterable, Iterator
from typing import Any

import httpx2
from astrbot_conformance.http import CredentialState, Key, KeyHeader, Target, TargetOptions
from astrbot_conformance.http.roles import Roles
from astrbot_conformance.secret import Secret

from tests.conformance.made import operation

Outcome = httpx2.Response | Exception | Callable[[httpx2.Request], httpx2.Response]
PING, OTHER_PING = operation("/ping"), operation("/other-ping")
ROLES = Roles(ping=PING, other_ping=OTHER_PING, confidential=frozenset({"GET /secret"}))


def key(id: str = "1", key_header: KeyHeader | None = None, scope: str = "bot") -> Key:
    """A key that the target knows."""
    secret = Secret(f"abk_scripted-{id}-0123456789-0123456789", f"ASTRBOT_KEY_SCRIPTED_{id}")
    return Key(id, frozenset({scope}), secret, CredentialState.LIVE, key_header)


class Pieces(httpx2.SyncByteStream):
    """A body in these pieces, which then fails if `failure` is given."""

    def __init__(self, pieces: Iterable[bytes], failure: Exception | None = None) -> None:
        self._pieces = pieces
        self._failure = failure

    def __iter__(self) -> Iterator[bytes]:
        yield from self._pieces
        if self._failure:
            raise self._failure


def answer(
    status: int = 200, *pieces: bytes, failure: Exception | None = None, kind: str = "application/json", **headers: str
) -> httpx2.Response:
    """A response with a body in pieces."""
    named = {name.replace("_", "-"): value for name, value in headers.items()}
    return httpx2.Response(status, headers={"content-type": kind} | named, stream=Pieces(pieces or [b"{}"], failure))


def stopped(kind: str = "application/json") -> httpx2.Response:
    """A response that stops in the middle."""
    return answer(200, b"{", failure=httpx2.ReadTimeout("no more bytes"), kind=kind)


class Scripted(httpx2.BaseTransport):
    """Responds to each request with the next outcome for its path, or for any path. The last one repeats."""

    def __init__(self, *outcomes: Outcome, **by_path: Outcome) -> None:
        self.requests = list[httpx2.Request]()
        self._outcomes = list(outcomes)
        self._by_path = {f"/{path.replace('_', '-')}": outcome for path, outcome in by_path.items()}

    @property
    def paths(self) -> list[str]:
        """The paths of all requests."""
        return [request.url.raw_path.decode() for request in self.requests]

    def handle_request(self, request: httpx2.Request) -> httpx2.Response:
        """The next outcome."""
        self.requests.append(request)
        outcome = self._by_path.get(self.paths[-1]) or self._next()
        if isinstance(outcome, Exception):
            raise outcome
        return outcome if isinstance(outcome, httpx2.Response) else outcome(request)

    def _next(self) -> Outcome:
        return self._outcomes.pop(0) if len(self._outcomes) > 1 else self._outcomes[0]


def scripted(*outcomes: Outcome, options: dict[str, Any] | None = None, **by_path: Outcome) -> tuple[Target, Scripted]:
    """A target with such a transport."""
    transport = Scripted(*(outcomes or (answer(),)), **by_path)
    return Target(TargetOptions(**{"base": "http://127.0.0.1:9"} | (options or {})), ROLES, transport), transport
