"""What a target sends, with which key and in which time, and what it stores."""

import threading
from collections.abc import Callable

import httpx2
import pytest
from astrbot_conformance.http import HttpRequest, Key, KeyHeader, Target, TargetOptions, harmless
from astrbot_conformance.http.conversation import Conversation
from astrbot_conformance.http.deadline import seconds_left, within
from astrbot_conformance.http.request import NONE
from astrbot_conformance.outcome import AskedTooOften, NoAnswer, NotJudged

from tests.conformance.http.scripted import OTHER_PING, PING, ROLES, answer, key, scripted
from tests.conformance.made import operation

READ = harmless(operation("/read"))
CREATION = harmless(operation("/create", side_effect="write", probe_reason="it creates"))
OK = b'{"status": "ok", "data": {"id": "new"}}'


@pytest.fixture
def sleeps(monkeypatch: pytest.MonkeyPatch) -> list[float]:
    """The waits of the target, which take no time."""
    waits = list[float]()
    monkeypatch.setattr("time.sleep", waits.append)
    return waits


def test_a_risky_request_goes_only_to_a_disposable_target() -> None:
    """The user decides, so the reason is the choice of the user."""
    risky = harmless(operation("/restart", method="POST", probe_reason="it restarts"))
    target, transport = scripted()
    with pytest.raises(NotJudged, match="it restarts; judged with --effects destructive") as skipped:
        target.send(risky)
    assert skipped.value.by_choice
    assert not transport.requests

    assert scripted(options={"disposable": True})[0].send(risky).status == 200


def test_a_request_that_creates_something_needs_the_effect_to_write() -> None:
    """Other requests do not."""
    target, transport = scripted(options={"effects": "read"})
    with pytest.raises(NotJudged, match="it creates; judged with --effects write") as skipped:
        target.send(CREATION)

    assert skipped.value.by_choice
    assert target.send(READ).status == 200
    assert transport.paths == ["/read"]


@pytest.mark.parametrize(
    ("request_", "with_key", "response", "ids"),
    [
        (CREATION, key(), answer(200, OK), ["new"]),
        (CREATION, key(), answer(200, OK.replace(b"new", b"a/b")), []),
        (CREATION, key(), answer(400, OK), []),
        (CREATION, None, answer(200, OK), []),
        (READ, key(), answer(200, OK), []),
    ],
)
def test_what_a_request_creates_is_remembered(
    request_: HttpRequest, with_key: Key | None, response: httpx2.Response, ids: list[str]
) -> None:
    """With its key, which can remove it."""
    target, _ = scripted(response)
    target.send(request_, with_key)

    assert target.created == [(with_key, id) for id in ids]


@pytest.mark.parametrize(
    ("own", "asked", "usual", "header"),
    [
        (None, None, KeyHeader.BEARER, "authorization"),
        (None, None, KeyHeader.HEADER, "x-api-key"),
        (KeyHeader.HEADER, None, KeyHeader.BEARER, "x-api-key"),
        (KeyHeader.HEADER, KeyHeader.BEARER, KeyHeader.HEADER, "authorization"),
    ],
)
def test_a_key_is_sent_in_one_header(
    own: KeyHeader | None, asked: KeyHeader | None, usual: KeyHeader, header: str
) -> None:
    """In the one that is asked for, else in the only one that the key has, else in the usual one."""
    target, transport = scripted()
    target.key_header = usual
    target.send(request=READ, key=key("2", own), key_header=asked)
    target.send_once(READ, key("2", own), asked)

    for request in transport.requests:
        assert [name for name in ("authorization", "x-api-key") if name in request.headers] == [header]


def test_a_response_is_stored_for_a_request_with_a_key_in_a_header() -> None:
    """The request is sent again with another key, in another header, without a key, or after the target forgot it."""
    target, transport = scripted()
    for _ in range(2):
        target.send_once(READ)
        target.send_once(READ, key())
        target.send_once(READ, key("2"))
        target.send_once(READ, key(), KeyHeader.HEADER)
    assert (len(transport.requests), target.requests, target.keyed_requests) == (4, 4, 3)

    target.forget()
    target.send_once(READ)
    assert (target.requests, target.keyed_requests) == (5, 3)


def test_a_conversation_is_counted_and_its_result_is_returned() -> None:
    """It uses no connection of the target."""
    target, transport = scripted()

    talk = Conversation(target.options.base, READ, key(), KeyHeader.BEARER, 101, {}, b"", 0.1)

    assert target.converse(READ, key(), lambda: talk) is talk
    assert (target.requests, target.keyed_requests, transport.requests) == (1, 1, [])


UNSERVED, REJECTED = (404, 405, 501), (401, 403, 500, 501, 502)


@pytest.mark.parametrize("status", [200, 400, 401, 403, 404, 405, 406, 499, 500, 501, 502])
def test_the_controls_of_a_judgement(status: int) -> None:
    """An operation is not served if it is unknown without a key. A key is authorized unless it is rejected."""
    served, admitted = status not in UNSERVED, status not in REJECTED
    target, _ = scripted(answer(status))

    for control, passes in (
        (lambda: target.must_serve(READ), served),
        (lambda: target.must_admit(READ, key()), served and admitted),
        (lambda: target.must_reject_without_key(READ), served and not admitted),
    ):
        assert _passes(control) is passes


