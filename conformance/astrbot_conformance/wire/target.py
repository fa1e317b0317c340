"""The server that is judged: one connection pool, a memory of what was asked, and the last word on what is sent."""

import contextlib
import threading
import time
from collections.abc import Callable, Iterator

import httpx

from astrbot_conformance.contract import IM_BOTS, MESSAGES, NEW_SESSION
from astrbot_conformance.run_mark import PREFIX, new_mark
from astrbot_conformance.verdict.finding import AskedTooOften, NoAnswer, NotJudged, UnusableResponse
from astrbot_conformance.wire.answer import Answer
from astrbot_conformance.wire.budget import Budget
from astrbot_conformance.wire.deadline import seconds_left, within
from astrbot_conformance.wire.failure import reason_of
from astrbot_conformance.wire.identifiers import usable_id
from astrbot_conformance.wire.limits import UnusableError, received, wait_of
from astrbot_conformance.wire.memory import Memory
from astrbot_conformance.wire.pace import Pace
from astrbot_conformance.wire.pulse import Pulse
from astrbot_conformance.wire.reach import Reach
from astrbot_conformance.wire.request import Carrier, Key, Request, harmless
from astrbot_conformance.wire.road import Crossing, Road

LONGEST_TARGET = 64 * 1024
TALKING = frozenset(operation.id for operation in MESSAGES)  # in every release
CALM = 0.3  # seconds that a real server is still busy with a message after its answer
NOT_SERVED = (404, 405, 501)  # without a key: the target does not know the operation at all
AGAIN = 0.5  # seconds until one asks again whether a target is back
TRIES = 4
SAID = (("Accept", "*/*"), ("Accept-Encoding", "gzip, deflate"), ("User-Agent", "astrbot-contract"))
DEAD = (httpx.RemoteProtocolError, httpx.ReadError, httpx.WriteError)  # what a connection is that was kept too long


class WireURL(httpx.URL):
    """An address whose path and query go over the wire as they are written: httpx would tidy them up."""

    def __init__(self, base: httpx.URL, target: bytes) -> None:
        """Send `target` to the host of `base`. Raises httpx.InvalidURL where it is longer than any address."""
        if len(target) > LONGEST_TARGET:
            raise httpx.InvalidURL("longer than any address")
        super().__init__(base)
        self._target = target

    @property
    def raw_path(self) -> bytes:
        """What follows the host."""
        return self._target


