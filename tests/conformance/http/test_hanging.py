"""An operation that does not respond while others do is a hang. A server that is down or slow is not."""

from collections.abc import Callable
from functools import partial

import httpx2
import pytest
from astrbot_api.operations import BY_ID
from astrbot_conformance.http import HttpRequest, Target, asking, harmless
from astrbot_conformance.http.connection import TargetOptions
from astrbot_conformance.http.hanging import Hang
from astrbot_conformance.outcome import Hanging, NoAnswer
from astrbot_conformance.passive.hang_finding import finding_of
from astrbot_conformance.preflight.target import astrbot_target

PROJECTS, PING = harmless(BY_ID["list_chat_projects"]), harmless(BY_ID["list_im_bots"])
Times = Callable[[str, int], bool]  # whether the request to this path times out, and its number


class Silent(httpx2.BaseTransport):
    """Responds to some requests and not to others, without any wait."""

    def __init__(self, is_silent: Times) -> None:
        self.paths: list[str] = []
        self._is_silent = is_silent

    def handle_request(self, request: httpx2.Request) -> httpx2.Response:
        """Respond, or raise the error of a time-out."""
        path = request.url.raw_path.decode()
        self.paths.append(path)
        if self._is_silent(path, self.paths.count(path)):
            raise httpx2.ReadTimeout("no bytes")
        return httpx2.Response(200, json={"status": "ok", "message": None, "data": []})


def _target(is_silent: Times) -> tuple[Target, Silent, list[Hang]]:
    transport, hangs = Silent(is_silent), list[Hang]()
    target = astrbot_target(TargetOptions(base="http://127.0.0.1:9"), transport=transport)
    target.hanging.observers.append(hangs.append)
    return target, transport, hangs


@pytest.mark.parametrize("request_", [PROJECTS, PING], ids=["any operation", "the usual control"])
def test_the_second_time_out_ends_the_requests_to_an_operation(request_: HttpRequest) -> None:
    """Two tries, a control of another operation after each, one hang, and then nothing more is sent."""
    target, transport, hangs = _target(lambda path, _: path == request_.path)

    for _ in range(3):
        with pytest.raises(Hanging):
            target.send(request_)

    assert transport.paths.count(request_.path) == 2
    assert len(transport.paths) == 4
    assert [hang.request.operation for hang in hangs] == [request_.operation]
    assert not target.circuit_breaker.last_failed


def test_a_single_time_out_is_no_hang() -> None:
    """The request is sent again, and its response counts."""
    target, _, hangs = _target(lambda path, number: path == PROJECTS.path and number == 1)

    assert target.send(PROJECTS).status == 200
    assert not hangs


def test_a_request_with_an_effect_is_not_repeated() -> None:
    """The server may have executed it, so its check runs once more. The second time-out of that check is a hang."""
    creation = asking(BY_ID["create_chat_project"], json_body={"title": "mine"})
    target, transport, hangs = _target(lambda path, _: path == creation.path)

    for sender in ("", "", "test_one", "test_other"):
        target.hanging.sender = partial(str, sender)
        with pytest.raises(NoAnswer):
            target.send(creation)
    assert (transport.paths.count(creation.path), hangs) == (4, [])
    with pytest.raises(Hanging):
        target.send(creation)
    assert (transport.paths.count(creation.path), len(hangs)) == (5, 1)


def test_a_server_that_responds_to_nothing_is_no_hang() -> None:
    """The circuit breaker decides about it, as before."""
    target, _, hangs = _target(lambda *_: True)

    with pytest.raises(NoAnswer):
        target.send(PROJECTS)

    assert not hangs
    assert target.circuit_breaker.last_failed


def test_a_server_that_stops_between_the_tries_is_no_hang() -> None:
    """The control after the second try gets no response either."""
    target, _, hangs = _target(lambda path, number: path == PROJECTS.path or number == 2)

    with pytest.raises(NoAnswer):
        target.send(PROJECTS)

    assert not hangs


def test_other_operations_are_still_sent() -> None:
    """One operation that hangs does not end the run."""
    target, _, _ = _target(lambda path, _: path == PROJECTS.path)

    with pytest.raises(Hanging):
        target.send(PROJECTS)

    assert target.send(PING).status == 200


def test_the_finding_names_the_request() -> None:
    """What was expected, what came, and a command that repeats it within the same time."""
    target, _, hangs = _target(lambda path, _: path == PROJECTS.path)
    with pytest.raises(Hanging):
        target.send(PROJECTS)

    finding = finding_of(hangs[0])

    assert (finding.operation, finding.expected) == ("GET /api/v1/chat/projects", "a response within 20 s")
    assert finding.curl.endswith("/api/v1/chat/projects --max-time 20")
