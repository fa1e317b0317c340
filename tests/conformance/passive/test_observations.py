"""Answers are looked at as they come in, and told of when all have come."""

import json
from typing import Any

import pytest
from astrbot_api import releases
from astrbot_api.contract import Contract
from astrbot_api.operations import BY_ID
from astrbot_conformance.http.key import KeyHeader
from astrbot_conformance.http.request import JSON_TYPE, HttpRequest, asking
from astrbot_conformance.http.response import HttpResponse
from astrbot_conformance.outcome import NotJudged, UnusableResponse
from astrbot_conformance.passive.observations import Observations
from astrbot_conformance.passive.shape import fits_schema, has_declared_status, is_envelope
from astrbot_conformance.verdict.finding import FindingRaised

CONTRACT = releases.contract()
LOOKS = (has_declared_status, is_envelope, fits_schema)
BOTS, PUT_BOT = BY_ID["list_bots"], BY_ID["replace_bot"]
PLAIN = asking(BOTS)
DONE: dict[str, object] = {"status": "ok", "message": None, "data": {"bots": []}}
ERROR = {"status": "error", "message": "no"}


def answer(
    body: Any, *, status: int = 200, kind: str = "application/json", request: HttpRequest = PLAIN
) -> HttpResponse:
    """An answer with this JSON body."""
    return HttpResponse(
        base="http://127.0.0.1:6185",
        request=request,
        key=None,
        key_header=KeyHeader.BEARER,
        status=status,
        headers={"content-type": kind},
        body=json.dumps(body).encode(),
        seconds=0.0,
    )


def broken_in(said: HttpResponse) -> set[str]:
    """The looks that find something in an answer."""
    seen = Observations(LOOKS, CONTRACT)
    seen(said)
    found = set()
    for look in LOOKS:
        try:
            seen.tell(look, said.request.operation)
        except FindingRaised:
            found.add(look.__name__)
        except NotJudged:
            continue
    return found


@pytest.mark.parametrize(
    ("said", "expected"),
    [
        (answer(DONE), set()),
        (answer(ERROR, status=401), set()),
        (answer(DONE, status=202), {"has_declared_status"}),
        (answer(DONE, kind="text/plain"), {"has_declared_status"}),
        (answer(DONE["data"]), {"is_envelope"}),
        (answer({"status": "ok", "data": {}}), {"is_envelope"}),
        (answer({"status": "error"}, status=403), {"is_envelope"}),
        (answer(DONE, status=401), {"is_envelope"}),
        (answer(DONE | {"data": None}), {"fits_schema"}),
        (answer(DONE | {"data": DONE}), {"fits_schema"}),
        (answer(ERROR), {"fits_schema"}),
        (answer(ERROR, status=500), set()),
        (answer({"detail": "Method Not Allowed"}, status=405), set()),
    ],
    ids=lambda value: value.in_short if isinstance(value, HttpResponse) else "",
)
def test_each_look_sees_what_it_is_for(said: HttpResponse, expected: set[str]) -> None:
    """And no other look sees the same."""
    assert broken_in(said) == expected


def test_other_forms_of_a_request_are_not_judged() -> None:
    """What the contract does not describe has no form: other paths, methods, and text that is no JSON."""
    odd = [
        HttpRequest(BOTS, "/api/v1//bots"),
        HttpRequest(BOTS, "/api/v1/bots", verb="HEAD"),
        HttpRequest(PUT_BOT, "/api/v1/bots/a", headers=(JSON_TYPE,), body=b'{"a": '),
    ]

    assert [broken_in(answer({"detail": "x"}, status=404, request=request)) for request in odd] == [set()] * 3


def test_of_several_findings_the_same_is_told_whatever_came_first() -> None:
    """A seed gives the same report each time, also where answers come in another order."""
    long = asking(BOTS, query={"enabled": "true"})
    said = [answer(DONE, status=202, request=long), answer(DONE, status=202)]
    told = []
    for order in (said, said[::-1]):
        seen = Observations(LOOKS, CONTRACT)
        for one in order:
            seen(one)
        with pytest.raises(FindingRaised) as raised:
            seen.tell(has_declared_status, BOTS)
        told.append(raised.value.finding)

    assert told[0] == told[1]


def test_nothing_seen_is_nothing_judged() -> None:
    """An operation that no answer came from is not told to be sound."""
    with pytest.raises(NotJudged):
        Observations(LOOKS, CONTRACT).tell(fits_schema, BOTS)


def test_a_look_that_fails_keeps_its_checks_from_passing() -> None:
    """An error in one look on one response ends nothing; the look says that it could not judge, the others go on."""

    def failing(_: HttpResponse, __: Contract) -> bool:
        raise RecursionError("too deep")

    seen = Observations((failing, is_envelope), CONTRACT)
    seen(answer(DONE))

    with pytest.raises(UnusableResponse, match="RecursionError: too deep"):
        seen.tell(failing, BOTS)
    with pytest.raises(UnusableResponse, match="could not be inspected"):
        seen.tell_of_all(failing)
    seen.tell(is_envelope, BOTS)

    elsewhere = Observations((failing, is_envelope), CONTRACT)
    elsewhere.take_in(seen.seen)
    with pytest.raises(UnusableResponse):
        elsewhere.tell(failing, BOTS)
