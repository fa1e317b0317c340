"""What a target does if a request gets no usable response, and what the request costs."""

from typing import Any

import httpx2
import pytest
from astrbot_conformance.http import HttpResponse, Key, harmless
from astrbot_conformance.http.budget import Budget
from astrbot_conformance.outcome import Hanging, NoAnswer, NotJudged, UnusableResponse

from tests.conformance.http.scripted import Outcome, answer, key, scripted, stopped
from tests.conformance.made import operation

READ = harmless(operation("/read", scope="bot"))
STREAM = "text/event-stream"


class Ledger(Budget):
    """Stores what is charged."""

    def __init__(self) -> None:
        super().__init__(20)
        self.charged = list[tuple[float, int, bool]]()
        self.helped = 0

    def spend(self, seconds: float, size: int = 0, *, is_usable: bool = False) -> None:
        """Store a charge."""
        self.charged.append((seconds, size, is_usable))

    def admitted(self) -> None:
        """Count the responses to requests with a key."""
        self.helped += 1


@pytest.mark.parametrize("error", [httpx2.ReadError("x"), httpx2.WriteError("x"), httpx2.RemoteProtocolError("x")])
def test_a_request_on_a_stale_connection_is_sent_again(error: Exception) -> None:
    """Up to three times. The response counts; without one, the server may have acted all the same."""
    target, transport = scripted(error, error, error, answer(200))
    assert target.send(READ, key()).status == 200
    assert len(transport.requests) == 4
    assert target.uncertain == {("bot", "1")}
    assert not target.circuit_breaker.last_failed

    target, transport = scripted(error)
    with pytest.raises(NoAnswer, match="no response"):
        target.send(READ)
    assert len(transport.requests) == 4
    assert target.uncertain == {("bot", None)}
    assert target.circuit_breaker.last_failed


def test_a_connection_that_cannot_be_opened_is_tried_once() -> None:
    """Nothing listens there."""
    target, transport = scripted(httpx2.ConnectError("refused"))
    with pytest.raises(NoAnswer, match="nothing listens"):
        target.send(READ)

    assert len(transport.requests) == 1


def test_a_request_that_cannot_be_sent_is_not_judged() -> None:
    """A text of the target fits in no address. The target is not at fault."""
    target, _ = scripted(httpx2.LocalProtocolError("odd"))
    with pytest.raises(NotJudged, match="cannot be sent in a header"):
        target.send(READ)

    assert not target.circuit_breaker.last_failed


def test_a_response_beyond_the_limits_cannot_be_used() -> None:
    """The target did respond, and may have acted."""
    target, _ = scripted(answer(content_encoding="br"))
    target.circuit_breaker.record_failure()
    with pytest.raises(UnusableResponse, match="its content coding is `br`"):
        target.send(READ, key())

    assert not target.circuit_breaker.last_failed
    assert target.uncertain == {("bot", "1")}


TIME_OUT, STOP = httpx2.ReadTimeout("x"), lambda _: stopped()
CONTROLS: list[tuple[Outcome, Outcome, type[NotJudged]]] = [
    *((outcome, answer(200), Hanging) for outcome in (TIME_OUT, STOP)),
    *((outcome, answer(content_encoding="br"), Hanging) for outcome in (TIME_OUT, STOP)),
    *((outcome, httpx2.ReadTimeout("x"), NoAnswer) for outcome in (TIME_OUT, STOP)),
    *((outcome, httpx2.ConnectError("x"), NoAnswer) for outcome in (TIME_OUT, STOP)),
    (TIME_OUT, stopped(STREAM), NoAnswer),
]


@pytest.mark.parametrize(("outcome", "control", "error"), CONTROLS)
def test_a_time_out_is_a_hang_only_if_the_target_is_there(
    outcome: Outcome, control: Outcome, error: type[NotJudged]
) -> None:
    """The whole response to another request shows that it is there."""
    target, transport = scripted(ping=control, read=outcome)
    with pytest.raises(error):
        target.send(READ, key())

    assert transport.paths == ["/read", "/ping"] * (2 if error is Hanging else 1)
    assert (READ in target.hanging) == (error is Hanging)
    assert target.uncertain == {("bot", "1")}


@pytest.mark.parametrize("outcome", [TIME_OUT, STOP])
def test_a_request_is_sent_again_after_one_time_out(outcome: Outcome) -> None:
    """Its response counts."""
    target, transport = scripted(outcome, answer(200), ping=answer(200))

    assert target.send(READ, key()).status == 200
    assert transport.paths == ["/read", "/ping", "/read"]
    assert target.uncertain == {("bot", "1")}


def test_no_control_is_sent_while_the_run_ends() -> None:
    """There is no time for it."""
    target, transport = scripted(httpx2.ReadTimeout("x"))
    target.wind_down()
    with pytest.raises(NoAnswer, match="no response in time"):
        target.send(READ)

    assert transport.paths == ["/read"]


def test_no_control_is_sent_if_the_last_request_failed_too() -> None:
    """Another failure would only cost time."""
    target, transport = scripted(httpx2.ReadTimeout("x"))
    target.circuit_breaker.record_failure()
    with pytest.raises(NoAnswer):
        target.send(READ)

    assert transport.paths == ["/read"]


@pytest.mark.parametrize("control", [answer(200), stopped(STREAM), answer(content_encoding="br")])
def test_a_stream_may_pause_if_the_target_is_there(control: Outcome) -> None:
    """Any response to another request shows that, and the bytes count."""
    target, transport = scripted(stopped(STREAM), ping=control)

    assert target.send(READ).ending == "silent"
    assert transport.paths == ["/read", "/ping"]


