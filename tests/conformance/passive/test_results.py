"""What responses showed is stored for each operation, merged from all processes, and reported at the end."""

from types import SimpleNamespace
from typing import Any

import pytest
from astrbot_api import releases
from astrbot_api.contract import Contract
from astrbot_api.operations import BY_ID, CLOSED
from astrbot_conformance.http import HttpRequest, HttpResponse, Key, KeyHeader, harmless
from astrbot_conformance.http.hanging import Hang
from astrbot_conformance.keys.key_ring import KeyRing
from astrbot_conformance.outcome import NotJudged, UnusableResponse
from astrbot_conformance.passive import observations as module
from astrbot_conformance.passive.observations import Observations, Seen
from astrbot_conformance.passive.sender import current_sender, sending
from astrbot_conformance.passive.shape import fits_schema, has_declared_status, is_no_crash
from astrbot_conformance.verdict.finding import FindingRaised, fail

from tests.conformance.fake_responses import REFUSED, URL, envelope, key_with, response_with
from tests.conformance.keys.fake_astrbot import FakeAstrBot

pytestmark = pytest.mark.usefixtures("nothing_held")

CONTRACT = releases.contract()
CHECKS = (has_declared_status, fits_schema, is_no_crash)
BOTS, SKILLS = BY_ID["list_bots"], BY_ID["list_skills"]
DONE = envelope({"bots": []})
KEY, OPERATOR = key_with("bot"), key_with(id="")


def seen_of(body: Any, key: Key | None = KEY, **given: Any) -> Seen:
    """What this response shows."""
    observations = Observations(CHECKS, CONTRACT)
    observations(response_with(body, key=key, **given))
    return observations.seen


@pytest.mark.parametrize(
    ("key", "body", "given", "expected"),
    [
        (KEY, DONE, {}, "shows admits serves done served"),
        (KEY, envelope(None), {}, "shows admits done served"),
        (KEY, REFUSED, {}, "shows admits"),
        (KEY, REFUSED, {"status": 404}, "shows admits"),
        (KEY, REFUSED, {"status": 403}, "shows"),
        (KEY, REFUSED, {"status": 500}, "shows"),
        (KEY, REFUSED, {"status": 428}, "shows admits"),
        (KEY, REFUSED, {"status": 430}, "shows admits"),
        (KEY, REFUSED, {"status": 429}, ""),
        (KEY, DONE, {"request": harmless(CLOSED[0])}, "shows done served"),
        (KEY, DONE, {"request": HttpRequest(BOTS, "/api/v1/bots/")}, "shows admits serves done"),
        (OPERATOR, DONE, {}, ""),
        (None, DONE, {}, ""),
    ],
)
def test_what_a_response_to_a_key_shows(key: Key | None, body: Any, given: dict[str, Any], expected: str) -> None:
    """Whether a key was sent, authorized and served with data, and whether the operation did its work."""
    seen = seen_of(body, key, **given)

    flags = {"shows": seen.shows_a_key, "admits": seen.admits_a_key, "serves": seen.serves_a_key}
    places = {"done": seen.done, "served": seen.served}
    assert " ".join(name for name, value in (flags | places).items() if value) == expected
    assert all(value in (set(), {given.get("request", harmless(BOTS)).operation.id}) for value in places.values())


@pytest.mark.parametrize(
    ("key", "status", "request_", "probed"),
    [
        (None, 200, harmless(BOTS), {("list_bots", False): (200, "")}),
        (None, 401, harmless(BOTS), {("list_bots", False): (401, "")}),
        (OPERATOR, 401, harmless(BOTS), {("list_bots", False): (401, "")}),
        (KEY, 200, harmless(BOTS), {("list_bots", True): (200, "")}),
        (KEY, 499, harmless(BOTS), {("list_bots", True): (499, "")}),
        (KEY, 500, harmless(BOTS), {("list_bots", True): (500, "500 `no` in an error envelope")}),
        (KEY, 401, harmless(BOTS), {}),
        (KEY, 403, harmless(BOTS), {}),
        (KEY, 402, harmless(BOTS), {("list_bots", True): (402, "")}),
        (KEY, 200, HttpRequest(BOTS, "/api/v1/bots", query=(("a", "b"),)), {}),
    ],
)
def test_a_harmless_request_is_a_probe(
    key: Key | None, status: int, request_: HttpRequest, probed: dict[tuple[str, bool], tuple[int, str]]
) -> None:
    """The first one without a key, and the first one with an authorized key."""
    seen = seen_of(REFUSED, key, status=status, request=request_)

    assert seen.probed == probed


