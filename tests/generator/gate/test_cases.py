"""The cases: for every rule changes on which it speaks, and twins on which it does not."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import jsonschema  # type: ignore[import-untyped]
import pytest
import yaml
from astrbot_generator.gate.access import ScopeSource
from astrbot_generator.gate.catalogue import load
from astrbot_generator.gate.document import Document
from astrbot_generator.gate.finding import Finding, Level
from astrbot_generator.gate.judge import changes
from astrbot_generator.gate.schema.difference import ANNOTATIONS

from tests.generator.gate.fragments import pair

FOLDER = Path(__file__).parent / "cases"
TODAY = date(2026, 11, 22)
ALL = [
    (file.stem, kind, case)
    for file in sorted(FOLDER.glob("*.yaml"))
    for kind, cases in yaml.safe_load(file.read_text("utf-8")).items()
    for case in cases
]
NEW_DIALECT = [entry for entry in ALL if entry[2].get("openapi", "3.1.0") == "3.1.0"]
DOCUMENTS: dict[int, tuple[Document, Document]] = {}  # by the identity of the case
FINDINGS: dict[int, list[Finding]] = {}
HEAVY = (Level.BREAKING, Level.WARNING)


def each(cases: list[tuple[str, str, dict[str, Any]]]) -> pytest.MarkDecorator:
    """Runs a test for each of the cases."""
    ids = [f"{rule}: {kind}: {case['name']}" for rule, kind, case in cases]
    return pytest.mark.parametrize(("rule", "kind", "case"), cases, ids=ids)


def documents_of(case: dict[str, Any], folder: Path) -> tuple[Document, Document]:
    """The two documents of a case; built once, in the folder of the first test that needs them."""
    if id(case) not in DOCUMENTS:
        DOCUMENTS[id(case)] = pair(case, folder)
    return DOCUMENTS[id(case)]


def judged(case: dict[str, Any], folder: Path) -> tuple[list[Finding], Document, Document]:
    """The findings of a case, which is judged once, and its two documents."""
    base, head = documents_of(case, folder)
    if id(case) not in FINDINGS:
        FINDINGS[id(case)] = changes(base, head, source=ScopeSource(case.get("scopes_from")), today=TODAY)
    return FINDINGS[id(case)], base, head


@each(ALL)
def test_case(rule: str, kind: str, case: dict[str, Any], tmp_path: Path) -> None:
    """A rule speaks where it should, is silent where it should, and nothing else is made of it."""
    found, _, _ = judged(case, tmp_path)
    named = {finding.rule for finding in found}
    heavy = {finding.rule for finding in found if finding.level in HEAVY}

    if "only" in case:
        assert heavy == set(case["only"])
    elif kind == "fires":
        expected = {rule} if load()[rule].level in HEAVY else set()
        assert rule in named
        assert heavy == expected | set(case.get("also", ()))
    else:
        assert rule not in named
        assert heavy == set(case.get("gives", ()))


@each([entry for entry in ALL if "witness" in entry[2]])
def test_witness(rule: str, kind: str, case: dict[str, Any], tmp_path: Path) -> None:
    """The example that shows a finding is the least one."""
    found, _, _ = judged(case, tmp_path)

    witnesses = [finding.witness.value for finding in found if finding.rule == rule and finding.witness]

    assert case["witness"] in witnesses


@each(
    [
        entry
        for entry in ALL
        if entry[2].keys() & {"request", "response"} and entry[2].get("openapi", "3.1.0") == "3.1.0"
    ]
)
def test_witness_is_true(rule: str, kind: str, case: dict[str, Any], tmp_path: Path) -> None:
    """Another validator, of JSON Schema 2020-12, agrees that an example is allowed on one side and not on the other."""
    word = "request" if "request" in case else "response"
    found, base, head = judged(case, tmp_path)
    old, new = (_validator(document, case[word][index]) for index, document in enumerate((base, head)))

    for finding in found:
        if finding.witness:
            allowed = [validator.is_valid(finding.witness.value) for validator in (old, new)]
            expected = [True, False] if word == "request" else [False, True]
            if ANNOTATIONS.isdisjoint(load()[finding.rule].kinds):
                assert allowed == expected
            else:  # JSON Schema does not check formats, encodings and discriminators
                assert allowed[expected.index(True)]


def _validator(document: Document, schema: Any) -> jsonschema.Draft202012Validator:
    whole = {"allOf": [schema], "components": document.value["components"]}
    return jsonschema.Draft202012Validator(whole)


@each(ALL)
def test_same_document_is_quiet(rule: str, kind: str, case: dict[str, Any], tmp_path: Path) -> None:
    """No document of any case breaks anything against itself."""
    for document in documents_of(case, tmp_path):
        assert changes(document, document, source=ScopeSource(case.get("scopes_from"))) == []


def test_every_rule_has_cases() -> None:
    """Every rule about changes has a case that fires and a twin that does not, and no file is left over."""
    rules = {rule.id for rule in load().values() if rule.area not in ("contract", "project", "exceptions")}
    assert {file.stem for file in FOLDER.glob("*.yaml")} == rules
    for file in FOLDER.glob("*.yaml"):
        cases = yaml.safe_load(file.read_text("utf-8"))
        assert cases["fires"], file.stem
        assert cases["harmless"], file.stem
