"""Every check bites: a server that is broken in one way fails exactly the requirement that it breaks."""

import importlib
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from astrbot_api.operations import OPERATIONS
from astrbot_api.requirements import REQUIREMENTS
from astrbot_conformance.judgement import Report
from astrbot_conformance.plugin import Selection
from astrbot_conformance.run import Order, judge
from astrbot_conformance.secret import Secret
from astrbot_conformance.target import Reach

from tests.conformance.broken import BREAKS, SETTINGS, Fault, Server, breakable

SECTIONS = sorted(path.stem for path in (Path(__file__).parent / "faults").glob("[a-z]*.py"))
FAULTS: list[Fault] = [
    value
    for section in SECTIONS
    for value in vars(importlib.import_module(f"tests.conformance.faults.{section}")).values()
    if hasattr(value, BREAKS)
]
ENOUGH = {  # one operation for each scope and each area that a fault touches: all of them take too long for each fault
    "GET /api/v1/bots",
    "POST /api/v1/bots",
    "GET /api/v1/providers",
    "GET /api/v1/personas",
    "POST /api/v1/personas",
    "GET /api/v1/im/bots",
    "POST /api/v1/im/message",
    "GET /api/v1/config-profiles",
    "PUT /api/v1/system-config",
    "POST /api/v1/chat",
    "GET /api/v1/chat/sessions",
    "GET /api/v1/plugins",
    "GET /api/v1/mcp/servers",
    "GET /api/v1/skills",
    "GET /api/v1/stats",
    "POST /api/v1/api-keys",
    "GET /api/v1/openapi.json",
    "GET /api/v1/docs",
}


@pytest.fixture(scope="module")
def server() -> Iterator[tuple[str, Callable[[Server], None]]]:
    """A reference server that each test breaks in its own way."""
    with breakable() as opened:
        yield opened


def verdict(base: str) -> Report:
    """What the suite says of the server as it is now."""
    report, errors = judge(
        Order(
            reach=Reach(base=base, disposable=True),
            username=SETTINGS.username,
            password=Secret(SETTINGS.password, "ASTRBOT_PASSWORD"),
            selection=Selection(seed=1, operations=frozenset(o.id for o in OPERATIONS if str(o) in ENOUGH)),
            examples=12,
        ),
        lambda *_: None,
    )
    assert not errors
    return report


@pytest.mark.parametrize("broken", FAULTS, ids=lambda broken: broken.__name__)
def test_a_fault_fails_the_requirement_that_it_breaks(
    broken: Fault, server: tuple[str, Callable[[Server], None]], monkeypatch: pytest.MonkeyPatch
) -> None:
    """That requirement fails, no other does, and each finding can be replayed."""
    base, change = server
    faulty = Server(monkeypatch)
    broken(faulty)
    change(faulty)

    report = verdict(base)

    assert {r.id for r in report.requirements if r.status == "failed"} == {getattr(broken, BREAKS)}
    assert all(finding.curl.startswith("curl ") for finding in report.findings)


def test_a_sound_server_passes_everything(server: tuple[str, Callable[[Server], None]]) -> None:
    """Nothing is found, and nothing is left unjudged."""
    base, change = server
    change(Server(pytest.MonkeyPatch()))

    report = verdict(base)

    assert report.findings == ()
    assert {r.status for r in report.requirements} == {"passed"}
    assert {r.id for r in report.requirements} == set(REQUIREMENTS)
    assert (report.verdict, report.exit_code) == ("conformant", 0)


def test_every_requirement_has_a_fault() -> None:
    """No requirement is without a fault that breaks it, and no fault breaks what is not a requirement."""
    assert {getattr(broken, BREAKS) for broken in FAULTS} == set(REQUIREMENTS)


def test_every_fault_says_what_is_wrong() -> None:
    """A fault has a sentence that a person can read in a list of faults."""
    assert [broken.__name__ for broken in FAULTS if not broken.__doc__] == []