class Target:
    """Sends requests and remembers the answers that several checks lean on. Safe to use from many threads."""

    def __init__(
        self,
        reach: Reach,
        transport: httpx.BaseTransport | None = None,
        crossing: Crossing | None = None,
        mark: str | None = None,
    ) -> None:
        """Open the pool; close it with `close`. crossing: where other processes are under way to the same target.

        mark: that of the run; ids of things that should not exist bear it, so that they are nobody's.
        """
        self.reach = reach
        self.nonexistent = f"{PREFIX}{mark or new_mark()}-none"
        self.carrier = Carrier.BEARER
        self.requests = 0
        self.keyed_requests = 0
        self.sessions: list[tuple[Key, str]] = []  # chat sessions that the run made, and whose they are
        self.observers: list[Callable[[Answer], None]] = []  # told of every answer
        self.mishaps: list[Exception] = []  # errors of the observers
        # The scope and the key's id of each request that got no answer: it may have made something all the same, or
        # was to tell what the target calls a thing that was just made.
        self.uncertain: set[tuple[str | None, str | None]] = set()
        self.pulse = Pulse(reach.timeout)
        self.budget = Budget(reach.timeout)
        self._memory = Memory()
        self._lock = threading.Lock()
        self._road = Road(crossing)
        self._talk = Road()  # of messages, before they go on to the other one
        self._calm_at = 0.0
        self._pace = Pace(reach.rate)
        self._base = httpx.URL(reach.base)
        self._timeout = httpx.Timeout(reach.timeout).as_dict()
        self._transport = transport or reach.transport()

    def send(
        self, request: Request, key: Key | None = None, carrier: Carrier | None = None, *, leaving: bool = False
    ) -> Answer:
        """Send `request` with `key`. Raises NotJudged where it is too risky for this target, or no answer came.

        With `leaving`, hang up as soon as the first piece of the body is there.
        """
        if request.risk and not self.reach.disposable:
            raise NotJudged(f"{request.operation}: {request.risk}; judged with --effects destructive", by_choice=True)
        if request.operation.id == NEW_SESSION.id and not self.reach.allows("write"):
            raise NotJudged(f"{request.operation} makes a session; judged with --effects write", by_choice=True)
        carrier = carrier or (key.carrier if key else None) or self.carrier
        with self._way(request):
            answer = self._patiently(lambda: self._exchange(request, key, carrier, leaving=leaving), request, key)
        if request.operation.id == NEW_SESSION.id and key and answer.is_accepted and isinstance(answer.data, dict):
            session = usable_id(answer.data.get("session_id"))
            self.sessions += [(key, session)] if session else []
        return answer

    def send_once(self, request: Request, key: Key | None = None, carrier: Carrier | None = None) -> Answer:
        """The response to `request` with `key`, sent once a run and remembered."""
        carrier = carrier or (key.carrier if key else None) or self.carrier
        identity = (request.identity, key.variable if key else None, carrier)
        return self._memory.once(identity, lambda: self.send(request, key, carrier))

    def must_admit(self, request: Request, key: Key) -> None:
        """The positive control of a denial: unless `key` gets past authorisation, raise NotJudged."""
        self.must_serve(request)
        answer = self.send_once(request, key)
        if not answer.admits:
            raise NotJudged(f"{request.operation}: a sufficient key is answered {answer.in_short}")

    def must_serve(self, request: Request) -> Answer:
        """The answer without any key; NotJudged where the target does not know the operation at all."""
        answer = self.send_once(request)
        if answer.status in NOT_SERVED:
            raise NotJudged(f"{request.operation}: the target does not serve it ({answer.status} without a key)")
        return answer

    def forget(self) -> None:
        """Send everything again from now on."""
        self._memory.forget()

    def is_back(self) -> bool:
        """Whether a target that did not answer does so again, within one time-out."""
        deadline = time.monotonic() + self.reach.timeout
        while True:
            self.pulse.hope()
            with contextlib.suppress(NotJudged):
                self.send(harmless(IM_BOTS))
            if not self.pulse.is_missing or time.monotonic() > deadline:
                return not self.pulse.is_missing
            time.sleep(AGAIN)

    def close(self) -> None:
        """Close the pool."""
        self._transport.close()

    def _show(self, answer: Answer) -> None:
        """Show a response to every observer. An error of one does not end the check that sent the request."""
        for observe in self.observers:
            try:
                observe(answer)
            except Exception as error:  # noqa: BLE001  kept for the report of the run
                self.mishaps.append(error)

    def _way(self, request: Request) -> contextlib.AbstractContextManager[object]:
        """Go beside others; what needs quiet alone, and once the target is done with the messages that it answered."""
        if needs_quiet(request):
            return self._quiet_way()
        if request.operation.id in TALKING:
            return self._way_of_messages()
        return self._road.alone() if goes_alone(request) else self._road.together()

    @contextlib.contextmanager
    def _quiet_way(self) -> Iterator[None]:
        with self._talk.alone():
            if not self.reach.disposable:
                time.sleep(max(0.0, self._calm_at - time.monotonic()))
            with self._road.alone():
                yield

    @contextlib.contextmanager
    def _way_of_messages(self) -> Iterator[None]:
        with self._talk.together():
            try:
                with self._road.together():
                    yield
            finally:
                self._spoke()

    def _spoke(self) -> None:
        self._calm_at = time.monotonic() + CALM

    def _patiently(self, exchange: Callable[[], Answer], request: Request, key: Key | None) -> Answer:
        """Send again if the target is busy or a kept connection died under the request."""
        asker = request.operation.scope, key.id if key else None
        for attempt in range(1, TRIES + 1):
            self._must_be_worth_it(request)
            try:
                answer = self._paid(exchange)
            except httpx.InvalidURL:
                raise NotJudged(f"{request.operation}: the target names a thing so that no address can") from None
            except (httpx.LocalProtocolError, UnicodeError):
                raise NotJudged(f"{request.operation}: the target names a thing so that no header can") from None
            except UnusableError as error:
                self.pulse.feel()
                raise UnusableResponse(f"{request.operation}: the response cannot be used: {error}") from None
            except httpx.TransportError as error:
                self.pulse.miss()
                self.uncertain.add(asker)
                if attempt < TRIES and isinstance(error, DEAD):
                    continue
                raise NoAnswer(f"{request.operation}: no answer ({reason_of(error)})") from None
            if answer.ending == "silent" and not self._is_there():
                self.uncertain.add(asker)
                raise NoAnswer(f"{request.operation}: the target stopped answering in the middle of it")
            self.pulse.feel()
            wait = wait_of(answer.headers.get("retry-after"))
            if answer.status != 429 or attempt == TRIES or wait > seconds_left():
                break
            self._wait(wait)
        if answer.status == 429:
            raise AskedTooOften(f"{request.operation}: the target says it is asked too often (429)")
        return answer

    def _must_be_worth_it(self, request: Request) -> None:
        """Raise NoAnswer if the target stopped answering, or used up what the run has for it."""
        if self.pulse.is_lost:
            raise NoAnswer(f"{request.operation}: not asked, the target stopped answering")
        if reason := self.budget.exhausted:
            raise NoAnswer(f"{request.operation}: not asked, {reason}")

    def _paid(self, exchange: Callable[[], Answer]) -> Answer:
        """The response of an exchange whose cost the budget is charged. Raises UnusableError if it is unusable.

        The observers see every one, also what is no answer to the request: a 429, or a stream that stops.
        """
        began, size, usable = time.monotonic(), 0, False
        try:
            answer = exchange()
            size = len(answer.body)
            if answer.unusable:
                raise UnusableError(answer.unusable)
            usable = answer.status != 429 and answer.ending in ("closed", "left")
        finally:
            self.budget.spend(time.monotonic() - began, size, is_usable=usable)
        self._show(answer)
        return answer

    def _wait(self, seconds: float) -> None:
        self.budget.spend(seconds)
        time.sleep(seconds)

    def _is_there(self) -> bool:
        """Whether the target answers others: a body that nothing more comes of may be its own fault, or a pause."""
        if self.pulse.is_missing:
            return False
        try:
            self._paid(lambda: self._exchange(harmless(IM_BOTS), None, self.carrier, leaving=False))
        except UnusableError:
            return True
        except httpx.TransportError:
            self.pulse.miss()
            return False
        return True

    def _exchange(self, request: Request, key: Key | None, carrier: Carrier, *, leaving: bool) -> Answer:
        named = request.naming(self.nonexistent)
        headers = named.wire_headers()
        if key:
            name, before = carrier.value
            headers.append((name, before + key.secret.reveal()))
        self._pace.wait()
        with self._lock:
            self.requests += 1
            self.keyed_requests += shows_a_key(request, key)
        began = time.perf_counter()
        said = httpx.Headers(SAID)
        said.update(headers)
        sent = httpx.Request(named.method, self._base, headers=said, content=named.body)
        sent.extensions["timeout"] = self._timeout
        sent.url = WireURL(self._base, named.wire_target(self.reach.base))
        in_time = within(3 * self.reach.timeout)  # to connect, to wait for the head, and for the rest
        with in_time, contextlib.closing(self._transport.handle_request(sent)) as response:
            came = received(response, seconds=self.reach.timeout, leaving=leaving)
        return Answer(
            base=self.reach.base,
            request=request,
            key=key,
            carrier=carrier,
            status=came.status,
            headers=came.headers,
            body=came.body,
            seconds=time.perf_counter() - began,
            ending=came.ending,
            nonexistent=self.nonexistent,
        )


def shows_a_key(request: Request, key: Key | None) -> bool:
    """Whether a request carries what a target takes for a developer key, be it one or not: it has to look it up."""
    in_headers = {name.lower(): value.removeprefix("Bearer").strip() for name, value in request.headers}
    if request.presented or (key is not None and key.id != ""):
        return True
    return any(in_headers.get(name) for name in ("authorization", "x-api-key"))


def needs_quiet(request: Request) -> bool:
    """Whether a request must not meet another: real servers lock up when others come while they change a profile.

    Measured on 4.26.0-beta.8: all requests hang for half a minute, then some end with 500, the database being locked;
    once also by a message that was answered already, of which it still wrote something down.
    """
    return request.operation.tag == "config-profiles" and request.operation.side_effect != "read"


def goes_alone(request: Request) -> bool:
    """Whether a request must not meet another of its kind: real servers forget one of two that come at once.

    Measured on 4.26.0-beta.8: of 24 plugin sources, made four at a time, 14 were lost.
    """
    return request.operation.tag == "plugin-sources" and request.operation.side_effect != "read"
