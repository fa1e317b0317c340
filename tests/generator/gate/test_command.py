"""The command: exit codes, what it refuses, exceptions, versions, a consumer's view."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from astrbot_generator.gate.cli import changelog
from astrbot_generator.gate.document import Document, load
from astrbot_generator.gate.uses import used_operations
from astrbot_generator.gate.versions import enough, following

from tests.generator.gate.calling import OLD, OPENED, Call

PAIR = ("--base", "old.yaml", "--head", "new.yaml")
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


def refused(call: Call) -> str:
    """The fingerprint of the one finding that breaks."""
    findings = call(*PAIR, "--format", "json").report["findings"]
    return str(next(finding["fingerprint"] for finding in findings if finding["level"] == "breaking"))


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


def test_accepting(call: Call, tmp_path: Path) -> None:
    """An accepted finding no longer refuses; an exception that accepts nothing does."""
    accepted = call(*PAIR, "--accept", refused(call), "--reason", 'nobody "sent" it')

    assert accepted.code == 0
    assert call(*PAIR).code == 0
    assert 'accepted: nobody "sent" it' in call(*PAIR).out
    (tmp_path / "new.yaml").write_text(OLD)
    unused = call(*PAIR)
    assert unused.code == 1
    assert "exception-unused" in unused.out


def test_fingerprint_stays(call: Call, tmp_path: Path) -> None:
    """A fingerprint survives other messages, lines and an inserted parameter."""
    one = "      parameters: [{name: q, in: query, schema: {type: integer, maximum: MOST}}]\n"
    more = one.replace("[", "[{name: p, in: query, schema: {type: string}}, ").replace("MOST", "7")
    at = "      operationId: list_bots\n"
    (tmp_path / "old.yaml").write_text(OLD.replace(at, at + one.replace("MOST", "9")))
    found = []
    for lines in (one.replace("MOST", "8"), "# more\n" + more):
        (tmp_path / "new.yaml").write_text(OLD.replace(at, at + lines))
        findings = call(*PAIR, "--format", "json").report["findings"]
        found.append({f["fingerprint"] for f in findings if f["rule"] == "request-range-narrowed"})

    assert found[0] == found[1]
    assert len(found[0]) == 1


def test_expired_exception(call: Call) -> None:
    """An exception holds until its day, and fails after it."""
    call(*PAIR, "--accept", refused(call), "--reason", "until then", "--expires", "2026-12-31")

    assert call(*PAIR, "--today", "2026-12-31").code == 0
    late = call(*PAIR, "--today", "2027-01-01")
    assert late.code == 1
    assert "exception-expired" in late.out


def test_accepting_everywhere(call: Call, tmp_path: Path) -> None:
    """One exception accepts one change of a shared part in every operation."""
    twice = OLD.replace("/bots:", "/robots:").replace("list_bots", "a").replace("create_bot", "b")
    paths = twice.partition("paths:\n")[2].partition("components:")[0]
    old = OLD.replace("components:\n", paths + "components:\n", 1)
    (tmp_path / "old.yaml").write_text(old)
    (tmp_path / "new.yaml").write_text(old.replace("enum: [calm, wild]", "enum: [calm]"))
    text = call(*PAIR).out
    fingerprint = text.partition("--accept ")[2].partition(" ")[0]

    assert "POST /bots and POST /robots" in text
    assert call(*PAIR, "--accept", fingerprint, "--reason", "nobody sends it").code == 0
    assert call(*PAIR).code == 0


def test_several_contracts_share_exceptions(call: Call, tmp_path: Path) -> None:
    """An exception that one of several contracts needs is not unused, whatever the others need."""
    call(*PAIR, "--accept", refused(call), "--reason", "nobody sends it")

    assert call("--base", "old.yaml", "new.yaml", "old.yaml").code == 0
    assert "exception-unused" in call("--base", "old.yaml", "old.yaml", "old.yaml").out


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("[[exception]]\nfingerprint = 5\n", "without fingerprint or reason"),
        ('[[exception]]\nfingerprint = "a"\nreason = " "\n', "without fingerprint or reason"),
        ('[[exception]]\nfingerprint = "a"\nreason = "b"\nexpires = "2026-12-31"\n', "not a date"),
        ('[[exception]]\nfingerprint = "a"\nreason = "b"\nexpires = 2026-12-31T00:00:00Z\n', "not a date"),
        ('[[exception]]\nfingerprint = "a"\nreason = "b"\nmore = 1\n', "`more` is not known"),
        ("exception = [5]\n", "something else than exceptions"),
        ("[[exeption]]\n", "something else than exceptions"),
        ("[[exception\n", "not TOML"),
        ("\xff", "cannot be read"),
        (None, "no such file"),
    ],
)
def test_bad_exceptions(call: Call, tmp_path: Path, text: str | None, said: str) -> None:
    """A file of exceptions that says something else than `--accept` writes is refused in one line."""
    if text is not None:
        (tmp_path / "accepted.toml").write_bytes(text.encode("latin-1"))

    called = call(*PAIR, "--exceptions", "accepted.toml")

    assert (called.code, called.out) == (2, "")
    assert called.err.startswith("accepted.toml:")
    assert said in called.err
    assert called.err.count("\n") == 1


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


HAR = {"log": {"entries": [{"request": {"method": "GET", "url": "https://a.example.org/bots?x=1"}}]}}
REPORT = {"findings": [{"operation": "GET /bots"}], "requirements": [{"operations": ["GET /bots"]}]}


@pytest.mark.parametrize(
    ("uses", "code"),
    [
        ("GET /bots\n", 0),
        ("# ours\n- `POST /bots`\n", 1),
        ("create_bot\n", 1),
        ('["GET /bots"]', 0),
        (json.dumps(HAR), 0),
        (json.dumps(REPORT), 0),
        ("GET https://a.example.org/api/bots/?x=1", 0),
    ],
)
def test_uses(call: Call, tmp_path: Path, uses: str, code: int) -> None:
    """A consumer is told of what it uses; the rest is one line and does not fail."""
    (tmp_path / "uses").write_text(uses)

    called = call(*PAIR, "--uses", "uses")

    assert called.code == code
    assert ("request-enum-value-removed" in called.out) is bool(code)
    assert ("1 more findings touch only operations that are not used" in called.out) is not bool(code) or code


def test_uses_the_closest(call: Call, tmp_path: Path) -> None:
    """An address stands for the operation whose path says most of it, below whatever prefix a server adds."""
    paths = ["/{kind}", "/bots/{id}", "/bots/me", "/v1/bots/me"]
    answer = "get: {responses: {'200': {description: x}}}"
    document = "openapi: 3.1.0\ninfo: {title: a, version: '1'}\npaths:\n"
    head = load_text(tmp_path, document + "".join(f"  {path}: {{{answer}}}\n" for path in paths))
    found = {
        url: used_operations(uses(tmp_path, f"GET https://a.example.org{url}"), head)
        for url in ("/bots/7", "/bots/me", "/x/bots/me", "/v1/bots/me", "/robots")
    }

    assert found == {
        "/bots/7": {"GET /bots/{id}"},
        "/bots/me": {"GET /bots/me"},
        "/x/bots/me": {"GET /bots/me"},
        "/v1/bots/me": {"GET /v1/bots/me"},
        "/robots": {"GET /{kind}"},
    }


def load_text(folder: Path, text: str) -> Document:
    """The document that a text is."""
    (folder / "any.yaml").write_text(text)
    return load(folder / "any.yaml")


def uses(folder: Path, text: str) -> Path:
    """A file that names what is used."""
    (folder / "uses").write_text(text)
    return folder / "uses"


@pytest.mark.parametrize(
    "text",
    [
        "[]",
        '{"log": {"entries": [{"request": 5}]}}',
        '{"log": [1]}',
        '{"log": {"entries": [{"request": {"url": "http://[a/"}}]}}',
        "GET /nothing",
        "[" * 100_000,
        '{"a":',
        "\xff",
    ],
)
def test_bad_uses(call: Call, tmp_path: Path, text: str) -> None:
    """What names no operation that is used is refused in one line."""
    (tmp_path / "uses").write_bytes(text.encode("latin-1"))

    called = call(*PAIR, "--uses", "uses")

    assert (called.code, called.out) == (2, "")
    assert called.err.startswith("uses:")
    assert called.err.count("\n") == 1


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
    assert "Nothing that a client could notice" in capsys.readouterr().out
    assert changelog(["old.yaml", "missing.yaml"]) == 2


BAD = {
    "missing": (None, "no such file"),
    "not YAML": ("{a: [", "not YAML"),
    "not JSON either": ('{"openapi": "3.1.0",,}', "not YAML"),
    "JSON with a key twice": ('{"openapi": "3.1.0", "openapi": "3.1.0"}', "twice"),
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


@pytest.mark.parametrize("name", BAD)
def test_bad_document(call: Call, tmp_path: Path, name: str) -> None:
    """What cannot be read is refused in one line with its reason, as old and as new document."""
    text, reason = BAD[name]
    if text is not None:
        (tmp_path / "bad.yaml").write_bytes(text.encode("latin-1") if name == "not text" else text.encode())

    for arguments in (("--base", "old.yaml", "--head", "bad.yaml"), ("--base", "bad.yaml", "--head", "old.yaml")):
        called = call(*arguments)
        assert called.code == 2
        assert called.out == ""
        assert "Traceback" not in called.err
        assert reason in called.err or (name == "missing" and "neither a file" in called.err)


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
