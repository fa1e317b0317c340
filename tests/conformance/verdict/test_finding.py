"""A check raises a finding with the request and the response that show it."""

from dataclasses import FrozenInstanceError

import pytest
from astrbot_conformance.http import HttpResponse
from astrbot_conformance.outcome import LONGEST
from astrbot_conformance.verdict.finding import (
    Finding,
    FindingRaised,
    Level,
    expect_accepted,
    expect_refused,
    fail,
    written,
)

from tests.conformance.fake_responses import REFUSED, envelope, key_with, response_with

KEY = key_with("im", "bot")
DONE = response_with(envelope({}), key=KEY)


def raised_for(response: HttpResponse, level: Level = "MUST", scopes: tuple[str, ...] = ()) -> Finding:
    """The finding that `fail` raises for a response."""
    with pytest.raises(FindingRaised) as raised:
        fail(response, expected="this", level=level, scopes=scopes)
    return raised.value.finding


def test_a_finding_has_the_request_and_the_response() -> None:
    """The actual result is that of the response, unless the check states another one."""
    finding = raised_for(DONE)

    assert (finding.operation, finding.expected, finding.actual) == ("GET /api/v1/bots", "this", DONE.in_short)
    assert (finding.curl, finding.response, finding.request) == (DONE.curl, DONE.excerpt, DONE.sent_text)
    assert (finding.level, finding.requirement, finding.check) == ("MUST", "", "")
    assert raised_for(DONE, "SHOULD").level == "SHOULD"
    with pytest.raises(FindingRaised, match=r"^expected this, got that$"):
        fail(DONE, expected="this", actual="that")


@pytest.mark.parametrize(
    ("response", "given", "scopes"),
    [
        (DONE, (), ("bot", "im")),
        (response_with(REFUSED, status=404, key=KEY), (), ("bot", "im")),
        (response_with(REFUSED, status=403, key=KEY), (), ()),
        (response_with(REFUSED, status=403, key=KEY), ("im",), ("im",)),
        (DONE, ("persona", "config"), ("config", "persona")),
        (response_with(envelope({})), (), ()),
    ],
    ids=["authorized", "authorized, then refused", "rejected", "rejected, known", "known", "without a key"],
)
def test_a_finding_names_the_scopes_that_authorized_the_key(
    response: HttpResponse, given: tuple[str, ...], scopes: tuple[str, ...]
) -> None:
    """All scopes of an authorized key in a fixed order, those that the check knows instead, or none."""
    assert raised_for(response, scopes=given).scopes == scopes


def test_texts_are_masked_and_only_quotations_are_cut() -> None:
    """A `curl` line that was cut would send another request."""
    long = f"abk_0123456789abcdef0123 {'x ' * LONGEST}"
    finding = Finding(operation="o", expected=long, actual=long, curl=long, response=long, request=long)

    texts = (finding.expected, finding.actual, finding.curl, finding.response, finding.request)
    assert not any("abk_0123" in text for text in texts)
    assert [len(text) > LONGEST + 1 for text in texts] == [False, False, True, False, True]


ACCEPTED = [response_with(envelope({})), response_with("", status=204)]
REJECTED = [response_with(REFUSED), response_with(REFUSED, status=400), response_with(REFUSED, status=499)]
FAILED = [response_with(REFUSED, status=500), response_with("", status=302)]


@pytest.mark.parametrize("response", [*ACCEPTED, *REJECTED, *FAILED], ids=lambda one: one.in_short)
def test_a_request_is_accepted_or_refused_or_neither(response: HttpResponse) -> None:
    """A 5xx and a redirect are neither, so they meet neither expectation."""
    for expect, good, text in ((expect_accepted, ACCEPTED, "accepted"), (expect_refused, REJECTED, "rejected")):
        if response in good:
            expect(response, "the input")
            continue
        with pytest.raises(FindingRaised) as raised:
            expect(response, "the input", level="SHOULD")
        assert raised.value.finding.expected == f"the input to be {text}"
        assert raised.value.finding.level == "SHOULD"


def test_a_value_is_written_as_it_was_sent() -> None:
    """As JSON, and readable in every language."""
    assert written({"name": "中文", "on": True}) == '{"name": "中文", "on": true}'


def test_a_finding_is_a_value() -> None:
    """It cannot be changed after its texts were masked, and equal findings are one finding."""
    finding = raised_for(DONE)

    with pytest.raises(FrozenInstanceError):
        finding.actual = "abk_0123456789abcdef0123"  # type: ignore[misc]
    assert not hasattr(finding, "__dict__")
    assert len({finding, raised_for(DONE)}) == 1
