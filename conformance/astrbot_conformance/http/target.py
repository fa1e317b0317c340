"""The server under test: one connection pool, stored responses, and the final decision on what is sent."""

import contextlib
import math
import threading
import time
from collections.abc import Callable

import httpx2

from astrbot_conformance.http.budget import Budget
from astrbot_conformance.http.circuit_breaker import CircuitBreaker
from astrbot_conformance.http.concurrency import Concurrency
from astrbot_conformance.http.connection import TargetOptions, Transport
from astrbot_conformance.http.conversation import Conversation
from astrbot_conformance.http.deadline import seconds_left, within
from astrbot_conformance.http.failure import UNSENDABLE, reason_of, unsendable
from astrbot_conformance.http.hanging import MOST_TRIES, Hang, HangingOperations, control_of, stalls
from astrbot_conformance.http.identifiers import usable_id
from astrbot_conformance.http.key import Key, KeyHeader
from astrbot_conformance.http.limits import UnusableError, received, wait_of
from astrbot_conformance.http.memory import Memory
from astrbot_conformance.http.observers import Observers
from astrbot_conformance.http.rate_limiter import RateLimiter
from astrbot_conformance.http.read_write_lock import SharedReadWriteLock
from astrbot_conformance.http.request import HttpRequest, creates_something
from astrbot_conformance.http.response import HttpResponse
from astrbot_conformance.http.roles import Roles
from astrbot_conformance.http.wire_request import http_request, shows_a_key
from astrbot_conformance.json_value import part
from astrbot_conformance.outcome import AskedTooOften, Hanging, NoAnswer, NotJudged, UnusableResponse
from astrbot_conformance.run_mark import PREFIX, new_mark

NOT_SERVED = (404, 405, 501)  # without a key: the target does not serve the operation at all
TRIES = 4
CLOSING_TIMEOUT = 2.5  # seconds for one response while the run ends
Origin = tuple[str | None, str | None]  # the scope and the key id of a request
DEAD = (httpx2.RemoteProtocolError, httpx2.ReadError, httpx2.WriteError)  # errors of a stale connection


