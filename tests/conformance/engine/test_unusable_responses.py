"""An unusable response keeps its check from passing, and has no other effect."""

from collections.abc import Callable
from typing import Any

import httpx2
import pytest
from astrbot_conformance.astrbot_operations import IM_BOTS
from astrbot_conformance.engine.run import judge
from astrbot_conformance.engine.run_options import RunOptions
from astrbot_conformance.engine.selection import Selection
from astrbot_conformance.http.connection import TargetOptions
from astrbot_conformance.http.key import KeyHeader
from astrbot_conformance.http.limits import LARGEST_BODY
from astrbot_conformance.http.memory import FIXED, Memory
from astrbot_conformance.http.request import harmless
from astrbot_conformance.http.response import HttpResponse
from astrbot_conformance.http.target import Target
from astrbot_conformance.outcome import LONGEST, AskedTooOften, NoAnswer, NotJudged, UnusableResponse
from astrbot_conformance.passive.observations import Observations
from astrbot_conformance.preflight.target import astrbot_target
from astrbot_conformance.secret import Secret
from astrbot_conformance.verdict.judgement import Report
from astrbot_reference import Settings, running

pytestmark = pytest.mark.slow

PASSWORD = "a long password"
SOME = frozenset({"list_personas", "create_persona", "list_bots", "list_im_bots"})
OK: dict[str, object] = {"status": "ok", "message": None, "data": {}}


class Answering(httpx2.BaseTransport):
    """A transport that returns the response of `make` to every request."""

    def __init__(self, make: Callable[[], httpx2.Response]) -> None:
        self.asked = 0
        self._make = make

    def handle_request(self, _: httpx2.Request) -> httpx2.Response:
        """The response."""
        self.asked += 1
        return self._make()


def target_of(make: Callable[[], httpx2.Response], timeout: float = 20.0) -> tuple[Target, Answering]:
    """A target with such a transport, and the transport, which counts the requests."""
    transport = Answering(make)
    return astrbot_target(TargetOptions(base="http://127.0.0.1:9", timeout=timeout), transport=transport), transport


def judged(requirement: str, operations: frozenset[str] = frozenset()) -> Report:
    """The report of a run of one requirement on a reference server."""
    settings = Settings(username="astrbot", password=PASSWORD, logins_at_once=10**6)
    with running(settings) as base:
        options = RunOptions(
            target=TargetOptions(base=base, disposable=True),
            username="astrbot",
            password=Secret(PASSWORD, "ASTRBOT_PASSWORD"),
            selection=Selection(seed=1, requirements=frozenset({requirement}), operations=operations),
        )
        report, _ = judge(options, lambda *_: None)
    return report


@pytest.mark.parametrize(
    ("response", "reason"),
    [
        (
            lambda: httpx2.Response(200, headers={"Content-Encoding": "gzip, gzip"}, stream=httpx2.ByteStream(b"x")),
            "2 times",
        ),
        (lambda: httpx2.Response(200, headers={"X-A": "a" * 40_000}), "headers"),
        (lambda: httpx2.Response(200, headers={"Content-Type": "application/json"}, content=b"9" * 5000), "digits"),
        (lambda: httpx2.Response(200, headers={"Content-Type": "application/json"}, content=b"[" * 10**6), "values"),
        (
            lambda: httpx2.Response(200, headers={"Content-Type": "text/event-stream"}, content=b":\n\n" * 300_000),
            "values",
        ),
    ],
    ids=["stacked codings", "long headers", "long number", "many values", "many events"],
)
def test_an_unusable_response_raises_its_reason(response: Callable[[], httpx2.Response], reason: str) -> None:
    """The check gets the reason. The target counts as responding."""
    target, transport = target_of(response)

    with pytest.raises(UnusableResponse, match=reason):
        target.send(harmless(IM_BOTS))

    assert (transport.asked, target.circuit_breaker.last_failed) == (1, False)


