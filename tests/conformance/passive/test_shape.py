"""The form of a response is judged by its operation, status and media type, and only if the contract describes it."""

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest
from astrbot_api import releases
from astrbot_api.contract import Contract
from astrbot_api.operations import BY_ID, CLOSED
from astrbot_conformance.contract import for_a_newer_target, without
from astrbot_conformance.http import HttpRequest, HttpResponse, asking
from astrbot_conformance.http.request import harmless
from astrbot_conformance.http.response import NOT_SHOWN
from astrbot_conformance.passive.shape import (
    carries_data,
    fails_in_an_envelope,
    fits_schema,
    has_declared_status,
    is_described,
    is_envelope,
    is_no_crash,
)
from astrbot_conformance.verdict.finding import Finding, FindingRaised

from tests.conformance.fake_responses import LIST_BOTS, REFUSED, envelope, key_with, response_with

CONTRACT = releases.contract()
Check = Callable[[HttpResponse, Contract], bool]
BOTS = envelope({"bots": []})
CONFIGS = harmless(BY_ID["list_chat_configs"])
EXTENSION = harmless(BY_ID["get_plugin_extension"])
SCRIPT = asking(BY_ID["get_page_bridge_script"])
DOCS = asking(BY_ID["get_docs_page"])
ASSET = harmless(BY_ID["get_plugin_page_asset_by_id"])
LOGIN = asking(BY_ID["log_in"], json_body={"username": "a", "password": "b"})


def finding_of(check: Check, response: HttpResponse, contract: Contract = CONTRACT) -> Finding:
    """The finding of a passive check in a response."""
    with pytest.raises(FindingRaised) as raised:
        check(response, contract)
    return raised.value.finding


@pytest.mark.parametrize(
    ("response", "expected"),
    [
        (response_with(BOTS), True),
        *((response_with(REFUSED, status=status), True) for status in (404, 406, 414, 416, 428, 430, 499)),
        *((response_with(REFUSED, status=status), False) for status in (405, 415, 429, 500, 503)),
        (replace(response_with(BOTS), ending="silent"), False),
        (replace(response_with(BOTS), ending="broken"), False),
        (response_with(BOTS, request=HttpRequest(LIST_BOTS.operation, "/api/v1//bots")), False),
    ],
    ids=lambda value: f"{value.status} {value.ending}" if isinstance(value, HttpResponse) else "",
)
def test_which_responses_the_contract_describes(
    response: HttpResponse,
    expected: bool,  # noqa: FBT001  by pytest
) -> None:
    """A complete response to a request in the plain form, from the operation and not from a part before it."""
    assert is_described(response, CONTRACT) == expected
    assert not is_described(response, without(CONTRACT, {"list_bots"}))


@pytest.mark.parametrize(
    ("status", "judged"), [(200, True), (404, True), (401, False), (403, False), (499, True), (501, False)]
)
def test_only_500_is_a_crash(status: int, judged: bool) -> None:  # noqa: FBT001  by pytest
    """Other errors of a server say that it cannot serve. A rejection shows nothing about the operation."""
    assert is_no_crash(response_with(REFUSED, status=status), CONTRACT) == judged
    assert finding_of(is_no_crash, response_with(REFUSED, status=500)).expected == "no 5xx"


@pytest.mark.parametrize(
    ("response", "judged"),
    [
        (response_with(BOTS), True),
        (response_with(REFUSED, status=401), False),
        (response_with({"any": 1}, request=EXTENSION), True),
        (response_with("text", kind="image/png", request=EXTENSION), True),
        (response_with("text", kind="application/javascript", request=SCRIPT), True),
        (response_with("<p>", kind="text/html", request=DOCS), True),
        (response_with(REFUSED, status=403, request=harmless(CLOSED[0])), True),
        (response_with(REFUSED, status=503), False),
    ],
)
def test_a_declared_status_and_media_type(response: HttpResponse, judged: bool) -> None:  # noqa: FBT001  by pytest
    """A rejection counts only if the operation returns nothing else. `*/*` declares every media type."""
    assert has_declared_status(response, CONTRACT) == judged