class Target:
    """Sends requests and stores the responses that several checks share. Thread-safe."""

    _closing: int | None = None  # the thread that cleans up, once only it may send

    def __init__(
        self,
        options: TargetOptions,
        roles: Roles,
        transport: httpx2.BaseTransport | None = None,
        shared_lock: SharedReadWriteLock | None = None,
        mark: str | None = None,
    ) -> None:
        """Open the pool. Close it with `close`. roles: the operations that need special treatment.

        shared_lock: the lock shared with other processes that use the target.
        mark: the mark of the run. Ids of nonexistent resources contain it, so that no resource has such an id.
        """
        self.options = options
        self.roles = roles
        self.nonexistent = f"{PREFIX}{mark or new_mark()}-none"
        self.key_header = KeyHeader.BEARER
        self.requests = 0
        self.keyed_requests = 0
        self.created: list[tuple[Key, str]] = []  # the ids of what the run created without a name, and their keys
        self.observers = Observers()
        self.uncertain: set[Origin] = set()  # of requests without a response: they may have created something
        self.circuit_breaker = CircuitBreaker(options.timeout)
        self.hanging = HangingOperations()
        self.budget = Budget(options.timeout)
        self.memory = Memory()
        self._lock = threading.Lock()
        self._concurrency = Concurrency(roles, shared_lock)
        self._rate_limiter = RateLimiter(options.rate)
        self._timeout = httpx2.Timeout(options.timeout).as_dict()
        self._transport = transport or options.transport()

    def send(
        self,
        request: HttpRequest,
        key: Key | None = None,
        key_header: KeyHeader | None = None,
        *,
        leaving: bool = False,
    ) -> HttpResponse:
        """Send `request` with `key`. Raises NotJudged if it is too risky for this target, or if no response came.

        With `leaving`, close the connection as soon as the first piece of the body arrives.
        """
        if request.risk and not self.options.disposable:
            raise NotJudged(f"{request.operation}: {request.risk}; judged with --effects destructive", by_choice=True)
        creates = creates_something(request.operation)
        if creates and not self.options.allows("write"):
            reason = request.operation.probe_reason
            raise NotJudged(f"{request.operation}: {reason}; judged with --effects write", by_choice=True)
        key_header = key_header or (key.key_header if key else None) or self.key_header
        with self._turn(request):
            response = self._with_retries(
                lambda: self._exchange(request, key, key_header, leaving=leaving),
                Hang(self.options.base, request.naming(self.nonexistent), key, key_header, self.options.timeout),
            )
        if creates and key and response.is_accepted:
            id = usable_id(part(response.data, self.roles.created_id))
            self.created += [(key, id)] if id else []
        return response

    def send_once(
        self, request: HttpRequest, key: Key | None = None, key_header: KeyHeader | None = None
    ) -> HttpResponse:
        """The response to `request` with `key`. A run sends the request once and stores the response."""
        key_header = key_header or (key.key_header if key else None) or self.key_header
        identity = (request.identity, key.variable if key else None, key_header)
        return self.memory.once(identity, lambda: self.send(request, key, key_header))

    def converse(self, request: HttpRequest, key: Key | None, talk: Callable[[], Conversation]) -> Conversation:
        """What `talk` returns. It uses a separate connection. A failure does not show that the target is down."""
        with self._turn(request):
            self._count(request, key)
            return talk()

    def must_admit(self, request: HttpRequest, key: Key) -> None:
        """The positive control of a denial. Raises NotJudged unless `key` is authorized."""
        self.must_serve(request)
        response = self.send_once(request, key)
        if not response.admits:
            raise NotJudged(f"{request.operation}: a key with the required scope got {response.in_short}")

    def must_reject_without_key(self, request: HttpRequest) -> None:
        """The control of an authorized key. Raises NotJudged if a request without a key is authorized too."""
        response = self.must_serve(request)
        if response.admits:
            raise NotJudged(f"{request.operation}: authorizes a request without a key, see AUTH-REQUIRED")

    def must_serve(self, request: HttpRequest) -> HttpResponse:
        """The response without any key. Raises NotJudged if the target does not serve the operation."""
        response = self.send_once(request)
        if response.status in NOT_SERVED:
            raise NotJudged(f"{request.operation}: the target does not serve it ({response.status} without a key)")
        return response

    def forget(self) -> None:
        """Drop the stored responses, so that every request is sent again."""
        self.memory.forget()

    def close(self) -> None:
        """Close the pool."""
        self._transport.close()

    def wind_down(self) -> None:
        """From now on send only requests of this thread, to clean up, and wait at most 2.5 s for a response.

        If two responses in a row do not come, nothing more is sent. Safe in a signal handler: this waits for no
        lock.
        """
        if self._closing is None:
            self._closing = threading.get_ident()
            self._timeout = httpx2.Timeout(min(self.options.timeout, CLOSING_TIMEOUT)).as_dict()
            circuit_breaker = CircuitBreaker(1.0, max_failures=2)
            if self.circuit_breaker.last_failed:
                circuit_breaker.record_failure()
            self.circuit_breaker = circuit_breaker
            self.budget.allow_cleanup()

    def hang_up(self) -> None:
        """Close every open connection, so that no thread waits for it. Safe in a signal handler."""
        if isinstance(self._transport, Transport):
            self._transport.hang_up()

    def hurry(self) -> None:
        """Wind down, and abort the requests in flight. Used if the run must end while it cleans up."""
        self.wind_down()
        self.hang_up()

    def _turn(self, request: HttpRequest) -> contextlib.AbstractContextManager[object]:
        """Wait for the request's turn, but not while the run winds down: others may hold the lock for long."""
        if self._closing is not None:
            return contextlib.nullcontext()
        return self._concurrency.turn_of(request, disposable=self.options.disposable)

    def _with_retries(self, exchange: Callable[[], HttpResponse], sent: Hang) -> HttpResponse:
        """Send again if the target is busy, or if an idle connection failed during the request."""
        request = sent.request
        origin = request.operation.scope, sent.key.id if sent.key else None
        for attempt in range(1, TRIES + 1):
            self.must_be_sendable(request)
            try:
                response = self._answered(exchange, sent)
            except UNSENDABLE as error:
                raise NotJudged(f"{request.operation}: {unsendable(error)}") from None
            except UnusableError as error:
                self.circuit_breaker.record_success()
                self.uncertain.add(origin)
                raise UnusableResponse(f"{request.operation}: the response cannot be used: {error}") from None
            except httpx2.TransportError as error:
                self.circuit_breaker.record_failure()
                self.uncertain.add(origin)
                if attempt < TRIES and isinstance(error, DEAD):
                    continue
                raise NoAnswer(f"{request.operation}: no response ({reason_of(error)})") from None
            if response.ending == "silent" and not self._is_there(request):
                self.uncertain.add(origin)
                raise NoAnswer(f"{request.operation}: the target stopped responding within the response")
            self.circuit_breaker.record_success()
            wait = wait_of(response.headers.get("retry-after"))
            if response.status != 429 or attempt == TRIES or wait > seconds_left() or not self.budget.may_wait:
                break
            self.budget.wait(wait)
            time.sleep(wait)
        if response.status == 429:
            self.budget.refused()
            raise AskedTooOften(f"{request.operation}: the target keeps returning 429 (too many requests)")
        return response

    def _answered(self, exchange: Callable[[], HttpResponse], sent: Hang) -> HttpResponse:
        """The response of an exchange, at the second try if only this request got none. Raises Hanging or NoAnswer."""
        for attempt in range(1, MOST_TRIES + 1):
            self.must_be_sendable(sent.request)
            try:
                response = self._charged(exchange)
            except httpx2.ReadTimeout:
                if self._closing is not None or not self._is_there(sent.request, sent.key, entirely=True):
                    raise
            else:
                if not stalls(response) or not self._is_there(sent.request, sent.key, entirely=True):
                    return response
            self.uncertain.add((sent.request.operation.scope, sent.key.id if sent.key else None))
            self.hanging.note(sent, is_second=attempt == MOST_TRIES)
        raise AssertionError("the last attempt raises")

    def must_be_sendable(self, request: HttpRequest) -> None:
        """Raise NoAnswer if the run ends, the target is silent, or the budget is exhausted; Hanging if it hangs."""
        if request in self.hanging:
            raise Hanging(f"{request.operation}: not sent, it does not respond, see ROBUST-TIME")
        if self._closing not in (None, threading.get_ident()):
            raise NoAnswer(f"{request.operation}: not sent, the run is ending")
        if self.circuit_breaker.is_open:
            raise NoAnswer(f"{request.operation}: not sent, the target stopped responding")
        if reason := self.budget.exhausted:
            raise NoAnswer(f"{request.operation}: not sent, {reason}")

    def _charged(self, exchange: Callable[[], HttpResponse]) -> HttpResponse:
        """The response of an exchange, shown to the observers and charged. Raises UnusableError if it is unusable."""
        began, size, usable = time.monotonic(), 0, False
        try:
            response = exchange()
            size = len(response.body)
            if response.unusable:
                raise UnusableError(response.unusable)
            usable = response.status != 429 and response.ending in ("closed", "left")
            if usable and response.key and response.key.id:
                self.budget.admitted()
        finally:
            self.budget.spend(time.monotonic() - began, size, is_usable=usable)
        self.budget.spend(self.observers.show(response))  # it may take long to inspect
        return response

    def _is_there(self, request: HttpRequest, key: Key | None = None, *, entirely: bool = False) -> bool:
        """Whether the target responds to other requests. Then only this response has failed, or it is a pause."""
        if self.circuit_breaker.last_failed:
            return False
        control = control_of(request, self.roles)
        try:
            response = self._charged(lambda: self._exchange(control, key, self.key_header, leaving=False))
        except UnusableError:
            return True
        except httpx2.TransportError:
            self.circuit_breaker.record_failure()
            return False
        return response.ending == "closed" or not entirely

    def _count(self, request: HttpRequest, key: Key | None) -> None:
        """Wait until the rate allows one more request, and count it."""
        self._rate_limiter.wait()
        with self._lock:
            self.requests += 1
            self.keyed_requests += shows_a_key(request, key)

    def _exchange(self, request: HttpRequest, key: Key | None, key_header: KeyHeader, *, leaving: bool) -> HttpResponse:
        self._count(request, key)
        began = time.perf_counter()
        sent = http_request(request.naming(self.nonexistent), key, key_header, self.options.base)
        sent.extensions["timeout"] = self._timeout
        # Time to connect, to wait for the head, and for the rest.
        in_time = within(min(3 * self.options.timeout, math.inf if self._closing is None else CLOSING_TIMEOUT))
        with in_time, contextlib.closing(self._transport.handle_request(sent)) as response:
            result = received(response, seconds=self.options.timeout, leaving=leaving)
        return HttpResponse(
            base=self.options.base,
            request=request,
            key=key,
            key_header=key_header,
            status=result.status,
            headers=result.headers,
            body=result.body,
            seconds=time.perf_counter() - began,
            ending=result.ending,
            nonexistent=self.nonexistent,
            is_confidential=self.roles.is_confidential(request.operation),
        )