def test_a_stream_does_not_pause_if_the_target_is_away() -> None:
    """Then the target has stopped."""
    target, _ = scripted(stopped(STREAM), ping=httpx2.ConnectError("x"))
    with pytest.raises(NoAnswer, match="stopped responding within the response"):
        target.send(READ, key())

    assert target.uncertain == {("bot", "1")}
    assert target.circuit_breaker.last_failed


def test_a_run_that_ends_gives_a_silent_target_up_sooner(monkeypatch: pytest.MonkeyPatch) -> None:
    """After two requests without a response and more than a second. A failure before it counts."""
    now = 100.0
    monkeypatch.setattr("time.monotonic", lambda: now)
    for before in (0, 1):
        target, transport = scripted(httpx2.ReadTimeout("x"))
        if before:
            target.circuit_breaker.record_failure()
        target.wind_down()
        for _ in range(2 - before):
            with pytest.raises(NoAnswer, match="in time"):
                target.send(READ)
        now += 1.0
        with pytest.raises(NoAnswer, match="in time"):
            target.send(READ)
        now += 0.25
        with pytest.raises(NoAnswer, match="not sent, the target stopped responding"):
            target.send(READ)
        assert len(transport.requests) == 3 - before


@pytest.mark.parametrize(("failed_before", "sent"), [(False, 2), (True, 1)])
def test_a_failure_before_the_end_of_the_run_counts(
    monkeypatch: pytest.MonkeyPatch,
    failed_before: bool,  # noqa: FBT001  by pytest
    sent: int,
) -> None:
    """A target that had stopped responding gets one request less."""
    now = [100.0]
    monkeypatch.setattr("time.monotonic", lambda: now[0])
    target, transport = scripted(httpx2.ReadTimeout("x"))
    if failed_before:
        target.circuit_breaker.record_failure()
    target.wind_down()
    for _ in range(2):
        with pytest.raises(NoAnswer):
            target.send(READ)
        now[0] += 1.25

    assert len(transport.requests) == sent


def test_an_exhausted_budget_ends_the_run() -> None:
    """The reason names what is exhausted. The cleanup has a separate budget."""
    target, _ = scripted()
    target.budget.spend(10_000)
    with pytest.raises(NoAnswer, match="not sent, the responses of the target took more time"):
        target.send(READ)

    target.wind_down()
    assert target.send(READ).status == 200


@pytest.mark.parametrize(
    ("response", "with_key", "size", "usable", "helped"),
    [
        (answer(200, b"{}"), key(), 2, True, 1),
        (answer(500, b"12345"), key(), 5, True, 1),
        (answer(200, b"{}"), key(""), 2, True, 0),
        (answer(200, b"{}"), None, 2, True, 0),
        (answer(200, b"{", failure=httpx2.ReadError("x")), key(), 1, False, 0),
        (answer(200, b"[" + b"1," * 3_000_000), key(), 6_000_001, False, 0),
        (answer(content_encoding="br"), key(), 0, False, 0),
        (httpx2.ConnectError("x"), key(), 0, False, 0),
    ],
)
def test_a_response_is_charged(
    response: Outcome,
    with_key: Key | None,
    size: int,
    usable: bool,  # noqa: FBT001  by pytest
    helped: int,
) -> None:
    """With its size, and whether it is usable. A usable one to a request with a key shows that waits helped."""
    target, _ = scripted(response)
    target.budget = ledger = Ledger()
    try:
        target.send(READ, with_key)
    except NotJudged:
        assert not usable

    assert ledger.charged[0][1:] == (size, usable)
    assert ledger.helped == helped


def test_a_response_with_429_costs_and_a_left_one_does_not() -> None:
    """A run that leaves a response has got what it wanted."""
    charged = list[Any]()
    for response, leaving in ((answer(429), False), (answer(200), True)):
        target, _ = scripted(response)
        target.budget = ledger = Ledger()
        target.budget.wait(100)
        if leaving:
            target.send(READ, key(), leaving=True)
        else:
            with pytest.raises(NotJudged):
                target.send(READ, key())
        charged.append((ledger.charged[0][2], ledger.helped))

    assert charged == [(False, 0), (True, 1)]


def test_the_time_of_a_response_and_of_its_inspection_is_charged(monkeypatch: pytest.MonkeyPatch) -> None:
    """The time of the response is also stored in it."""
    now = 2.0

    def handle(_: httpx2.Request) -> httpx2.Response:
        nonlocal now
        now += 3.0
        return answer()

    def observe(_: HttpResponse) -> None:
        nonlocal now
        now += 4.0

    monkeypatch.setattr("time.monotonic", lambda: now)
    monkeypatch.setattr("time.perf_counter", lambda: now)
    monkeypatch.setattr("time.thread_time", lambda: now)
    target, _ = scripted(handle)
    target.budget = ledger = Ledger()
    target.observers.append(observe)

    assert target.send(READ).seconds == 3.0
    assert [seconds for seconds, *_ in ledger.charged] == [3.0, 4.0]


def test_an_error_of_an_observer_is_stored() -> None:
    """The check that sent the request still gets its response, and other observers see it."""
    seen, error = list[int](), ValueError("wrong")

    def failing(_: HttpResponse) -> None:
        raise error

    target, _ = scripted()
    target.observers.extend([failing, lambda response: seen.append(response.status)])

    assert target.send(READ).status == 200
    assert (seen, target.observers.errors) == ([200], [error])
