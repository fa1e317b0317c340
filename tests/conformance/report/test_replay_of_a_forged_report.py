"""Anybody can write a report: `replay` sends no login to its address without consent, and no request that it names."""

import json
import os
import pty
import subprocess
import sys
import threading
from collections.abc import Iterator
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import pytest
from astrbot_api.operations import BY_ID
from astrbot_conformance.cli.diff import diff
from astrbot_conformance.cli.replay import replay
from astrbot_conformance.report import json as report_json
from astrbot_conformance.report.past import UnreadableReportError, read_report
from astrbot_reference import running

from tests.conformance.dashboard import ENVIRONMENT, PASSWORD, SETTINGS, USERNAME, operator
from tests.conformance.report.samples import BROKEN

pytestmark = pytest.mark.slow

SENTENCE = "the report names {url} as its target"


@pytest.fixture(autouse=True)
def login(monkeypatch: pytest.MonkeyPatch) -> None:
    """A login in the environment, which the author of the report wants."""
    monkeypatch.setenv("ASTRBOT_USERNAME", USERNAME)
    monkeypatch.setenv("ASTRBOT_PASSWORD", PASSWORD)


@dataclass
class Listener:
    """A server at `url` that supports no method and stores the first line of each request."""

    url: str = ""
    requests: list[str] = field(default_factory=list)


@pytest.fixture
def listener() -> Iterator[Listener]:
    """The server of the author of the report."""
    listener = Listener()

    class Handler(BaseHTTPRequestHandler):
        def parse_request(self) -> bool:
            listener.requests.append(str(getattr(self, "raw_requestline", "")))
            return super().parse_request()

        def log_message(self, *_: object) -> None:
            """Log nothing."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    listener.url = f"http://127.0.0.1:{server.server_port}"
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True)
    thread.start()
    yield listener
    server.shutdown()
    thread.join(5)
    server.server_close()


def forged(folder: Path, **members: Any) -> Path:
    """A report with these members instead of those of a real one: `target__url` replaces `url` in `target`."""
    raw: dict[str, Any] = json.loads(report_json.render(BROKEN))
    for name, value in members.items():
        *outer, last = name.split("__")
        place = raw
        for one in outer:
            place = place[one]
        place[last] = value
    folder.joinpath("report.json").write_text(json.dumps(raw), encoding="utf-8")
    return folder


def test_no_login_is_sent_to_the_address_in_a_report(
    listener: Listener, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Without a terminal, `--url` and `--yes`: exit code 2, one line that names the address, and no request."""
    code = replay([str(forged(tmp_path, target__url=listener.url))])

    output = capsys.readouterr()
    assert (code, output.out, listener.requests) == (2, "", [])
    assert len(output.err.splitlines()) == 1
    assert SENTENCE.format(url=listener.url) in output.err
    assert PASSWORD not in output.err


def test_only_the_address_on_the_command_line_is_called(listener: Listener, tmp_path: Path) -> None:
    """With `--url`, no request goes to the address in the report."""
    report = forged(tmp_path, target__url=listener.url)

    assert replay([str(report), "--url", "http://127.0.0.1:9"]) == 2
    assert listener.requests == []


