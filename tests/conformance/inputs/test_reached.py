"""Which responses to an odd form come from the operation itself."""

import json
from typing import Any

import pytest
from astrbot_conformance.http import HttpRequest, HttpResponse
from astrbot_conformance.inputs.evasion import is_served, outline, reaches_operation

from tests.conformance.made import new, operation, response_to

OK, OTHER = {"status": "ok", "message": "m", "data": []}, {"status": "ok", "message": "n", "data": [1]}
GET = operation()


def answer(status: int, body: Any = OK, *, verb: str = "GET", kind: str = "application/json") -> HttpResponse:
    """A response to a request with this method."""
    request = HttpRequest(GET, GET.path, verb=new(verb))
    return response_to(request, json.dumps(body).encode(), status, kind=kind)


REACHED = (200, 299, 400, 402, 404, 406, 499)


@pytest.mark.parametrize("status", [*REACHED, 300, 399, 401, 403, 405, 500, 501])
def test_a_status_shows_whether_the_operation_was_reached(status: int) -> None:
    """If the plain request gets the same response: not after a rejection, a redirection or an error of the server."""
    for verb in ("DELETE", "GET", "POST"):
        assert reaches_operation(answer(status, verb=verb), answer(status)) is (status in REACHED)


@pytest.mark.parametrize(
    ("status", "plain_status", "kind", "reached"),
    [
        (400, 400, "application/json", True),
        (410, 410, "application/json", True),
        (404, 404, "application/json", False),
        (200, 400, "application/json", False),
        (400, 200, "application/json", False),
        (200, 200, "text/html", False),
        (200, 200, "application/a", False),
    ],
)
def test_a_response_to_head_is_compared_with_the_plain_one(
    status: int,
    plain_status: int,
    kind: str,
    reached: bool,  # noqa: FBT001  by pytest
) -> None:
    """By status and type, because it has no body."""
    response = response_to(HttpRequest(GET, GET.path, verb=new("HEAD")), b"", status, kind=kind)

    assert reaches_operation(response, answer(plain_status)) is reached


@pytest.mark.parametrize(
    ("odd", "plain", "reached"),
    [
        ((400, {"message": "A bot is missing", "data": 1}), (400, {"message": "A bot is missing", "data": 2}), True),
        ((400, {"message": "no bot"}), (400, {"message": "no cat"}), False),
        ((400, {"message": "no cat"}), (400, {"message": "no bot"}), False),
        ((400, {"message": "no bot"}), (422, {"message": "no bot"}), False),
        ((404, {"message": "no bot"}), (400, {"message": "no bot"}), False),
        ((400, {"detail": 1}), (400, {"detail": 1}), True),
        ((421, {"detail": 1}), (421, {"detail": 2}), False),
        ((422, {"detail": 1}), (422, {"detail": 2}), True),
        ((423, {"detail": 1}), (423, {"detail": 2}), False),
    ],
)
def test_a_refusal_is_compared_with_the_plain_one(odd: tuple[int, Any], plain: tuple[int, Any], reached: bool) -> None:  # noqa: FBT001
    """By its message, or by its body if it has none. Details of a wrong field may differ."""
    assert reaches_operation(answer(*odd), answer(*plain)) is reached


def test_a_refusal_of_another_type_is_another_refusal() -> None:
    """A proxy may refuse an odd form with its own page."""
    assert not reaches_operation(answer(400, kind="text/html"), answer(400))
    assert not reaches_operation(answer(400), answer(400, kind="text/html"))


@pytest.mark.parametrize(
    ("body", "reached"),
    [(OTHER, True), ({"detail": "x"}, True), ({"status": "ok"}, False), ({"message": "x"}, False), (["status"], False)],
)
def test_an_accepted_form_has_the_envelope_or_the_plain_response(body: Any, reached: bool) -> None:  # noqa: FBT001  by pytest
    """A page for every path has another body than the operation, and no envelope."""
    assert reaches_operation(answer(200, body), answer(200)) is reached
    assert reaches_operation(answer(200, body), answer(200, body))


@pytest.mark.parametrize(
    ("response", "served"),
    [
        (answer(200), True),
        (answer(200, {"status": "error"}), False),
        (answer(200, {"status": "aa"}), False),
        (answer(200, {"status": "zz"}), False),
        (answer(200, {"status": "zz"}, verb="POST"), False),
        (answer(200, ["status"]), False),
        (answer(404), False),
        (answer(204), True),
        (answer(200, verb="HEAD"), True),
        (answer(200, {}, verb="HEAD"), True),
        (answer(199, verb="HEAD"), False),
        (answer(204, verb="HEAD"), False),
        (answer(200, verb="HEAD", kind="text/html"), False),
        (answer(200, verb="HEAD", kind="application/a"), False),
    ],
)
def test_a_form_is_served(response: HttpResponse, served: bool) -> None:  # noqa: FBT001  by pytest
    """Only if the API reports success; for HEAD, its status and its type show that."""
    assert is_served(response) is served


def test_the_outline_of_a_response_is_stable() -> None:
    """The values of members may change over time, and the names of members, the status and the message may not."""
    same = [answer(200, {"message": "m", "data": {"b": value, "a": 1}}) for value in (1, 2)]
    others = [
        answer(201, {"message": "m", "data": {"b": 1, "a": 1}}),
        answer(200, {"message": "m", "data": {"b": 1}}),
        answer(200, {"message": "n", "data": {"b": 1, "a": 1}}),
        answer(200, {"message": "m", "data": [1]}),
        answer(200, {"message": "m", "data": "x"}),
        answer(200, {"message": "m", "data": {"b": 1, "a": 1}}, kind="text/plain"),
    ]

    assert outline(same[0]) == outline(same[1])
    assert len({outline(one) for one in (same[0], *others)}) == 7
