"""The first requests of a run on a slow server are about authorization."""

from importlib import import_module

import pytest
from astrbot_conformance.engine.catalogue import CRITICAL, check_functions
from astrbot_conformance.engine.run import judge
from astrbot_conformance.engine.run_options import RunOptions
from astrbot_conformance.engine.selection import Selection
from astrbot_conformance.http import HttpRequest, Key, target
from astrbot_conformance.http.connection import TargetOptions
from astrbot_conformance.http.wire_request import shows_a_key
from astrbot_conformance.passive.sender import current_sender
from astrbot_conformance.secret import Secret
from astrbot_conformance.verdict.requirement import marks_of
from astrbot_faults import broken

from tests.conformance.default_run import PASSWORD, SETTINGS

MOST = 1300  # keyed requests until owners and unusual requests are judged too
REJECTIONS = ("AUTH-REQUIRED", "SCOPE-REQUIRED", "SCOPE-CLOSED")


@pytest.mark.slow
def test_authorization_is_judged_with_the_first_requests(monkeypatch: pytest.MonkeyPatch) -> None:
    """No other check sends a request with a key before they are done; rejections of every operation come first."""
    requirement_of = {function.__name__: str(marks_of(function).requirement) for function in check_functions()}
    sent: list[str] = []

    def noted(request: HttpRequest, key: Key | None) -> bool:
        is_keyed = shows_a_key(request, key)
        if is_keyed:
            sent.append(requirement_of.get(current_sender().partition("[")[0], ""))
        return is_keyed

    import_module("schemathesis.specs.openapi.schemas")  # two threads must not import it at once; see `default_run`
    monkeypatch.setattr(target, "shows_a_key", noted)
    monkeypatch.setattr(TargetOptions, "is_cheap", property(lambda options: options.disposable))  # it is quick, though
    with broken(SETTINGS) as url:
        options = RunOptions(
            target=TargetOptions(base=url),
            username=SETTINGS.username,
            password=Secret(PASSWORD, "ASTRBOT_PASSWORD"),
            selection=Selection(seed=1),
        )
        report, errors = judge(options, lambda *_: None)

    critical = [number for number, name in enumerate(sent) if any(ids.match(name) for ids in CRITICAL)]
    others = [number for number, name in enumerate(sent) if name and number not in critical]
    assert not errors
    assert report.verdict == "conformant"
    assert critical[-1] < others[0]
    assert max(number for number in critical if sent[number] in REJECTIONS) < 1000
    assert max(number for number in critical if sent[number] != "SCOPE-NO-EFFECT") < MOST
