"""`report.sarif`: the findings for code scanning, SARIF 2.1.0."""

import hashlib
from typing import Any

from astrbot_api.requirements import Requirement

from astrbot_conformance.json_text import dumped
from astrbot_conformance.report import json as report_json
from astrbot_conformance.verdict.finding import Finding
from astrbot_conformance.verdict.judgement import Report

SCHEMA = "https://json.schemastore.org/sarif-2.1.0.json"
FILE = "report.json"  # location of a result: SARIF requires a file, and a server has none


def render(report: Report) -> str:
    """A rule for each judged requirement, and a result for each finding; a finding that does not count is a warning."""
    rules = [requirement.id for requirement in report.requirements]
    lines, requirements = _lines(report), report.contract.requirements
    run: dict[str, Any] = {
        "tool": {"driver": {"name": "astrbot-contract", "rules": [_rule(requirements[name]) for name in rules]}},
        "automationDetails": {"id": f"astrbot-contract/{report.run}"},
        "invocations": [{"executionSuccessful": report.verdict != "not-judged"}],
        "properties": {
            "verdict": report.verdict,
            "target": report.url,
            "release": report.release,
            "contract": report.contract.release,
            "selection": list(report.selection),
            "judged": f"{report.judged} of {report.total} requirements",
        },
        "results": [
            _result(report, rules, finding, line) for finding, line in zip(report.findings, lines, strict=True)
        ],
    }
    return dumped({"$schema": SCHEMA, "version": "2.1.0", "runs": [run]})


def _rule(requirement: Requirement) -> dict[str, Any]:
    return {
        "id": requirement.id,
        "shortDescription": {"text": requirement.sentence},
        "help": {"text": f"{requirement.sentence} ({requirement.level}; {requirement.source})"},
        "defaultConfiguration": {"level": "error" if requirement.level == "MUST" else "warning"},
        "properties": {"tags": [requirement.id.partition("-")[0].lower()]},
    }


def _result(report: Report, rules: list[str], finding: Finding, line: int) -> dict[str, Any]:
    text = f"{finding.level} violated by {finding.operation}: expected {finding.expected}, got {finding.actual}"
    known = report.reason_known(finding)
    return {
        "ruleId": finding.requirement,
        "ruleIndex": rules.index(finding.requirement),
        "level": "error" if report.counts(finding) else "warning",
        "message": {"text": f"{text}\n\n{finding.curl}".strip()},
        "locations": [
            {
                "physicalLocation": {"artifactLocation": {"uri": FILE}, "region": {"startLine": line}},
                "logicalLocations": [{"fullyQualifiedName": finding.operation, "kind": "function"}],
            }
        ],
        "partialFingerprints": {"astrbotFinding/v2": _fingerprint(finding)},
        "suppressions": [{"kind": "external", "justification": known}] if known else [],
    }


def _fingerprint(finding: Finding) -> str:
    """A fingerprint that is equal in every run for findings of the same check on the same operation.

    It does not depend on the text of the finding, because a later version of the suite may word it differently.
    """
    place = f"{finding.requirement}\n{finding.level}\n{finding.operation}\n{finding.check or finding.expected}"
    return hashlib.sha256(place.encode("utf-8", "backslashreplace")).hexdigest()[:32]


def _lines(report: Report) -> list[int]:
    """The line of `report.json` on which each finding begins."""
    lines = report_json.render(report).split("\n")
    begin = next(number for number, line in enumerate(lines, 1) if line.startswith('  "findings"'))
    return [number for number, line in enumerate(lines, 1) if number > begin and line == "    {"]
