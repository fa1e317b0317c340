"""If a target is newer than every known release, its configuration may differ, but not its scopes."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from astrbot_api import releases
from astrbot_conformance.cli.conform import conform
from astrbot_faults import Fault, Server, broken
from astrbot_reference import Settings

pytestmark = pytest.mark.slow

SETTINGS = Settings(password="Secret-of-a-test-1", release=releases.NEWEST)
CONFIGURED = (
    "GET /api/v1/system-config",
    "GET /api/v1/system-config/runtime",
    "GET /api/v1/system-config/schema",
    "GET /api/v1/config-profiles/{config_id}",
)


TAGS = ("bots", "system-config", "config-profiles")


def renamed(data: Any) -> Any:
    """Data whose configuration has one member under another name."""
    config = dict(data["config"])
    config["brand_new"] = config.pop("timezone", None)
    return data | {"config": config}


def newer(*others: Callable[[Server], None], stated: str = "99.1.0") -> Fault:
    """The newest known release, as a later one whose configuration differs, with other changes."""

    def put_into(server: Server) -> None:
        server.change_data("GET /api/v1/stats/version", lambda data: data | {"version": stated})
        for place in CONFIGURED:
            server.change_data(place, renamed)
        for other in others:
            other(server)

    return Fault("newer", "SHAPE-BODY", "A newer release.", put_into)


def opened(server: Server) -> None:
    """Every key opens the list of bots."""
    server.scopes = lambda operation, held: server.everything if operation.id == "list_bots" else held


def judged(folder: Path, monkeypatch: pytest.MonkeyPatch, fault: Fault, *requirements: str) -> tuple[int, Any]:
    """The exit code and the report of a run on such a server."""
    monkeypatch.setenv("ASTRBOT_USERNAME", SETTINGS.username)
    monkeypatch.setenv("ASTRBOT_PASSWORD", str(SETTINGS.password))
    words = [word for name in requirements for word in ("--requirement", name)]
    words += [word for tag in TAGS for word in ("--tag", tag)]
    with broken(SETTINGS, fault) as url:
        code = conform([url, *words, "--seed", "1", "--report", str(folder)])
    return code, json.loads((folder / "report.json").read_text())


def test_other_members_of_the_configuration_are_one_should_finding(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It names the missing and the new members. The verdict is conformant, and a note says that the target is newer."""
    code, report = judged(tmp_path, monkeypatch, newer(), "SHAPE-BODY")
    (finding,) = report["findings"]

    assert code == 0
    assert finding["level"] == "SHOULD"
    assert finding["actual"] == (
        "newer than this contract: the configuration lacks `timezone` and has also `brand_new`"
    )
    assert any("99.1.0 is newer than every known release" in note for note in report["run"]["notes"])


def test_a_known_release_must_have_the_members(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The same server is not conformant if it states a known release."""
    code, report = judged(tmp_path, monkeypatch, newer(stated=releases.NEWEST), "SHAPE-BODY")

    assert code == 1
    assert {finding["level"] for finding in report["findings"]} == {"MUST"}
    assert all("lacks `timezone`" in finding["actual"] for finding in report["findings"])


def test_scopes_of_a_newer_release_are_judged_as_always(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """An operation that is open to every key is a MUST finding."""
    code, report = judged(tmp_path, monkeypatch, newer(opened), "SCOPE-REQUIRED")

    assert code == 1
    assert {finding["operation"] for finding in report["findings"]} == {"GET /api/v1/bots"}
    assert {finding["level"] for finding in report["findings"]} == {"MUST"}
