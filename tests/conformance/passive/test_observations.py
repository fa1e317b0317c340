"""Responses are inspected when they arrive, and the results are reported when all have arrived."""

import json
from dataclasses import replace
from typing import Any

import pytest
from astrbot_api import releases
from astrbot_api.contract import Contract
from astrbot_api.operations import BY_ID
from astrbot_conformance.http.credential import CredentialState
from astrbot_conformance.http.key import Key, KeyHeader
from astrbot_conformance.http.request import JSON_TYPE, HttpRequest, asking
from astrbot_conformance.http.response import HttpResponse
from astrbot_conformance.outcome import NotJudged, UnusableResponse
from astrbot_conformance.passive.observations import Observations
from astrbot_conformance.passive.shape import fits_schema, has_declared_status, is_envelope
from astrbot_conformance.secret import Secret
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
    """A response with this JSON body."""
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


def failing_checks(response: HttpResponse) -> set[str]:
    """The passive checks with a finding in a response."""
    observations = Observations(LOOKS, CONTRACT)
    observations(response)
    found = set()
    for check in LOOKS:
        try:
            observations.raise_result(check, response.request.operation)
        except FindingRaised:
            found.add(check.__name__)
        except NotJudged:
            continue
    return found


@pytest.mark.parametrize(
    ("response", "expected"),
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
def test_each_passive_check_finds_its_violation(response: HttpResponse, expected: set[str]) -> None:
    """No other passive check reports the same."""
    assert failing_checks(response) == expected


def test_other_forms_of_a_request_are_not_judged() -> None:
    """The contract does not describe other paths and methods, and bodies that are not JSON."""
    odd = [
        HttpRequest(BOTS, "/api/v1//bots"),
        HttpRequest(BOTS, "/api/v1/bots", verb="HEAD"),
        HttpRequest(PUT_BOT, "/api/v1/bots/a", headers=(JSON_TYPE,), body=b'{"a": '),
    ]

    assert [failing_checks(answer({"detail": "x"}, status=404, request=request)) for request in odd] == [set()] * 3


def test_only_a_request_in_the_plain_form_shows_what_an_operation_returns() -> None:
    """A request in another form may reach another operation; a rejection shows nothing."""
    key = Key("1", frozenset({"bot"}), Secret("abk_0123456789abcdef", "ASTRBOT_KEY_BOT"), CredentialState.LIVE)
    observations = Observations(LOOKS, CONTRACT)
    elsewhere = replace(answer(DONE, request=replace(PLAIN, path="/api/v1/bots/")), key=key)

    observations(elsewhere)
    observations(replace(answer(ERROR, status=400), key=key))
    assert (observations.seen.done, observations.seen.served) == ({BOTS.id}, set())

    observations(replace(answer(DONE), key=key))
    assert observations.seen.served == {BOTS.id}


def test_the_reported_finding_does_not_depend_on_the_order() -> None:
    """A seed gives the same report each time, even if responses arrive in another order."""
    long = asking(BOTS, query={"enabled": "true"})
    response = [answer(DONE, status=202, request=long), answer(DONE, status=202)]
    texts = []
    for order in (response, response[::-1]):
        observations = Observations(LOOKS, CONTRACT)
        for one in order:
            observations(one)
        with pytest.raises(FindingRaised) as raised:
            observations.raise_result(has_declared_status, BOTS)
        texts.append(raised.value.finding)

    assert texts[0] == texts[1]


def test_an_operation_without_responses_is_not_judged() -> None:
    """An operation without a response does not pass."""
    with pytest.raises(NotJudged):
        Observations(LOOKS, CONTRACT).raise_result(fits_schema, BOTS)


def test_a_failing_passive_check_is_not_judged() -> None:
    """An error in one passive check ends nothing. The check reports that it could not judge; the others continue."""

    def failing(_: HttpResponse, __: Contract) -> bool:
        raise RecursionError("too deep")

    observations = Observations((failing, is_envelope), CONTRACT)
    observations(answer(DONE))

    with pytest.raises(UnusableResponse, match="RecursionError: too deep"):
        observations.raise_result(failing, BOTS)
    with pytest.raises(UnusableResponse, match="could not be inspected"):
        observations.raise_result_of_all(failing)
    observations.raise_result(is_envelope, BOTS)

    elsewhere = Observations((failing, is_envelope), CONTRACT)
    elsewhere.merge(observations.seen)
    with pytest.raises(UnusableResponse):
        elsewhere.raise_result(failing, BOTS)


def test_a_target_cannot_exhaust_a_passive_check(monkeypatch: pytest.MonkeyPatch) -> None:
    """After its share of processor time, it inspects no further response, and is not judged."""
    calls: list[HttpResponse] = []

    def slow(response: HttpResponse, _: Contract) -> bool:
        calls.append(response)
        sum(range(100_000))
        return True

    monkeypatch.setattr("astrbot_conformance.passive.observations.MOST_SECONDS", 0.0)
    observations = Observations([slow], releases.contract(releases.BASE))
    for _ in range(3):
        observations(answer({"status": "ok", "message": None, "data": {}}))

    assert len(calls) == 1
    with pytest.raises(UnusableResponse, match="not every response was inspected"):
        observations.raise_result(slow, calls[0].request.operation)
