"""JUnit XML for CI servers: a test case for each operation with findings."""

from __future__ import annotations

import re
from xml.sax.saxutils import escape, quoteattr

from astrbot_generator.gate.finding import Finding, Judgement

_UNFIT = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def render(judgement: Judgement) -> str:
    """Returns the judgement as JUnit XML."""
    by_operation: dict[str, list[Finding]] = {}
    for finding in judgement.findings:
        by_operation.setdefault(finding.operation or "contract", []).append(finding)
    by_operation.setdefault("contract", [])
    cases = [_case(name, findings, judgement) for name, findings in by_operation.items()]
    failures = sum(any(judgement.refuses(f) for f in findings) for findings in by_operation.values())
    name = "gate" if judgement.base else "gate (no comparison)"
    suite = f'<testsuite name="{name}" tests="{len(cases)}" failures="{failures}" errors="0" skipped="0">'
    return "\n".join(['<?xml version="1.0" encoding="UTF-8"?>', suite, *cases, "</testsuite>"]) + "\n"


def _case(name: str, findings: list[Finding], judgement: Judgement) -> str:
    refused = [finding for finding in findings if judgement.refuses(finding)]
    reported = [finding for finding in findings if not judgement.refuses(finding)]
    parts = [f'  <testcase classname="gate" name={_attribute(name)}>']
    if refused:
        kinds = ", ".join(dict.fromkeys(finding.rule for finding in refused))
        text = "\n".join(_line(finding) for finding in refused)
        parts.append(f'    <failure type="refused" message={_attribute(kinds)}>{_text(text)}</failure>')
    if reported:
        parts.append(f"    <system-out>{_text(chr(10).join(_line(finding) for finding in reported))}</system-out>")
    return "\n".join([*parts, "  </testcase>"])


def _line(finding: Finding) -> str:
    witness = f"\n{finding.witness.text}" if finding.witness else ""
    accepted = f" (accepted: {finding.accepted})" if finding.accepted is not None else ""
    position = f"{finding.position.file}:{finding.position.line}"
    return f"{position}: {finding.level.value} {finding.rule}: {finding.message}{accepted}{witness}"


def _text(text: str) -> str:
    return escape(_UNFIT.sub("\ufffd", text))


def _attribute(text: str) -> str:
    return quoteattr(_UNFIT.sub("\ufffd", text))
