"""The command: exit codes, what it refuses, versions."""

from __future__ import annotations

from pathlib import Path

import pytest
from astrbot_generator.gate.cli import changelog
from astrbot_generator.gate.versions import enough, following

from tests.generator.gate.calling import OLD, OPENED, PAIR, Call, refused

KEYS = {
    "rule",
    "level",
    "direction",
    "operation",
    "pointer",
    "file",
    "line",
    "message",
    "witness",
    "fingerprint",
    "accepted",
}


def test_report(call: Call) -> None:
    """The JSON report has the documented form; what is refused gives 1."""
    called = call(*PAIR, "--format", "json")

    assert called.code == 1
    assert called.report.keys() == {"format", "verdict", "findings"}
    assert called.report["format"] == 1
    assert called.report["verdict"] == "refused"
    by_rule = {finding["rule"]: finding for finding in called.report["findings"]}
    found = by_rule["request-enum-value-removed"]
    assert found.keys() == KEYS
    assert (found["level"], found["direction"], found["operation"]) == ("breaking", "request", "POST /bots")
    assert (found["file"], found["line"]) == ("new.yaml", 26)
    assert found["pointer"] == "/components/schemas/Bot/properties/mode/enum"
    assert found["witness"]["value"] == {"id": "a", "mode": "wild"}
    assert found["accepted"] is False


def test_nothing_changed(call: Call) -> None:
    """A contract against itself is accepted, and nothing is said of it."""
    called = call("--base", "old.yaml", "--head", "old.yaml", "--format", "json")

    assert called.code == 0
    assert called.report == {"format": 1, "verdict": "accepted", "findings": []}


def test_consent(call: Call, tmp_path: Path) -> None:
    """What opens an operation is a warning, and is refused all the same until somebody consents."""
    (tmp_path / "old.yaml").write_text(OPENED)
    (tmp_path / "new.yaml").write_text(OLD)
    report = call(*PAIR, "--format", "json").report
    finding = report["findings"][0]

    assert report["verdict"] == "refused"
    assert (finding["rule"], finding["level"]) == ("operation-scope-widened", "warning")
    call(*PAIR, "--accept", finding["fingerprint"], "--reason", "bots are for bot keys")
    assert call(*PAIR).code == 0


def test_fail_on(call: Call, tmp_path: Path) -> None:
    """What weighs less is refused only when asked for."""
    (tmp_path / "new.yaml").write_text(OLD.replace("operationId: list_bots", "operationId: get_bots"))

    assert call(*PAIR).code == 0
    assert call(*PAIR, "--fail-on", "warning").code == 1
    assert call(*PAIR, "--fail-on", "information").code == 1


@pytest.mark.parametrize(("version", "code"), [("1.2.3", 1), ("1.3.0", 1), ("2.0.0", 0)])
def test_version(call: Call, tmp_path: Path, version: str, code: int) -> None:
    """With the rule of versions, what breaks asks for a major version."""
    new = (tmp_path / "new.yaml").read_text().replace("1.2.3", version)
    (tmp_path / "new.yaml").write_text(new)
    call(*PAIR, "--accept", refused(call), "--reason", "nobody sends it")

    assert call(*PAIR, "--version-rule", "semver").code == code
    assert call(*PAIR).code == 0


@pytest.mark.parametrize(
    ("old", "bump", "new"),
    [
        ("1.2.3", "major", "2.0.0"),
        ("1.2.3", "minor", "1.3.0"),
        ("1.2.3", "patch", "1.2.4"),
        ("0.2.3", "major", "0.3.0"),
        ("0.2.3", "minor", "0.2.4"),
        ("2.0.0-rc.1", "major", "2.0.0"),
        ("1.2.3", "none", "1.2.3"),
    ],
)
def test_following_version(old: str, bump: str, new: str) -> None:
    """Versions follow Semantic Versioning; before 1.0.0 a minor version may break."""
    assert following(old, bump) == new  # type: ignore[arg-type]
    assert enough(old, new, bump)  # type: ignore[arg-type]
    assert bump == "none" or not enough(old, old, bump)  # type: ignore[arg-type]


def test_explain(call: Call) -> None:
    """A rule's page is printed; an unknown rule gets a hint."""
    assert "Instead:" in call("--explain", "operation-scope-narrowed").out
    assert "operation-scope-narrowed" in call("--explain", "all").out
    wrong = call("--explain", "operation-scope-narrow")
    assert wrong.code == 2
    assert "did you mean operation-scope-narrowed" in wrong.err


def test_scopes_from_extension(call: Call, tmp_path: Path) -> None:
    """Scopes may stand in an extension; an operation without it is closed."""
    scoped = OLD.replace("security: [{Key: [bot]}]", "x-astrbot-scope: bot")
    (tmp_path / "old.yaml").write_text(scoped)
    cases = {
        "x-astrbot-scope: config": "operation-scope-narrowed",
        "x-astrbot-scope: [bot, config]": "operation-scope-narrowed",
        "x-nothing: 1": "operation-scheme-removed",
        "security: []": "operation-became-public",
    }
    for words, rule in cases.items():
        (tmp_path / "new.yaml").write_text(scoped.replace("x-astrbot-scope: bot", words, 1))
        found = call(*PAIR, "--scopes-from", "x-astrbot-scope", "--format", "json").report["findings"]
        assert [finding["rule"] for finding in found] == [rule]
        back = call("--base", "new.yaml", "--head", "old.yaml", "--scopes-from", "x-astrbot-scope", "--format", "json")
        assert back.code == 1