@pytest.mark.parametrize("url", ["", "file:///etc/passwd", "http://a:b@127.0.0.1", "javascript:alert(1)", "http://"])
def test_an_invalid_address_is_rejected_even_with_yes(
    url: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """The exit code is 2, and one line says what to give."""
    assert replay([str(forged(tmp_path, target__url=url)), "--yes"]) == 2
    assert "--url URL" in capsys.readouterr().err


@pytest.mark.parametrize(("output", "is_asked"), [("n", False), ("", False), ("yes", True)])
def test_a_user_at_a_terminal_is_asked(output: str, *, is_asked: bool, listener: Listener, tmp_path: Path) -> None:
    """Only a plain yes agrees. The question names the address."""
    ours, theirs = pty.openpty()
    line = [sys.executable, "-m", "astrbot_generator", "replay", str(forged(tmp_path, target__url=listener.url))]
    process = subprocess.Popen(line, stdin=theirs, stdout=theirs, stderr=theirs, env=ENVIRONMENT, cwd=tmp_path)
    os.close(theirs)
    shown = b""
    while b"[y/N]" not in shown:
        shown += os.read(ours, 1000)
    assert listener.requests == []
    os.write(ours, f"{output}\n".encode())
    code = process.wait(60)
    os.close(ours)

    assert listener.url in shown.decode()
    assert bool(listener.requests) is is_asked
    assert code in (2, 3)


def test_letters_that_resemble_others_become_visible(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A Cyrillic letter in a known name is shown as an escape."""
    assert replay([str(forged(tmp_path, target__url="http://\u0430strbot.example"))]) == 2
    assert r"http://\u0430strbot.example" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("ran", "words"),
    [
        ("destructive", []),
        ("external", []),
        ("destructive", ["--effects", "write"]),
        ("write", ["--effects", "destructive"]),
    ],
)
def test_the_report_does_not_choose_the_effects_of_a_replay(
    ran: str, words: list[str], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Never more than `write`, unless the user allows it. An operation without a harmless request is not judged."""
    finding = {"requirement": "SCOPE-REQUIRED", "level": "MUST", "expected": "", "actual": "", "check": ""}
    finding["operation"] = str(BY_ID["reload_plugin"])
    with running(SETTINGS) as base:
        report = forged(tmp_path, run__effects=ran, findings=[finding])

        replay([str(report), "--url", base, *words])

        with operator(base) as client:
            assert client.get("/api/v1/api-keys").json()["data"] == []
    output = capsys.readouterr().out
    assert ("judged with --effects destructive" in output) is ("destructive" not in words)
    assert (
        f"The run had --effects {ran}, this replay has --effects {[*words, 'write'][-1 if not words else 1]}." in output
    )


HOSTILE = [
    {"run__seed": "7"},
    {"run__seed": True},
    {"run__seed": 7.5},
    {"run__seed": 10**200},
    {"run__effects": "anything"},
    {"run__effects": ["destructive"]},
    {"target__url": ["http://127.0.0.1"]},
    {"target__url": "http://" + "a" * 5000},
    {"target__release": {"a": 1}},
    {"target__contract": None},
    {"requirements": {"id": "x"}},
    {"requirements": [{"id": "x", "status": "odd", "operations": []}]},
    {"requirements": [{"id": "x", "status": "passed", "operations": [["a"]]}]},
    {"requirements": [{"id": "x", "status": "passed", "operations": "GET /"}]},
    {"findings": [1]},
    {"findings": "none"},
    {"findings": [{"requirement": "x"}]},
    {"findings": [{"requirement": 1, "level": "MUST", "operation": "", "expected": "", "actual": ""}]},
    {"findings": [{"requirement": "x", "level": "WILL", "operation": "", "expected": "", "actual": ""}]},
    {"verdict": ["conformant"]},
    {"verdict": "fine"},
    {"format": True},
    {"format": "1"},
    {"target": []},
]


@pytest.mark.parametrize("members", HOSTILE, ids=str)
def test_a_member_of_a_wrong_type_is_rejected(
    members: dict[str, Any], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """No type is converted: one short line and exit code 2, from `replay` and from `diff`."""
    report = str(forged(tmp_path, **members))

    with pytest.raises(UnreadableReportError):
        read_report(Path(report))
    assert (replay([report, "--yes"]), diff([report, report])) == (2, 2)
    lines = capsys.readouterr().err.splitlines()
    assert len(lines) == 2
    assert max(map(len, lines)) < 400


def test_only_checks_of_the_catalogue_are_run(listener: Listener, tmp_path: Path) -> None:
    """A path, method or check that the suite does not have leads to no such request."""
    finding = {"requirement": "SCOPE-REQUIRED", "level": "MUST", "expected": "", "actual": ""}
    findings = [
        finding | {"operation": "DELETE /api/v1/everything", "check": "test_everything[x]"},
        finding | {"operation": "GET http://127.0.0.1:9/", "check": "__import__('os').system('true')"},
        finding | {"operation": "DELETE /api/v1/bots/../..", "check": "../../conftest.py::test_x"},
    ]
    with running(SETTINGS) as base:
        assert replay([str(forged(tmp_path, findings=findings)), "--url", base]) == 3
    assert listener.requests == []
