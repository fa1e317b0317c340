"""Hostile text from a target, a report, a file or the command line: no command shows it unchanged."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any
from xml.etree import ElementTree as ET

import pytest
from astrbot_conformance.cli.check import check
from astrbot_conformance.cli.clean import clean
from astrbot_conformance.cli.conform import conform
from astrbot_conformance.cli.diff import diff
from astrbot_conformance.cli.replay import replay
from astrbot_conformance.report import terminal
from astrbot_conformance.report.files import files_of
from astrbot_reference import create_app, running
from astrbot_reference.cli import serve
from astrbot_reference.safe_text import inert, inert_json, one_line
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from tests.conformance.dashboard import PASSWORD, SETTINGS, USERNAME, new_key, operator
from tests.conformance.hostile_text import HARMFUL, HOSTILE, OUR_COLOURS, unsafe_in
from tests.conformance.report.markdown_code import outside_code
from tests.conformance.report.samples import BOTS, SKILLS, failed, finding, missed, report

pytestmark = pytest.mark.slow

NO_SERVER = "http://127.0.0.1:9"
LIVE = ("@octocat", "#123", "http://evil", "www.evil", "a@evil", "<script>", "![i]", "[l](", "**b**", "\n## forged")


class HostileText:
    """Returns hostile text in each place that people see: messages, ids, names, headers, the version."""

    def __init__(self, app: ASGIApp, paths: dict[str, int]) -> None:
        self._app = app
        self._paths = paths

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Return a hostile response on some paths instead of calling the service."""
        status = self._paths.get(scope.get("path", ""))
        if scope["type"] != "http" or status is None:
            await self._app(scope, receive, send)
            return
        data = {"version": HOSTILE, "id": HOSTILE, HOSTILE: HOSTILE, "bot_ids": [HOSTILE, HOSTILE]}
        body = json.dumps({"status": "error" if status >= 400 else "ok", "message": HOSTILE, "data": data}).encode()
        headers = [(b"content-type", b"application/json; x=\x9b31m\xe2\x80\xae"), (b"x-odd", b"\x9b31m\xe2\x80\xae")]
        start: Message = {"type": "http.response.start", "status": status, "headers": headers}
        await send(start)
        await send({"type": "http.response.body", "body": body})


@pytest.fixture
def hostile(monkeypatch: pytest.MonkeyPatch) -> Callable[..., Any]:
    """A context with a server that returns hostile responses with these statuses on these paths."""
    monkeypatch.setenv("ASTRBOT_USERNAME", USERNAME)
    monkeypatch.setenv("ASTRBOT_PASSWORD", PASSWORD)
    monkeypatch.setenv("ASTRBOT_KEY", "abk_" + "x" * 40)

    def serving(paths: dict[str, int]) -> Any:
        app = create_app(SETTINGS)
        app.add_middleware(HostileText, paths={f"/api/v1/{path}": status for path, status in paths.items()})
        return running(app=app)

    return serving


def printed(capsys: pytest.CaptureFixture[str]) -> tuple[str, str]:
    """The new output on both streams, which must be inert."""
    out, err = capsys.readouterr()
    assert (unsafe_in(out), unsafe_in(err)) == ([], [])
    return out, err


