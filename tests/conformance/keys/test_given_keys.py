"""Keys from a file instead of a login: requirements that they can show are judged, the others are not."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from astrbot_api import releases
from astrbot_api.operations import KEYED
from astrbot_api.scopes import Scope
from astrbot_conformance.cli.conform import conform
from astrbot_conformance.keys.given_keys import GivenKeys, UnreadableKeysError, read_keys
from astrbot_conformance.secret import forget
from astrbot_reference import running

from tests.conformance.dashboard import SETTINGS, new_key, operator

ENTRY = '[[key]]\nvariable = "{}"\nscopes = {}\n'
SOME = {"MY_KEY": "abk_0123456789abcdef0123456789abcdef"}
WRONG = [
    ("", "contains no"),
    ("key = 5", "contains no"),
    ("[[key", "is not valid TOML"),
    ('[[key]]\nscopes = ["bot"]', "`variable` must name"),
    (ENTRY.format("OTHER", '["bot"]'), "OTHER is not set"),
    (ENTRY.format("MY_KEY", "[]"), "`scopes` must be a list"),
    (ENTRY.format("MY_KEY", '["skills"]'), "`scopes` must be a list"),
    (ENTRY.format("MY_KEY", '["bot"]') + 'state = "lost"', "`state` must be one of"),
    (ENTRY.format("MY_KEY", '["bot"]') + 'secret = "abk_x"', "unknown key `secret`"),
    (ENTRY.format("MY_KEY", '["bot"]') + "id = 5", "`id` must be the id"),
]


@pytest.fixture(scope="module")
def base() -> Iterator[str]:
    """A reference server."""
    with running(SETTINGS) as url:
        yield url


@pytest.fixture(autouse=True)
def _no_login(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """No login is in the environment, and no secret outlives a test."""
    monkeypatch.delenv("ASTRBOT_USERNAME", raising=False)
    monkeypatch.delenv("ASTRBOT_PASSWORD", raising=False)
    yield
    forget()


def judged(base: str, keys: str, folder: Path, *words: str) -> tuple[int, dict[str, Any]]:
    """The exit code of a run with a key file of that text, and its report."""
    file = folder / "keys.toml"
    file.write_text(keys)
    code = conform([base, "--keys", str(file), "--seed", "1", "--report", str(folder / "report"), *words])
    return code, json.loads((folder / "report" / "report.json").read_text())


@pytest.mark.parametrize(("text", "error"), WRONG, ids=[row[1] for row in WRONG])
def test_a_wrong_file_is_reported(text: str, error: str, tmp_path: Path) -> None:
    """The error names the place and the reason. A key in the file is rejected and not repeated."""
    file = tmp_path / "keys.toml"
    file.write_text(text)

    with pytest.raises(UnreadableKeysError, match=error) as refused:
        read_keys(file, SOME)

    assert "abk_" not in str(refused.value)


@pytest.mark.parametrize("end", ["\r", "\n", " ", "\u00e9"])
def test_a_key_that_cannot_be_sent_is_reported(end: str, tmp_path: Path) -> None:
    """For example with a line end: the error names the variable, and no request is sent."""
    file = tmp_path / "keys.toml"
    file.write_text(ENTRY.format("MY_KEY", '["bot"]'))

    with pytest.raises(UnreadableKeysError, match="MY_KEY contains a character that no key has") as refused:
        read_keys(file, {"MY_KEY": f"abk_{'0' * 32}{end}"})

    assert "abk_" not in str(refused.value)


def test_the_most_suitable_key_is_used(tmp_path: Path) -> None:
    """The sufficient key with the fewest other scopes, and the insufficient key with the most. Implied scopes count."""
    file = tmp_path / "keys.toml"
    scopes = ['["chat", "im"]', '["config"]', '["chat", "im", "bot"]', '["chat"]']
    variables = {f"KEY_{number}": f"abk_{number:032}" for number in range(len(scopes))}
    file.write_text("".join(ENTRY.format(*pair) for pair in zip(variables, scopes, strict=True)))
    keys = GivenKeys("run", releases.contract(), read_keys(file, variables))

    assert keys.weakest(Scope.CHAT).variable == "KEY_3"
    assert keys.weakest(Scope.IM).variable == "KEY_0"
    assert keys.weakest(Scope.PROVIDER).variable == "KEY_1"
    assert keys.strongest_without(Scope.SKILL).variable in ("KEY_1", "KEY_2")
    assert keys.strongest_without(Scope.BOT).variable == "KEY_0"


@pytest.mark.slow
def test_requirements_that_the_keys_can_show_are_judged(
    base: str, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    """Two keys with one scope each: each is authorized for its operations only. No other requirement is judged."""
    with operator(base) as client:
        for scope in ("im", "skill"):
            monkeypatch.setenv(f"KEY_{scope}", new_key(client, scope)["api_key"])
    keys = "".join(ENTRY.format(f"KEY_{scope}", f'["{scope}"]') for scope in ("im", "skill"))

    code, report = judged(base, keys, tmp_path, "-k", "scope_sufficient or scope_required or scope_not_implied")

    statuses = {requirement["id"]: requirement for requirement in report["requirements"]}
    opened = {str(operation) for operation in KEYED if operation.scope in ("im", "skill")}
    assert code == 0
    assert report["findings"] == []
    assert set(statuses["SCOPE-SUFFICIENT"]["operations"]) == opened
    assert set(statuses["SCOPE-REQUIRED"]["operations"]) == opened
    assert statuses["SCOPE-NOT-IMPLIED"]["status"] == "not-judged"
    assert "--keys has no key with bot" in statuses["SCOPE-SUFFICIENT"]["reason"]
    assert "abk_" not in (tmp_path / "report" / "report.json").read_text()


@pytest.mark.slow
def test_a_key_with_two_scopes_proves_no_sufficiency(
    base: str, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    """If a key with two scopes is authorized, that proves for neither scope that it is sufficient."""
    with operator(base) as client:
        monkeypatch.setenv("KEY_TWO", new_key(client, "im", "skill")["api_key"])

    keys = ENTRY.format("KEY_TWO", '["im", "skill"]')
    code, report = judged(base, keys, tmp_path, "--requirement", "SCOPE-SUFFICIENT", "--tag", "im")

    (sufficient,) = report["requirements"]
    assert code == 3
    assert sufficient["status"] == "not-judged"
    assert "--keys has no key with exactly im" in sufficient["reason"]


@pytest.mark.slow
def test_a_key_with_undeclared_rights_is_found(base: str, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """A leak is a finding even if other keys are missing."""
    with operator(base) as client:
        monkeypatch.setenv("KEY_IM", new_key(client, "im")["api_key"])
        monkeypatch.setenv("KEY_SKILL", new_key(client, "im", "skill")["api_key"])
    keys = ENTRY.format("KEY_IM", '["im"]') + ENTRY.format("KEY_SKILL", '["skill"]')

    code, report = judged(base, keys, tmp_path, "--requirement", "SCOPE-REQUIRED", "--operation", "list_im_bots")

    assert code == 1
    assert [(one["requirement"], "$KEY_SKILL" in one["curl"]) for one in report["findings"]] == [
        ("SCOPE-REQUIRED", True)
    ]


@pytest.mark.slow
def test_an_invalid_key_stops_the_run(
    base: str, monkeypatch: pytest.MonkeyPatch, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """The exit code is 2 and the error names the variable. Otherwise, every rejection would look like a finding."""
    monkeypatch.setenv("KEY_IM", SOME["MY_KEY"])
    file = tmp_path / "keys.toml"
    file.write_text(ENTRY.format("KEY_IM", '["im"]'))

    assert conform([base, "--keys", str(file), "--report", str(tmp_path / "report")]) == 2
    assert "the target rejects the key in KEY_IM" in capsys.readouterr().err


@pytest.mark.slow
def test_chats_need_the_id_of_their_key(base: str, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """Without the id, the run could not remove its sessions, so it does not chat. With it, nothing is left."""
    with operator(base) as client:
        created = new_key(client, "chat")
    monkeypatch.setenv("KEY_CHAT", created["api_key"])
    keys = ENTRY.format("KEY_CHAT", '["chat"]')
    words = ("--requirement", "MSG-REPLY-CHAT", "--operation", "chat")

    code, report = judged(base, keys, tmp_path, *words)
    assert (code, report["requirements"][0]["status"]) == (3, "not-judged")

    code, report = judged(base, keys + f'id = "{created["key_id"]}"\n', tmp_path, *words)
    assert (code, report["requirements"][0]["status"]) == (0, "passed")


def test_keys_need_a_target(capsys: pytest.CaptureFixture[str]) -> None:
    """The built-in server does not know the given keys."""
    assert conform(["--keys", "keys.toml"]) == 2
    assert "--keys needs the URL" in capsys.readouterr().err


@pytest.mark.slow
def test_two_chat_keys_are_enough_for_chats(base: str, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """Streams, sessions and messages are judged, and whether one key can use the sessions of the other."""
    keys = ""
    with operator(base) as client:
        for number in (1, 2):
            created = new_key(client, "chat")
            monkeypatch.setenv(f"CHAT_{number}", created["api_key"])
            keys += ENTRY.format(f"CHAT_{number}", '["chat"]') + f'id = "{created["key_id"]}"\n'

    code, report = judged(base, keys, tmp_path, "-k", "chat_stream or chat_session or sessions_owner or msg_forms")

    statuses = {requirement["id"]: requirement["status"] for requirement in report["requirements"]}
    expected = ("CHAT-STREAM", "CHAT-SESSION", "SESSIONS-OWNER", "MSG-FORMS")
    assert (code, report["findings"]) == (0, [])
    assert {name: statuses[name] for name in expected} == dict.fromkeys(expected, "passed")