def test_an_error_of_a_passive_check_is_not_conformant(monkeypatch: pytest.MonkeyPatch) -> None:
    """The run ends normally, the requirements of that check are not judged, and the verdict is not conformant."""
    whole = Observations._inspect  # noqa: SLF001

    def failing(self: Observations, place: tuple[int, str], check: Any, response: HttpResponse) -> None:
        def fail(*_: object) -> bool:
            raise MemoryError("too large")

        whole(self, place, fail, response)

    monkeypatch.setattr(Observations, "_inspect", failing)

    report = judged("SHAPE-ENVELOPE", SOME)

    assert (report.verdict, report.exit_code) == ("not-judged", 3)
    assert report.trouble
    assert "cannot be used" in report.trouble
    assert "MemoryError: too large" in report.trouble


def test_an_error_of_a_check_is_not_conformant(monkeypatch: pytest.MonkeyPatch) -> None:
    """A check that raises on one response is not judged and says why. The other checks are judged."""
    whole = Target.send_once

    def failing(self: Target, request: Any, *more: Any) -> HttpResponse:
        if request.operation.id == "list_personas":
            raise OverflowError("x" * 10_000)
        return whole(self, request, *more)

    monkeypatch.setattr(Target, "send_once", failing)

    report = judged("AUTH-REQUIRED")

    (requirement,) = report.requirements
    assert requirement.checks > 100
    missed = [one for one in report.judgements if one.status == "not-judged"]
    assert {one.operation for one in missed if one.unusable} == {"GET /api/v1/personas"}
    assert missed[0].reason is not None
    assert len(missed[0].reason) < LONGEST + 100
    assert report.verdict == "not-judged"


def test_a_failing_observer_ends_nothing() -> None:
    """Its error is stored for the report, and the other observers get the response."""
    target, _ = target_of(lambda: httpx2.Response(200, json=OK))
    responses: list[HttpResponse] = []

    def fail(_: HttpResponse) -> None:
        raise ValueError("odd")

    target.observers += [fail, responses.append]

    assert target.send(harmless(IM_BOTS)) == responses[0]
    assert [str(error) for error in target.observers.errors] == ["odd"]


@pytest.mark.parametrize("retry_after", ["nan", "inf", "-1", "1e999", "9" * 400, "99999"])
def test_a_target_that_always_returns_429_is_given_up(retry_after: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """The total wait of a run is limited, for any Retry-After."""
    waits: list[float] = []
    monkeypatch.setattr("astrbot_conformance.http.target.time.sleep", waits.append)
    target, transport = target_of(lambda: httpx2.Response(429, headers={"Retry-After": retry_after}))

    with pytest.raises(AskedTooOften):
        target.send(harmless(IM_BOTS))
    for _ in range(2000):
        with pytest.raises(NotJudged):
            target.send(harmless(IM_BOTS))

    assert sum(waits) <= 620
    assert transport.asked < 900
    with pytest.raises(NoAnswer, match="keeps returning 429"):
        target.send(harmless(IM_BOTS))


def test_a_flood_is_given_up() -> None:
    """Responses of 8 MiB each are read up to a limit for the whole run. The cleanup is still possible."""
    target, transport = target_of(lambda: httpx2.Response(200, content=b"x" * LARGEST_BODY))

    while target.budget.exhausted is None and transport.asked < 200:
        target.send(harmless(IM_BOTS))

    with pytest.raises(NoAnswer, match="more data than a run may read"):
        target.send(harmless(IM_BOTS))
    assert 30 < transport.asked < 50
    target.budget.allow_cleanup()
    assert target.send(harmless(IM_BOTS)).status == 200


def test_memory_is_limited() -> None:
    """The oldest responses are dropped and their requests are sent again when needed; small responses stay."""
    memory, retry_after = Memory(most_bytes=3 * (FIXED + 1000)), list[int]()

    def ask(number: int) -> HttpResponse:
        def make() -> HttpResponse:
            retry_after.append(number)
            return HttpResponse("http://a", harmless(IM_BOTS), None, KeyHeader.BEARER, 200, {}, b"x" * 1000, 0.1)

        return memory.once(number, make)

    for number in (1, 2, 3, 2, 3, 4, 4, 3, 1):
        ask(number)

    assert retry_after == [1, 2, 3, 4, 1]