def _passes(control: Callable[[], object]) -> bool:
    try:
        control()
    except NotJudged:
        return False
    return True


def test_ids_of_nonexistent_resources_contain_the_mark() -> None:
    """The given one, or a new one."""
    options = TargetOptions("http://127.0.0.1:9")
    given, new, other = (Target(options, ROLES, scripted()[1], mark=mark) for mark in ("0a1b2c3d4e5f", None, None))

    assert given.nonexistent == "conform-0a1b2c3d4e5f-none"
    assert len({given.nonexistent, new.nonexistent, other.nonexistent}) == 3
    response = given.send(HttpRequest(PING, f"/{NONE}"))
    assert (response.request.path, response.sent.path) == (f"/{NONE}", f"/{given.nonexistent}")


def test_only_responses_with_a_credential_are_confidential() -> None:
    """By the role of their operation."""
    target, _ = scripted()

    assert target.send(harmless(operation("/secret"))).is_confidential
    assert not target.send(READ).is_confidential


@pytest.mark.parametrize(("leaving", "ending", "body"), [(False, "closed", b"{}"), (True, "left", b"{")])
def test_a_run_can_leave_a_response(leaving: bool, ending: str, body: bytes) -> None:  # noqa: FBT001  by pytest
    """It does so only if it is asked to."""
    response = scripted(answer(200, b"{", b"}"))[0].send(READ, leaving=leaving)

    assert (response.ending, response.body) == (ending, body)
    assert scripted(answer(200, b"{", b"}"))[0].send(READ).ending == "closed"


@pytest.mark.parametrize(("retry_after", "wait"), [("", 1.0), ("3", 3.0), ("4", 4.0)])
def test_a_busy_target_is_asked_again(sleeps: list[float], retry_after: str, wait: float) -> None:
    """After the wait that it asks for."""
    target, _ = scripted(answer(429, retry_after=retry_after), answer(429, retry_after=retry_after), answer(200))

    assert target.send(READ).status == 200
    assert sleeps == [wait, wait]
    target.budget.wait(90 - 2 * wait)
    assert not target.budget.may_wait


@pytest.mark.parametrize("status", [428, 430])
def test_other_statuses_are_responses(sleeps: list[float], status: int) -> None:
    """Only 429 asks for a wait."""
    assert scripted(answer(status))[0].send(READ).status == status
    assert sleeps == []


def test_a_target_that_stays_busy_is_asked_four_times(sleeps: list[float]) -> None:
    """Then this request is not judged."""
    target, transport = scripted(*(answer(429) for _ in range(9)))
    refused = list[int]()
    target.budget.refused = lambda: refused.append(1)  # type: ignore[method-assign]
    with pytest.raises(AskedTooOften, match="keeps returning 429"):
        target.send(READ)

    assert (len(transport.requests), sleeps, refused) == (4, [1.0] * 3, [1])


def test_a_request_does_not_wait_longer_than_it_may(sleeps: list[float]) -> None:
    """If the command ends before, or if waits have not helped for long."""
    target, transport = scripted(answer(429), answer(429))
    with within(0.9), pytest.raises(AskedTooOften):
        target.send(READ)
    target.budget.wait(100)
    with pytest.raises(AskedTooOften):
        target.send(READ)

    assert (len(transport.requests), sleeps) == (2, [])


def test_each_request_has_a_time_limit() -> None:
    """One time-out for each wait, and three for the whole response."""
    lefts = list[float]()

    def handle(_: httpx2.Request) -> httpx2.Response:
        lefts.append(seconds_left())
        return answer()

    target, transport = scripted(handle, options={"timeout": 10})
    target.send(READ)
    target.wind_down()
    target.send(READ)

    assert 29 < lefts[0] <= 30
    assert 2.4 < lefts[1] <= 2.5
    timeouts = [set(request.extensions["timeout"].values()) for request in transport.requests]
    assert timeouts == [{10}, {2.5}]


def test_a_short_time_out_stays_short_while_the_run_ends() -> None:
    """Only a longer one is reduced."""
    target, transport = scripted(options={"timeout": 1})
    target.wind_down()
    target.send(READ)

    assert set(transport.requests[0].extensions["timeout"].values()) == {1}


def test_only_one_thread_sends_while_the_run_ends() -> None:
    """The first one that ends the run. It waits for no other request."""
    target, transport = scripted()
    target.wind_down()
    other = threading.Thread(target=target.wind_down)
    other.start()
    other.join()
    assert target.send(READ).status == 200

    errors = list[str]()

    def send() -> None:
        with pytest.raises(NoAnswer) as raised:
            target.send(READ)
        errors.append(str(raised.value))

    thread = threading.Thread(target=send)
    thread.start()
    thread.join()
    assert errors == ["GET /read: not sent, the run is ending"]
    assert len(transport.requests) == 1


def test_the_other_ping_is_sent_if_the_ping_itself_fails() -> None:
    """A control is a request to another operation."""
    assert OTHER_PING.path == "/other-ping"
    target, transport = scripted(answer(), ping=httpx2.ReadTimeout("x"), read=httpx2.ReadTimeout("x"))
    for request in (harmless(PING), READ):
        with pytest.raises(NotJudged):
            target.send(request)

    assert transport.paths == ["/ping", "/other-ping"] * 2 + ["/read", "/ping"]
