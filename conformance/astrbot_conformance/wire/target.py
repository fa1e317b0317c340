"""The server that is judged: one connection pool, a memory of what was asked, and the last word on what is sent."""

import contextlib
import threading
import time
from collections.abc import Callable, Iterator

import httpx

from astrbot_conformance.contract import IM_BOTS, MESSAGES, NEW_SESSION
from astrbot_conformance.verdict.finding import AskedTooOften, NoAnswer, NotJudged
from astrbot_conformance.wire.answer import Answer, Ending
from astrbot_conformance.wire.deadline import seconds_left, within
from astrbot_conformance.wire.pace import Pace
from astrbot_conformance.wire.pulse import Pulse
from astrbot_conformance.wire.reach import Reach
from astrbot_conformance.wire.request import Carrier, Key, Request, harmless
from astrbot_conformance.wire.road import Crossing, Road

LARGEST_BODY = 8 * 1024 * 1024
LONGEST_TARGET = 64 * 1024
TALKING = frozenset(operation.id for operation in MESSAGES)  # in every release
CALM = 0.3  # seconds that a real server is still busy with a message after its answer
NOT_SERVED = (404, 405, 501)  # without a key: the target does not know the operation at all
LONGEST_WAIT = 5.0  # seconds that a 429 may ask for
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
        self, reach: Reach, transport: httpx.BaseTransport | None = None, crossing: Crossing | None = None
    ) -> None:
        """Open the pool; close it with `close`. crossing: where other processes are under way to the same target."""
        self.reach = reach
        self.carrier = Carrier.BEARER
        self.requests = 0
        self.keyed_requests = 0
        self.sessions: list[tuple[Key, str]] = []  # chat sessions that the run made, and whose they are
        self.observers: list[Callable[[Answer], None]] = []  # told of every answer
        # The scope and the key's id of each request that got no answer: it may have made something all the same, or
        # was to tell what the target calls a thing that was just made.
        self.uncertain: set[tuple[str | None, str | None]] = set()
        self.pulse = Pulse(reach.timeout)
        self._memory: dict[object, Answer] = {}
        self._locks: dict[object, threading.Lock] = {}
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
        for observe in self.observers:
            observe(answer)
        if request.operation.id == NEW_SESSION.id and key and answer.is_accepted and isinstance(answer.data, dict):
            self.sessions.append((key, str(answer.data.get("session_id"))))
        return answer

    def send_once(self, request: Request, key: Key | None = None, carrier: Carrier | None = None) -> Answer:
        """The answer to `request` with `key`, asked once a run and remembered."""
        carrier = carrier or (key.carrier if key else None) or self.carrier
        place = (request.identity, key.variable if key else None, carrier)
        with self._lock:
            lock = self._locks.setdefault(place, threading.Lock())
        with lock:
            if place not in self._memory:
                self._memory[place] = self.send(request, key, carrier)
            return self._memory[place]

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
        """Ask everything anew from now on."""
        with self._lock:
            self._memory.clear()

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
        """Ask again where the target is busy or a kept connection died under the request."""
        asker = request.operation.scope, key.id if key else None
        for attempt in range(1, TRIES + 1):
            if self.pulse.is_lost:
                raise NoAnswer(f"{request.operation}: not asked, the target stopped answering")
            try:
                answer = exchange()
            except httpx.InvalidURL:
                raise NotJudged(f"{request.operation}: the target names a thing so that no address can") from None
            except httpx.DecodingError:
                raise NotJudged(f"{request.operation}: the answer is not compressed as it says") from None
            except httpx.TransportError as error:
                self.pulse.miss()
                self.uncertain.add(asker)
                if attempt < TRIES and isinstance(error, DEAD):
                    continue
                raise NoAnswer(f"{request.operation}: no answer ({type(error).__name__})") from None
            if answer.ending == "silent" and not self._is_there():
                self.uncertain.add(asker)
                raise NoAnswer(f"{request.operation}: the target stopped answering in the middle of it")
            self.pulse.feel()
            if answer.status != 429 or attempt == TRIES or wait_asked_for(answer) > seconds_left():
                break
            time.sleep(wait_asked_for(answer))
        if answer.status == 429:
            raise AskedTooOften(f"{request.operation}: the target says it is asked too often (429)")
        return answer

    def _is_there(self) -> bool:
        """Whether the target answers others: a body that nothing more comes of may be its own fault, or a pause."""
        if self.pulse.is_missing:
            return False
        try:
            self._exchange(harmless(IM_BOTS), None, self.carrier, leaving=False)
        except httpx.TransportError:
            self.pulse.miss()
            return False
        return True

    def _exchange(self, request: Request, key: Key | None, carrier: Carrier, *, leaving: bool) -> Answer:
        headers = request.wire_headers()
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
        sent = httpx.Request(request.method, self._base, headers=said, content=request.body)
        sent.extensions["timeout"] = self._timeout
        sent.url = WireURL(self._base, request.wire_target(self.reach.base))
        in_time = within(3 * self.reach.timeout)  # to connect, to wait for the head, and for the rest
        with in_time, contextlib.closing(self._transport.handle_request(sent)) as response:
            body, ending = self._read(response, began, leaving=leaving)
        return Answer(
            base=self.reach.base,
            request=request,
            key=key,
            carrier=carrier,
            status=response.status_code,
            headers={name.lower(): value for name, value in response.headers.items()},
            body=bytes(body),
            seconds=time.perf_counter() - began,
            ending=ending,
        )

    def _read(self, response: httpx.Response, began: float, *, leaving: bool) -> tuple[bytes, Ending]:
        body = bytearray()
        try:
            for chunk in response.iter_bytes():
                body += chunk
                if leaving:
                    return bytes(body), "left"
                if len(body) > LARGEST_BODY or time.perf_counter() - began > self.reach.timeout:
                    return bytes(body), "slow"
        except httpx.ReadTimeout:  # a stream that stays open says nothing more
            return bytes(body), "silent"
        except (httpx.RemoteProtocolError, httpx.ReadError):
            if not body:
                raise
            return bytes(body), "broken"
        return bytes(body), "closed"


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


def wait_asked_for(answer: Answer) -> float:
    """Seconds to wait after a 429: what the target asks for, within reason; a second when it does not say."""
    try:
        return min(max(float(answer.headers.get("retry-after", "1")), 0.2), LONGEST_WAIT)
    except ValueError:
        return 1.0