def test_the_first_probe_remains() -> None:
    """A later response to the same request may differ."""
    observations = Observations(CHECKS, CONTRACT)
    for status in (200, 404):
        observations(response_with(REFUSED, status=status))

    assert observations.seen.probed == {("list_bots", False): (200, "")}


@pytest.mark.parametrize(
    ("without_key", "with_key", "problem"),
    [
        (401, 200, None),
        (404, 200, "the target does not serve it (404 without a key)"),
        (405, 200, "the target does not serve it (405 without a key)"),
        (401, 499, None),
        (401, 500, "a request with a key returned 500 `no` in an error envelope"),
        (401, 503, "a request with a key returned 503 `no` in an error envelope"),
        (500, 200, None),
    ],
)
def test_an_operation_is_probed_before_it_is_judged(without_key: int, with_key: int, problem: str | None) -> None:
    """With a harmless request, unless a check sent it before."""
    server = FakeAstrBot()
    keys = KeyRing(server.dashboard(), "run", CONTRACT)
    keys.weakest("bot")
    server.requests.clear()
    place = f"GET {harmless(BOTS).path}"
    server.answers[place] = lambda: (without_key if len(server.requests) == 1 else with_key, REFUSED)
    observations, target = Observations(CHECKS, CONTRACT), server.target
    target.observers.append(observations)

    for _ in range(2):
        try:
            observations.ensure_probed(BOTS, target, keys)
        except NotJudged as error:
            assert str(error) == f"{BOTS}: {problem}"  # noqa: PT017
        else:
            assert problem is None
    assert server.requests == [place] * (1 if without_key in (404, 405) else 2)


def test_a_closed_operation_is_probed_without_a_key() -> None:
    """No key opens it."""
    server = FakeAstrBot()
    closed = next(one for one in CLOSED if one.method == "GET")
    server.answers[f"GET {harmless(closed).path}"] = lambda: (401, REFUSED)
    keys = KeyRing(server.dashboard(), "run", CONTRACT)

    Observations(CHECKS, CONTRACT).ensure_probed(closed, server.target, keys)
    assert len(server.requests) == 1


def raising(response: HttpResponse, _: Contract) -> bool:
    """Find something in every response."""
    fail(response, expected="nothing")


def judging(_response: HttpResponse, _: Contract) -> bool:
    """Judge every response."""
    return True


def silent(_response: HttpResponse, _: Contract) -> bool:
    """Judge no response."""
    return False


def broken(_response: HttpResponse, _: Contract) -> bool:
    """Fail on every response."""
    raise ValueError("broken")


ALL = (raising, judging, silent, broken)


@pytest.fixture
def observations() -> Observations:
    """The results for one response to `list_bots`."""
    result = Observations(ALL, CONTRACT)
    result(response_with(DONE, key=KEY))
    return result


@pytest.mark.parametrize("of_all", [False, True])
def test_the_result_of_a_check(observations: Observations, of_all: bool) -> None:  # noqa: FBT001  by pytest
    """A finding, nothing, or the reason why it judged nothing. Operations without results do not count."""

    def raise_result(check: module.PassiveCheck) -> None:
        if of_all:
            observations.raise_result_of_all(check)
        else:
            observations.raise_result(check, BOTS)

    with pytest.raises(FindingRaised):
        raise_result(raising)
    raise_result(judging)
    with pytest.raises(UnusableResponse, match="could not be inspected: ValueError: broken"):
        raise_result(broken)
    with pytest.raises(NotJudged, match="no response that this check can judge") as raised:
        raise_result(silent)
    assert not raised.value.by_choice
    with pytest.raises(NotJudged) as raised:
        observations.raise_result(judging, SKILLS, by_choice=True)
    assert raised.value.by_choice


def test_an_operation_that_did_its_work_has_no_further_result(observations: Observations) -> None:
    """Another check judged it then."""
    observations.raise_result_unless_done(raising, BOTS)
    with pytest.raises(NotJudged):
        observations.raise_result_unless_done(raising, SKILLS)


