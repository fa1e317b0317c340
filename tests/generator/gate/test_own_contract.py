"""The gate on our own contract: nothing lands unseen."""

from __future__ import annotations

import re
import shutil
from pathlib import Path
from typing import NamedTuple

import pytest
from astrbot_generator.gate.catalogue import load
from astrbot_generator.gate.pages import rules_page

from tests.generator.gate.calling import Call

pytestmark = pytest.mark.slow

ROOT = Path(__file__).parents[3]
ROOT_FILE = ROOT / "spec/openapi.yaml"
SCOPED = r"\[\{BearerKey: \[%s\]\}, \{HeaderKey: \[%s\]\}\]"
SCOPE = "[{BearerKey: [%s]}, {HeaderKey: [%s]}]"
BOTS, BOT_SCHEMAS, KEY_SCHEMAS = "paths/bots.yaml", "schemas/bots.yaml", "schemas/api-keys.yaml"
KEY = "    description: The key to create.\n    type: object\n"


class Edit(NamedTuple):
    """One change of a file of the contract, and the rule that names it."""

    rule: str
    file: str
    pattern: str
    replacement: str

    def make(self, folder: Path) -> None:
        """Changes the first place of the file where the pattern is found."""
        text = (folder / self.file).read_text()
        changed, count = re.subn(self.pattern, self.replacement, text, count=1)
        assert count == 1, f"{self.pattern} is no longer in {self.file}"
        (folder / self.file).write_text(changed)


BOT, CONFIG = (SCOPED % (name, name) for name in ("bot", "config"))
CHANGES = [
    Edit("operation-scope-narrowed", BOTS, BOT, SCOPE % ("config", "config")),
    Edit("operation-scope-widened", BOTS, CONFIG, SCOPE % ("bot", "bot")),
    Edit("request-enum-value-removed", KEY_SCHEMAS, r"mcp, skill\]", "mcp]"),
    Edit("request-property-became-required", KEY_SCHEMAS, KEY, f"{KEY}    required: [name, scopes]\n"),
    Edit("scope-implication-removed", "openapi.yaml", r"implies: \[bot, provider\]", "implies: [provider]"),
]
FAULTS = [
    Edit("operation-id-style", BOTS, r"operationId: list_bots\b", "operationId: listBots"),
    Edit("side-effect-missing", BOTS, r"x-side-effect: read\n", "x-note: read\n"),
    Edit("refusal-undocumented", BOTS, r"      '403': \{\$ref: [^}]*InsufficientScope\}\n", ""),
    Edit("contract-refused", BOTS, BOT, "[{BearerKey: [robot]}]"),
    Edit("parameter-undescribed", BOTS, r", description: The platform\.\}", "}"),
    Edit("nullable-means-nothing", BOT_SCHEMAS, r"type: \{type: string,", "type: {type: string, nullable: true,"),
    Edit("example-invalid", BOTS, r"\{type: webchat, id: webchat,", "{type: 5, id: webchat,"),
    Edit("answer-untyped", BOTS, r"schema: \{\$ref: [^}]*BotTypeListAnswer\}", "schema: {}"),
    Edit("requirement-unknown", BOTS, r"x-side-effect: read\n", "x-side-effect: read\n    x-requirements: [NO-SUCH]\n"),
]
VERSION = Edit("", "openapi.yaml", r"version: 0\.\d+\.\d+", "version: 0.99.0")


@pytest.fixture
def copy(call: Call, tmp_path: Path) -> Path:
    """A copy of the contract that may be changed."""
    shutil.copytree(ROOT / "spec", tmp_path / "spec")
    return tmp_path / "spec"


@pytest.mark.parametrize("edit", CHANGES, ids=[edit.rule for edit in CHANGES])
def test_change_is_refused(call: Call, copy: Path, edit: Edit) -> None:
    """One change is refused by the right rule, with its line and an example; accepted and with a version it passes."""
    edit.make(copy)
    refused = call("--base", ROOT_FILE, "--format", "json")
    found = [finding for finding in refused.report["findings"] if finding["rule"] == edit.rule]

    assert refused.code == 1
    assert found
    assert found[0]["file"] == f"spec/{edit.file}"
    line = (copy / edit.file).read_text().splitlines()[found[0]["line"] - 1]
    assert edit.replacement.strip() in line or line.strip().startswith(("enum:", "security:", "required:", "implies:"))
    assert found[0]["witness"]

    changed = {finding["fingerprint"] for finding in refused.report["findings"] if finding["operation"]}
    entries = [f'[[exception]]\nfingerprint = "{name}"\nreason = "it is meant"\n' for name in sorted(changed)]
    (copy / "gate-exceptions.toml").write_text("\n".join(entries))
    VERSION.make(copy)
    assert call("--base", ROOT_FILE).code == 0


@pytest.mark.parametrize("edit", FAULTS, ids=[edit.rule for edit in FAULTS])
def test_fault_is_named(call: Call, copy: Path, edit: Edit) -> None:
    """A breach of our rules is named, at its file."""
    edit.make(copy)

    report = call("--base", ROOT_FILE, "--format", "json").report

    assert report["verdict"] == "refused"
    assert f"spec/{edit.file}" in {found["file"] for found in report["findings"] if found["rule"] == edit.rule}


def test_orphan_is_named(call: Call, copy: Path) -> None:
    """A schema that nothing uses is named."""
    Edit("", "openapi.yaml", r"\ncomponents:\n", "\ncomponents:\n  schemas: {Orphan: {type: string}}\n").make(copy)

    rules = [finding["rule"] for finding in call("--base", ROOT_FILE, "--format", "json").report["findings"]]

    assert rules == ["schema-orphaned"]


def test_generated_code_is_compared(call: Call, copy: Path) -> None:
    """Generated code that is not what the contract generates is named."""
    shutil.copytree(ROOT / "generated/astrbot_api", copy.parent / "generated/astrbot_api")
    models = copy.parent / "generated/astrbot_api/scopes.py"
    models.write_text(models.read_text() + "\n# by hand\n")

    findings = call("--base", ROOT_FILE, "--format", "json").report["findings"]

    stale = [f for f in findings if f["rule"] == "generated-out-of-step"]
    assert len(stale) == 1
    assert stale[0]["message"].endswith("out of date; run `make generate`")


def test_changelog_is_asked_for(call: Call, copy: Path) -> None:
    """What breaks without a word in the changelog is told."""
    CHANGES[0].make(copy)
    (copy.parent / "CHANGELOG.md").write_text("# Changelog\n\n## [Unreleased]\n")

    assert "changelog-entry-missing" in call("--base", ROOT_FILE).out
    (copy.parent / "CHANGELOG.md").write_text(
        "# Changelog\n\n## [Unreleased]\n\n- `/api/v1/bot-types` asks for config.\n"
    )
    assert "changelog-entry-missing" not in call("--base", ROOT_FILE).out


def test_rules_page_is_in_step() -> None:
    """The page of rules is what the catalogue says."""
    page = (ROOT / "generated/docs/rules.md").read_text("utf-8")

    assert page == rules_page()
    assert all(f"### {name}\n" in page for name in load())
