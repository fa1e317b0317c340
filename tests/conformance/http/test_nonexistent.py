"""Nonexistent resources have ids that no resource has: they contain the mark of the run."""

import json
import re
from pathlib import Path
from urllib.parse import unquote_to_bytes

import pytest
from astrbot_api.operations import BY_ID, KEYED
from astrbot_conformance.cli.conform import conform
from astrbot_conformance.engine.run import judge
from astrbot_conformance.engine.run_options import RunOptions
from astrbot_conformance.engine.selection import Selection
from astrbot_conformance.http.connection import TargetOptions
from astrbot_conformance.http.request import NONE, HttpRequest, asking, harmless
from astrbot_conformance.http.response import HttpResponse
from astrbot_conformance.run_mark import checked
from astrbot_conformance.secret import Secret
from astrbot_reference import running

from tests.conformance.dashboard import PASSWORD, SETTINGS, new_key, operator

MARK = checked("0a1b2c3d4e5f")
REQUIREMENTS = frozenset(
    "SCOPE-REQUIRED SCOPE-EVASION SCOPE-NO-EFFECT ROBUST-INPUT PATH-ID ALIAS-SAME CHAT-PROFILE".split()
)
WORDS = ("conform-none-1", "conform-none", "conform-none-x")


def wire(request: HttpRequest) -> bytes:
    """All bytes of a request, without percent encoding."""
    headers = "".join(f"{name}: {value}\n" for name, value in request.wire_headers())
    return unquote_to_bytes(request.wire_target("")) + headers.encode() + (request.body or b"")


@pytest.mark.parametrize("operation", KEYED, ids=lambda operation: operation.id)
def test_a_harmless_request_contains_no_placeholder(operation: object) -> None:
    """The placeholder is replaced when the request is sent. Other requests are sent unchanged."""
    request = harmless(BY_ID[getattr(operation, "id", "")])
    sent = request.naming(f"conform-{MARK}-none")

    assert NONE.encode() not in wire(sent)
    assert (sent == request) == (NONE.encode() not in wire(request))


def test_the_placeholder_is_replaced_everywhere() -> None:
    """In the path, the query, the headers and the body."""
    request = asking(
        BY_ID["get_persona"],
        path={"persona_id": "conform-none-1"},
        query={"username": "conform-none"},
        json_body={"umo": "webchat:conform-none:x", "ids": ["conform-none-1", "é"]},
        headers=(("X-Odd", "conform-none-2"),),
    )
    sent = request.naming(f"conform-{MARK}-none")

    assert sent.path.endswith(f"/conform-{MARK}-none-1")
    assert sent.query == (("username", f"conform-{MARK}-none"),)
    assert ("X-Odd", f"conform-{MARK}-none-2") in sent.headers
    assert json.loads(sent.body or b"")["ids"] == [f"conform-{MARK}-none-1", "é"]


@pytest.mark.slow
def test_every_run_has_its_own_nonexistent_ids() -> None:
    """Every nonexistent resource has an id of its run. Another run with the same seed uses others."""
    marks: list[set[bytes]] = []
    with running(SETTINGS) as base:
        for requirements in (REQUIREMENTS, frozenset({"PATH-ID"})):
            sent = list[bytes]()

            def note(response: HttpResponse, sent: list[bytes] = sent) -> None:
                sent.append(wire(response.sent).lower())

            options = RunOptions(
                target=TargetOptions(base=base, disposable=True, effects="destructive"),
                username=SETTINGS.username,
                password=Secret(PASSWORD, "ASTRBOT_PASSWORD"),
                selection=Selection(seed=1, requirements=requirements),
                observer=note,
            )
            report, errors = judge(options, lambda *_: None)
            assert (report.verdict, errors) == ("conformant", [])
            assert [one for one in sent if NONE.encode() in one] == []
            marks.append({mark for one in sent for mark in re.findall(rb"conform-([0-9a-f]+)-none", one)})
            assert marks[-1] == {options.run.encode()}
    assert marks[0] != marks[1]


@pytest.mark.slow
def test_resources_with_placeholder_names_stay(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A run does not change personas and bots whose names equal the placeholders."""
    monkeypatch.setenv("ASTRBOT_USERNAME", SETTINGS.username)
    monkeypatch.setenv("ASTRBOT_PASSWORD", PASSWORD)
    with running(SETTINGS) as base, operator(base) as client:
        key = {"X-API-Key": new_key(client, "persona", "bot")["api_key"]}
        for word in WORDS:
            persona = {"persona_id": word, "system_prompt": "mine"}
            assert client.post("/api/v1/personas", json=persona, headers=key).json()["status"] == "ok"
            bot = {"id": word, "type": "none", "enabled": False}
            assert client.post("/api/v1/bots", json=bot, headers=key).json()["status"] == "ok"
        before = [client.get(f"/api/v1/{kind}", headers=key).json() for kind in ("personas", "bots")]

        code = conform(
            [base, "--seed", "1", "--tag", "personas", "--tag", "bots", "--report", str(tmp_path / "report")]
        )

        after = [client.get(f"/api/v1/{kind}", headers=key).json() for kind in ("personas", "bots")]
    assert (code, after) == (0, before)
