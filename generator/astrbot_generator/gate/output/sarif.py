"""SARIF 2.1.0 for code scanning."""

from __future__ import annotations

import json
from typing import Any

from astrbot_generator.gate.catalogue import Rule, load
from astrbot_generator.gate.finding import Finding, Judgement, Level
from astrbot_generator.printable import printable_json

_LEVELS = {Level.BREAKING: "error", Level.WARNING: "warning", Level.INFORMATION: "note"}


def render(judgement: Judgement) -> str:
    """Returns the judgement as SARIF."""
    named = {finding.rule for finding in judgement.findings}
    rules = [rule for name, rule in load().items() if name in named]
    index = {rule.id: number for number, rule in enumerate(rules)}
    run = {
        "tool": {"driver": {"name": "astrbot-contract gate", "rules": [_rule(rule) for rule in rules]}},
        "properties": {"verdict": judgement.verdict, "base": judgement.base},
        "results": [_result(finding, index[finding.rule]) for finding in judgement.findings],
    }
    report = {"$schema": "https://json.schemastore.org/sarif-2.1.0.json", "version": "2.1.0", "runs": [run]}
    return printable_json(json.dumps(report, ensure_ascii=False, indent=2)) + "\n"


def _rule(rule: Rule) -> dict[str, Any]:
    return {
        "id": rule.id,
        "shortDescription": {"text": rule.title},
        "fullDescription": {"text": f"{rule.title} Breaks: {' '.join(rule.section('Breaks').split())}"},
        "help": {"text": rule.page},
        "defaultConfiguration": {"level": _LEVELS[rule.level]},
    }


def _result(finding: Finding, index: int) -> dict[str, Any]:
    text = f"{finding.operation}: {finding.message}" if finding.operation else finding.message
    if finding.witness:
        text += f"\n{finding.witness.text}"
    region = {"startLine": finding.position.line, "startColumn": finding.position.column}
    position = {"artifactLocation": {"uri": finding.position.file}, "region": region}
    result: dict[str, Any] = {
        "ruleId": finding.rule,
        "ruleIndex": index,
        "level": _LEVELS[finding.level],
        "message": {"text": text},
        "locations": [{"physicalLocation": position}],
        "partialFingerprints": {"gate/v1": finding.fingerprint},
    }
    if finding.accepted is not None:
        result["suppressions"] = [{"kind": "external", "justification": finding.accepted}]
    return result
