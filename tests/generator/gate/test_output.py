"""Every form of output, over the same judgement."""

from __future__ import annotations

import json
import re
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest
import yaml

from tests.generator.gate.calling import NARROWED, OPENED, Call

PAIR = ("--base", "old.yaml", "--head", "new.yaml")


@pytest.fixture
def render(call: Call, tmp_path: Path) -> Call:
    """Renders a pair in which something breaks, something opens and something is new."""
    (tmp_path / "old.yaml").write_text(OPENED)
    (tmp_path / "new.yaml").write_text(NARROWED)
    return call


def test_text(render: Call) -> None:
    """Text begins with the place, shows the example and says what can be done."""
    lines = render(*PAIR).out.splitlines()

    at = lines.index("new.yaml:26:30: breaking request-enum-value-removed [POST /bots]")
    assert "`mode` no longer accepts" in lines[at + 1]
    assert lines[at + 2 : at + 5] == [
        "    > POST /bots",
        '    > {"id": "a", "mode": "wild"}',
        "    > accepted before, rejected now",
    ]
    assert "--explain request-enum-value-removed" in lines[at + 5]
    assert lines[-1].startswith("refused: new.yaml against old.yaml: 1 breaking, 1 warning, 1 information")


def test_markdown(render: Call) -> None:
    """Markdown folds the examples and leaves no markup open."""
    text = render(*PAIR, "--format", "markdown").out

    assert text.startswith("### Contract: ❌ refused")
    assert text.count("<details>") == text.count("</details>") == 2
    assert "&quot;wild&quot;" in text


def test_github(render: Call) -> None:
    """What is refused is an error at its line, in one line each."""
    lines = render(*PAIR, "--format", "github").out.splitlines()

    assert sum(line.startswith("::error ") for line in lines) == 2
    assert sum(line.startswith("::notice ") for line in lines) == 1
    assert any("file=new.yaml,line=26,col=30,title=request-enum-value-removed::" in line for line in lines)
    assert any("%0A" in line for line in lines)


def test_junit(render: Call) -> None:
    """JUnit has a case for each operation, and a failure where one is refused."""
    suite = ET.fromstring(render(*PAIR, "--format", "junit").out)  # noqa: S314 - our own text

    assert {case.get("name") for case in suite} == {"GET /bots", "POST /bots", "contract"}
    failed = [case.get("name") for case in suite if case.find("failure") is not None]
    assert (suite.get("failures"), failed) == ("2", ["GET /bots", "POST /bots"])


def test_sarif(render: Call) -> None:
    """SARIF names each rule once and gives each finding its place and fingerprint."""
    run = json.loads(render(*PAIR, "--format", "sarif").out)["runs"][0]

    rules = [rule["id"] for rule in run["tool"]["driver"]["rules"]]
    assert sorted(rules) == sorted({result["ruleId"] for result in run["results"]})
    for result in run["results"]:
        assert rules[result["ruleIndex"]] == result["ruleId"]
        assert result["locations"][0]["physicalLocation"]["artifactLocation"]["uri"] == "new.yaml"
        assert result["partialFingerprints"]["gate/v1"]


@pytest.mark.parametrize("kind", ["text", "json", "markdown", "github", "junit", "sarif"])
def test_exit_code_does_not_depend_on_output(render: Call, kind: str, tmp_path: Path) -> None:
    """Every form gives the same exit code and can be written to a file."""
    assert render(*PAIR, "--format", kind).code == 1
    assert render(*PAIR, "--format", kind, "--output", "report").code == 1
    assert (tmp_path / "report").read_text()
    assert render("--base", "old.yaml", "--head", "old.yaml", "--format", kind).code == 0


@pytest.mark.parametrize("kind", ["text", "json", "markdown", "github", "junit", "sarif"])
def test_what_cannot_be_written_is_escaped(call: Call, tmp_path: Path, kind: str) -> None:
    """Half a character, markup and line ends that a contract holds spoil no form of output."""
    contract = yaml.safe_load(NARROWED)
    mode = contract["components"]["schemas"]["Bot"]["properties"]["mode"]
    (tmp_path / "new.yaml").write_text(json.dumps(contract))
    mode["enum"] += ["\ud800", "</code>|`\n::error::"]
    (tmp_path / "old.yaml").write_text(json.dumps(contract))

    called = call(*PAIR, "--format", kind)

    assert called.code == call(*PAIR, "--format", kind, "--output", "report").code == 1
    assert (tmp_path / "report").read_text("utf-8") == called.out
    assert not [line for line in called.out.splitlines() if line.startswith("::error::")]
    if kind == "markdown":  # what stands in a code span is no markup
        shown = re.sub(r"(?<![`\\])(`+)(?!`)(.+?)(?<!`)\1(?!`)", "", called.out)
        assert shown.count("</code>") == shown.count("<code>")
    if kind in ("json", "sarif"):
        json.loads(called.out)
    elif kind == "junit":
        ET.fromstring(called.out)  # noqa: S314 - our own text