def test_an_undeclared_status_or_media_type_is_named() -> None:
    """The finding lists what is declared, in order. Of a confidential response, it shows no free text."""
    undeclared = finding_of(has_declared_status, response_with(BOTS, status=201))
    without_type = finding_of(has_declared_status, response_with("", status=204, kind=""))
    odd = response_with(BOTS, kind="text/odd", request=LOGIN)

    declared = ", ".join(f"{status} application/json" for status in (200, 401, 403, 422))
    assert (undeclared.expected, undeclared.actual) == (f"one of {declared}", "201 application/json")
    assert without_type.actual == "204 without a media type"
    assert finding_of(has_declared_status, odd).actual == "200 text/odd"
    assert finding_of(has_declared_status, replace(odd, is_confidential=True)).actual == "200 another media type"
    html = response_with(BOTS, kind="text/html", request=LOGIN)
    assert finding_of(has_declared_status, replace(html, is_confidential=True)).actual == "200 text/html"


@pytest.mark.parametrize(
    ("response", "judged"),
    [
        (response_with(BOTS), True),
        (response_with({"status": "ok", "message": "done", "data": None}), True),
        (response_with(REFUSED), True),
        (response_with(REFUSED, status=401), False),
        (response_with(REFUSED, status=401, request=SCRIPT), True),
        (response_with(REFUSED, status=401, request=EXTENSION), False),
        (response_with([1], request=EXTENSION), True),
        (response_with("[", request=EXTENSION, kind="text/plain"), False),
        (response_with(REFUSED, status=503), False),
    ],
)
def test_an_envelope(response: HttpResponse, judged: bool) -> None:  # noqa: FBT001  by pytest
    """Data, a refusal, or another form that is declared. An operation without JSON shows it in its rejections."""
    assert is_envelope(response, CONTRACT) == judged


PROBLEMS = {"detail": [{"loc": ["body"], "msg": "x", "type": "missing", "input": None}]}


@pytest.mark.parametrize(
    ("body", "status", "actual"),
    [
        ("{", 200, "a body that is not valid JSON"),
        ([], 200, "an array"),
        ({"status": "ok"}, 200, "an object with `status`"),
        ({"status": 5}, 200, "an object with `status`"),
        (envelope({}), 404, "an object with `data`, `message`, `status`"),
        ({"status": "ok", "message": 5, "data": None}, 200, "an object with `data`, `message`, `status`"),
        ({"status": "ok", "message": None, "data": {}}, 400, "an object with `data`, `message`, `status`"),
        ({"status": "error", "data": None}, 200, "an object with `data`, `status`"),
        *((PROBLEMS, status, "an object with `detail`") for status in (400, 421, 423)),
    ],
)
def test_another_body_is_no_envelope(body: Any, status: int, actual: str) -> None:
    """The finding shows the form of the body, never its values; of a confidential response nothing."""
    response = response_with(body, status=status)

    assert finding_of(is_envelope, response).actual == actual
    assert finding_of(is_envelope, replace(response, is_confidential=True)).actual == NOT_SHOWN


def test_a_list_of_input_errors_is_an_envelope_of_422_only() -> None:
    """The schema requires it there, and does not allow it elsewhere."""
    elsewhere = harmless(next(one for one in CONTRACT.keyed if "422" not in {a.status for a in one.answers}))

    for request in (LIST_BOTS, elsewhere):
        assert is_envelope(response_with(PROBLEMS, status=422, request=request), CONTRACT)


@pytest.mark.parametrize(
    ("response", "judged"),
    [
        (response_with(BOTS), True),
        (response_with(REFUSED, status=401), False),
        (response_with(REFUSED, request=CONFIGS), False),
        (response_with([1]), True),
        (response_with(BOTS, status=201), False),
        (response_with(BOTS, kind="text/plain"), False),
        (response_with("x", kind="application/javascript", request=SCRIPT), False),
        (response_with("<p>", kind="text/html", request=DOCS), False),
        (response_with(REFUSED, status=503), False),
    ],
)
def test_a_body_that_matches_its_schema(response: HttpResponse, judged: bool) -> None:  # noqa: FBT001  by pytest
    """Only an accepted request counts. What is no envelope at all is left to the other check."""
    assert fits_schema(response, CONTRACT) == judged