def test_a_rejected_login(hostile: Callable[..., Any], tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Every command that logs in shows its message in one line."""
    (tmp_path / "report.json").write_text(files_of(HOSTILE_REPORT)["report.json"])
    with hostile({"auth/login": 401}) as url:
        for command in (conform, clean):
            assert command([url, *(["--report", str(tmp_path / "r")] if command is conform else [])]) == 2
            assert printed(capsys)[1].count("\n") == 1
        assert replay([str(tmp_path), "--url", url]) == 2
        assert printed(capsys)[1].count("\n") == 1


@pytest.mark.parametrize("status", [200, 403, 500])
def test_messages_of_a_target(
    status: int, hostile: Callable[..., Any], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Findings and reasons with hostile messages, in the terminal and in each file."""
    operations = ["--operation=list_bots", "--operation=list_im_bots", "--operation=list_personas"]
    with hostile({"bots": status, "im/bots": 200, "personas": status, "stats/version": 200}) as url:
        conform([url, "--seed", "1", "--report", str(tmp_path), *operations])
        text = printed(capsys)[0]
        again = replay([str(tmp_path), "1", "--url", url])
        text += printed(capsys)[0]
        check([url])
        printed(capsys)
        check([url, "--format", "json"])
        assert json.loads(printed(capsys)[0] or "{}") is not None
    assert again in (1, 3)
    assert r"\x1b[31mred" in text
    for file in tmp_path.iterdir():
        assert unsafe_in(file.read_text(encoding="utf-8")) == [], file.name
    assert [live for live in LIVE if live in outside_code((tmp_path / "summary.md").read_text())] == []
    assert "<script>alert" not in (tmp_path / "report.html").read_text()
    ET.parse(tmp_path / "junit.xml")  # noqa: S314  our own text
    findings = json.loads((tmp_path / "report.json").read_text())["findings"]
    assert any("red" in one["actual"] + one["response"] for one in findings)


def test_names_on_a_target(hostile: Callable[..., Any], capsys: pytest.CaptureFixture[str]) -> None:
    """`clean` reports a key whose name looks like one of an old run, without harm."""
    with hostile({}) as url, operator(url) as client:
        new_key(client, "chat", name=f"conform-20260101-{HOSTILE}"[:200])

        assert clean([url]) == 0
        assert r"conform-20260101-\x1b[31mred" in printed(capsys)[0]


HOSTILE_REPORT = report(
    failed(finding("SCOPE-REQUIRED", BOTS, expected=HOSTILE, actual=HOSTILE, curl=HOSTILE, response=HOSTILE)),
    failed(finding("SCOPE-REQUIRED", HOSTILE, expected=HOSTILE, actual=HOSTILE)),
    missed("MSG-EMPTY", SKILLS, HOSTILE),
    trouble=HOSTILE,
)


def test_a_run_with_hostile_text_everywhere_in_colour() -> None:
    """Only our own colours remain of the escape sequences. Every forged line stays within its line."""
    for colour in (False, True):
        for width in (40, 100, 1000):
            text = terminal.render(HOSTILE_REPORT, width, colour=colour)
            assert unsafe_in(OUR_COLOURS.sub("", text)) == []
            assert bool(OUR_COLOURS.search(text)) is colour
            assert "\nCONFORMANT" not in OUR_COLOURS.sub("", text)


@pytest.mark.parametrize("name", ["report.json", "junit.xml", "report.html", "report.sarif", "summary.md"])
def test_a_file_with_hostile_text_everywhere(name: str) -> None:
    """The text has no unsafe characters and no active Markdown, and JSON contains it unchanged."""
    text = files_of(HOSTILE_REPORT)[name]

    assert unsafe_in(text) == []
    if name == "summary.md":
        assert [live for live in LIVE if live in outside_code(text)] == []
    if name.endswith(("json", "sarif")):
        assert json.dumps(HARMFUL)[1:-1] in json.dumps(json.loads(text))
    if name == "junit.xml":
        ET.fromstring(text)  # noqa: S314  our own text
    if name == "report.html":
        assert "<script>alert" not in text


def test_members_of_a_report(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """`diff` and `replay` of a report in which every text is hostile: no forged line and no unsafe character."""
    raw = json.loads(files_of(HOSTILE_REPORT)["report.json"])
    old, new = tmp_path / "old.json", tmp_path / "new.json"
    new.write_text(json.dumps(filled(raw)))
    old.write_text(json.dumps(filled(raw) | {"findings": []}))

    assert diff([str(old), str(new)]) == 1
    out, _ = printed(capsys)
    assert "\nCONFORMANT" not in out
    assert "\n## forged" not in out
    assert replay([str(new), "--yes"]) == 2
    assert printed(capsys)[1].count("\n") == 1


def filled(value: Any, name: str = "") -> Any:
    """A report with hostile text in place of every free text."""
    if isinstance(value, dict):
        return {key: filled(member, key) for key, member in value.items()}
    if isinstance(value, list):
        return [filled(member, name) for member in value]
    return HOSTILE if isinstance(value, str) and name not in ("verdict", "effects", "status", "level") else value


WORDS = {
    "conform": ["--requirement", "--operation", "--tag", "--release", "--known", "--keys", "-n", "--attachment", "-k"],
    "check": ["--release", "--format", "--ca"],
    "clean": ["--run", "--ca"],
    "replay": ["--url", "--effects", "--release"],
    "diff": ["--odd"],
    "serve": ["--fault", "--release", "--port", "--database"],
}
COMMANDS = {command.__name__: command for command in (conform, check, clean, replay, diff, serve)}
OPTIONS = [(name, option) for name, options in WORDS.items() for option in options]


@pytest.mark.parametrize(("name", "option"), OPTIONS, ids=[" ".join(one) for one in OPTIONS])
def test_values_on_the_command_line(
    name: str, option: str, tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """A hostile value is named in one inert line, with exit code 2."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("ASTRBOT_KEY", "abk_" + "x" * 40)
    (tmp_path / "report.json").write_text(files_of(HOSTILE_REPORT)["report.json"])
    usual = {
        "conform": [NO_SERVER],
        "check": [NO_SERVER],
        "clean": [NO_SERVER],
        "replay": ["report.json"],
        "diff": ["a", "b"],
    }
    value = HOSTILE.replace("\0", "").encode("utf-8", "replace").decode()

    code = COMMANDS[name]([*usual.get(name, []), option, value])

    out, err = printed(capsys)
    assert (code, err.count("\n")) == (2, 1), err
    assert out.count("\n") <= (option == "-k")


@pytest.mark.parametrize("name", ["conform", "check", "clean", "replay", "diff", "serve"])
def test_an_address_or_a_file_of_that_name(name: str, capsys: pytest.CaptureFixture[str]) -> None:
    """As a positional argument."""
    words = [HOSTILE] * (2 if name == "diff" else 1)

    assert COMMANDS[name](words) == 2
    out, err = printed(capsys)
    assert (out, err.count("\n")) == ("", 1), err


FILES = {
    "--known": [
        '[[known]]\nrequirement = {text}\nreason = "x"\n',
        '[[known]]\nrequirement = "MSG-TYPES"\noperation = {text}\nreason = "x"\n',
        "{text} = 1\n",
        "= {text}\n",
    ],
    "--keys": [
        '[[key]]\nvariable = {text}\nscopes = ["chat"]\n',
        '[[key]]\nvariable = "ASTRBOT_KEY"\nscopes = [{text}]\n',
        '[[key]]\nvariable = "ASTRBOT_KEY"\nscopes = ["chat"]\nstate = {text}\n',
        "{text} = 1\n",
    ],
}
TABLES = [(option, table) for option, tables in FILES.items() for table in tables]


@pytest.mark.parametrize(("option", "table"), TABLES)
def test_entries_of_a_file(
    option: str, table: str, tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Wrong entries of known.toml and keys.toml are named in one inert line."""
    monkeypatch.setenv("ASTRBOT_KEY", "abk_" + "x" * 40)
    text = json.dumps(HOSTILE.replace("\U000e0041", "")).replace("\\u007f", "\x7f")
    (tmp_path / "file.toml").write_text(table.format(text=text), encoding="utf-8")

    code = conform([NO_SERVER, option, str(tmp_path / "file.toml"), "--report", str(tmp_path / "r")])

    out, err = printed(capsys)
    assert (code, out, err.count("\n")) == (2, "", 1), err


def test_the_three_forms_of_an_escape() -> None:
    """Text keeps its lines, a line stays one line, and JSON keeps its value. Ordinary text of any language stays."""
    ordinary = "Grüße, 中文 日本語 العربية हिन्दी 😀 ❤️ \u00a0\u3000"

    assert inert(f"a\tb\nc\r{ordinary}") == f"a\tb\nc\\r{ordinary}"
    assert one_line(f"a\tb\nc{ordinary}") == f"a\\tb\\nc{ordinary}"
    assert json.loads(inert_json(json.dumps(HOSTILE, ensure_ascii=False))) == HOSTILE
    for text in (inert(HOSTILE), one_line(HOSTILE), inert_json(HOSTILE)):
        assert unsafe_in(text) == []