def test_scopes_of_astrbot_are_found(call: Call, tmp_path: Path) -> None:
    """AstrBot's own extension is read without being named, where the old document has it."""
    scoped = OLD.replace("security: [{Key: [bot]}]", "x-astrbot-scope: bot")
    (tmp_path / "old.yaml").write_text(scoped)
    (tmp_path / "new.yaml").write_text(scoped.replace("x-astrbot-scope: bot", "x-astrbot-scope: config", 1))

    found = call(*PAIR, "--format", "json").report["findings"]

    assert [finding["rule"] for finding in found] == ["operation-scope-narrowed"]
    (tmp_path / "new.yaml").write_text(scoped.replace("      x-astrbot-scope: bot\n", ""))
    assert "is closed now" in call(*PAIR).out
    assert call("--base", "new.yaml", "--head", "old.yaml").code == 0


def test_changelog(call: Call, capsys: pytest.CaptureFixture[str]) -> None:
    """The changelog of two contracts tells people what breaks."""
    assert changelog(["old.yaml", "new.yaml"]) == 0
    assert "## Breaking" in capsys.readouterr().out
    assert changelog(["old.yaml", "old.yaml"]) == 0
    assert "No change that affects clients" in capsys.readouterr().out
    assert changelog(["old.yaml", "missing.yaml"]) == 2


BAD = {
    "missing": (None, "the file does not exist"),
    "not YAML": ("{a: [", "not YAML"),
    "not JSON either": ('{"openapi": "3.1.0",,}', "not YAML"),
    "JSON with a key twice": ('{"openapi": "3.1.0", "openapi": "3.1.0"}', "duplicate key"),
    "a list": ("- 1", "not an OpenAPI document"),
    "a text": ("hello", "not an OpenAPI document"),
    "nothing": ("", "not an OpenAPI document"),
    "no version": ("{info: {}}", "not an OpenAPI document"),
    "Swagger": ("{swagger: '2.0'}", "Swagger 2.0"),
    "a later version": ("{openapi: 4.0.0}", "OpenAPI 4.0.0"),
    "a broken reference": (OLD.replace("schemas/Bot'", "schemas/Bat'"), "leads to nothing"),
    "a reference to the network": (OLD.replace("'#/components", "'https://example.org/a.yaml#/components"), "network"),
    "a reference to no file": (OLD.replace("'#/components", "'other.yaml#/components"), "does not exist"),
    "a bomb": (
        "a: &a [x, x, x, x, x, x, x, x, x]\n"
        + "".join(f"{chr(98 + i)}: &{chr(98 + i)} [{', '.join(['*' + chr(97 + i)] * 9)}]\n" for i in range(8)),
        "aliases",
    ),
    "nested too deeply": ("[" * 5000 + "]" * 5000, "nested"),
    "a reference to itself": (
        OLD.replace("    Bot:\n", "    Bot: {$ref: '#/components/schemas/Bot'}\n    Bat:\n"),
        "itself",
    ),
    "deep JSON": ('{"openapi": "3.1.0", "x": ' + "[" * 100_000 + "]" * 100_000 + "}", "nested"),
    "not text": ("\xff\xfe\x00", "not UTF-8"),
}


CAN_BE_FIXED = (
    "JSON with a key twice",
    "a broken reference",
    "a reference to the network",
    "a reference to no file",
    "a reference to itself",
)
"""What an old document may contain, because the change may fix it."""


@pytest.mark.parametrize("name", BAD)
def test_bad_document(call: Call, tmp_path: Path, name: str) -> None:
    """What cannot be read is refused in one line with its reason, unless it is an old document that can be fixed."""
    text, reason = BAD[name]
    if text is not None:
        (tmp_path / "bad.yaml").write_bytes(text.encode("latin-1") if name == "not text" else text.encode())

    pairs = [("old.yaml", "bad.yaml"), ("bad.yaml", "old.yaml")]
    for base, head in pairs[:1] if name in CAN_BE_FIXED else pairs:
        called = call("--base", base, "--head", head)
        assert called.code == 2
        assert called.out == ""
        assert "Traceback" not in called.err
        assert reason in called.err or (name == "missing" and "not a file" in called.err)


@pytest.mark.parametrize(
    "arguments",
    [
        ("--base", "https://example.org/a.yaml", "--head", "new.yaml"),
        ("--base", "nothing-of-this-name", "--head", "new.yaml"),
        (*PAIR, "--uses", "nothing.txt"),
        (*PAIR, "--accept", "ffff", "--reason", "no"),
        (*PAIR, "--accept", "ffff"),
        (*PAIR, "--accept", "ffff", "--reason", " "),
        (*PAIR, "--expires", "2026-12-31"),
        ("--base", "http://[a", "--head", "new.yaml"),
        (*PAIR, "--format", "paper"),
        (*PAIR, "--today", "tomorrow"),
        (*PAIR, "--output", "no/such/folder/file"),
    ],
)
def test_wrong_usage(call: Call, arguments: tuple[str, ...]) -> None:
    """Wrong usage gives 2 and says why."""
    called = call(*arguments)

    assert called.code == 2
    assert called.err


def test_invalid_document(call: Call, tmp_path: Path) -> None:
    """What is not valid OpenAPI is refused where it is new, and told where it was so before."""
    invalid = OLD.replace("openapi: 3.1.0\n", "openapi: 3.1.0\nunknown: 1\n").replace("create_bot", "list_bots")
    (tmp_path / "new.yaml").write_text(invalid)
    rules = [finding["rule"] for finding in call(*PAIR, "--format", "json").report["findings"]]

    assert rules.count("document-invalid") == 2
    assert call(*PAIR).code == 1
    (tmp_path / "old.yaml").write_text(invalid)
    assert call(*PAIR).code == 0
    assert "document-still-invalid" in call(*PAIR).out