@pytest.mark.parametrize(
    ("body", "request_", "expected", "actual"),
    [
        (envelope({}), LIST_BOTS, "a body that matches the schema `BotListAnswer`", "`/data` lacks `bots`"),
        (
            envelope({"info_list": [{"id": 5}]}),
            CONFIGS,
            "a body that matches the schema of `GET /api/v1/chat/configs`",
            "`/data/info_list/0/id` is an integer, expected string",
        ),
    ],
)
def test_a_body_that_does_not_match_its_schema(body: Any, request_: HttpRequest, expected: str, actual: str) -> None:
    """The finding names the schema and the cause, in the alternative that the body resembles most."""
    response = response_with(body, request=request_)
    finding = finding_of(fits_schema, response)

    assert (finding.expected, finding.actual) == (expected, actual)
    assert finding_of(fits_schema, replace(response, is_confidential=True)).actual == NOT_SHOWN


@pytest.mark.parametrize(
    ("status", "verb", "judged"),
    [
        (404, None, False),
        (404, "POST", False),
        (405, "POST", True),
        (406, None, False),
        (499, None, False),
        (405, "HEAD", False),
        (500, "HEAD", False),
    ]
    + [(status, None, True) for status in (405, 500, 503)],
)
def test_errors_outside_of_operations(status: int, verb: str | None, judged: bool) -> None:  # noqa: FBT001  by pytest
    """405 and 5xx must be error envelopes. A response to HEAD has no body."""
    request = HttpRequest(LIST_BOTS.operation, LIST_BOTS.path, verb=verb)
    other = response_with({"detail": "x"}, status=status, request=request)

    assert fails_in_an_envelope(response_with(REFUSED, status=status, request=request), CONTRACT) == judged
    if judged:
        assert finding_of(fails_in_an_envelope, other).expected.startswith("the error envelope")
    else:
        assert not fails_in_an_envelope(other, CONTRACT)


KEY = key_with("bot")


@pytest.mark.parametrize(
    ("body", "given", "expected"),
    [
        (BOTS, {}, True),
        (envelope({"x": 1}), {}, True),
        (envelope(None), {}, False),
        (envelope({}), {}, False),
        (REFUSED, {}, False),
        (BOTS, {"status": 404}, False),
        ([1], {"request": EXTENSION}, False),
        ({"any": 1}, {"request": EXTENSION}, True),
        ({"status": "fine", "data": {"x": 1}}, {}, False),
        ({"any": 1}, {"request": replace(EXTENSION, operation=BY_ID["post_plugin_extension"])}, False),
        ({"any": 1}, {"request": replace(EXTENSION, path="/api/v1//plugins/extensions/a")}, False),
    ],
)
def test_which_responses_carry_data(body: Any, given: dict[str, Any], expected: bool) -> None:  # noqa: FBT001
    """Data in an envelope, or the declared form of a read."""
    assert carries_data(response_with(body, key=KEY, **given), CONTRACT) == expected


def test_a_newer_target_may_lack_members_of_its_open_area_only() -> None:
    """Members of the configuration differ between releases. Everything else must match the contract."""
    newer = for_a_newer_target(CONTRACT, ("data",))
    lacking, elsewhere = envelope({}), {"status": "ok", "message": None}
    wrong = envelope({"bots": "none"})

    assert fits_schema(response_with(lacking), newer)
    assert finding_of(fits_schema, response_with(lacking)).actual == "`/data` lacks `bots`"
    assert finding_of(fits_schema, response_with(wrong), newer).actual == "`/data/bots` is a string, expected array"
    assert finding_of(is_envelope, response_with(elsewhere), newer).actual == "an object with `message`, `status`"
    for area in (("data", "bots"), ("area",)):
        other_area = for_a_newer_target(CONTRACT, area)
        assert finding_of(fits_schema, response_with(lacking), other_area).actual == "`/data` lacks `bots`"
    short = response_with(envelope({"info_list": []}), request=CONFIGS)
    assert finding_of(fits_schema, short, newer).actual == "`/data/info_list` has 0 elements, expected at least 1"


def test_a_newer_target_may_lack_members_in_one_alternative() -> None:
    """A schema with alternatives is matched by the one that lacks members of the open area only."""
    newer = for_a_newer_target(CONTRACT, ("data",))
    body = envelope({"info_list": [{"id": "a"}]})

    assert fits_schema(response_with(body, request=CONFIGS, key=key_with("chat")), newer)
    assert finding_of(fits_schema, response_with(envelope(None), request=CONFIGS), newer).actual == (
        "`/data` is null, expected object"
    )