def test_whether_a_check_has_found_anything(observations: Observations) -> None:
    """Of several, one is enough."""
    assert observations.has_found(raising)
    assert observations.has_found(judging, raising)
    assert not observations.has_found(judging, broken)


def test_the_results_of_another_process_are_added(observations: Observations) -> None:
    """Everything that it saw. Of two findings or hangs of one place, one remains."""
    other = Observations(ALL, CONTRACT)
    other(response_with(DONE, key=KEY))
    other(response_with(envelope({"skills": []}), key=key_with("skill"), request=harmless(SKILLS)))
    other(response_with(REFUSED, status=401, request=harmless(SKILLS)))
    other.note_hang(Hang(URL, harmless(SKILLS), None, KeyHeader.BEARER, 5.0))
    empty = Observations(ALL, CONTRACT)
    empty.merge(other.seen)

    for name in ("judged", "probed", "done", "served", "unusable", "findings", "hangs"):
        assert getattr(empty.seen, name) == getattr(other.seen, name) != type(getattr(other.seen, name))()
    assert (empty.seen.shows_a_key, empty.seen.admits_a_key, empty.seen.serves_a_key) == (True, True, True)
    assert empty.seen.evidence.inspected == other.seen.evidence.inspected != set()
    assert not any((Seen().shows_a_key, Seen().admits_a_key, Seen().serves_a_key))
    observations.merge(Seen())
    assert (observations.seen.shows_a_key, observations.seen.done) == (True, {"list_bots"})
    observations.note_hang(Hang(URL, harmless(SKILLS), None, KeyHeader.BEARER, 7.0))
    observations.merge(other.seen)
    assert observations.seen.hangs["list_skills"].expected == "a response within 7 s"
    assert observations.seen.done == {"list_bots", "list_skills"}


def test_an_operation_that_hangs_is_a_finding() -> None:
    """The first request is shown, with a `curl` line that gives up, and the check that sent it."""
    observations = Observations(CHECKS, CONTRACT)
    observations.raise_hang(SKILLS)
    with sending("test_skills"):
        observations.note_hang(Hang(URL, harmless(SKILLS), KEY, KeyHeader.BEARER, 2.5))
    observations.note_hang(Hang(URL, harmless(SKILLS), None, KeyHeader.BEARER, 9.0))

    with pytest.raises(FindingRaised) as raised:
        observations.raise_hang(SKILLS)
    finding = raised.value.finding
    assert (finding.operation, finding.sent_by, current_sender()) == (str(SKILLS), "test_skills", "")
    assert finding.expected == "a response within 2.5 s"
    assert finding.actual.startswith("none in 2 tries; ")
    assert finding.curl.endswith('$ASTRBOT_KEY_X" --max-time 2.5')
    assert "Bearer $ASTRBOT_KEY_X" in finding.request


def test_a_check_has_twenty_seconds_of_processor_time(monkeypatch: pytest.MonkeyPatch) -> None:
    """Each check has its own share. The one that exceeded it inspects nothing more, and says so."""
    clock, calls = [100.0], list[str]()

    def slow(_: HttpResponse, __: Contract) -> bool:
        calls.append("slow")
        clock[0] += 20.0 if len(calls) == 1 else 0.5
        return True

    def quick(_: HttpResponse, __: Contract) -> bool:
        clock[0] += 6.0
        calls.append("quick")
        return True

    monkeypatch.setattr(module, "time", SimpleNamespace(thread_time=lambda: clock[0]))
    observations = Observations((slow, quick), CONTRACT)
    for _ in range(3):
        observations(response_with(DONE))

    assert calls == ["slow", "quick", "slow", "quick", "quick"]
    observations.raise_result(quick, BOTS)
    with pytest.raises(UnusableResponse, match=r"GET /api/v1/bots: not every response was inspected.* 20 s"):
        observations.raise_result(slow, BOTS)


def test_of_equal_requests_the_first_result_by_text_is_shown() -> None:
    """The order of the responses does not matter."""
    responses = [response_with(REFUSED, status=status) for status in (201, 202)]
    for order in (responses, responses[::-1]):
        observations = Observations((raising,), CONTRACT)
        for response in order:
            observations(response)
        with pytest.raises(FindingRaised) as raised:
            observations.raise_result(raising, BOTS)
        assert raised.value.finding.actual.startswith("201")
