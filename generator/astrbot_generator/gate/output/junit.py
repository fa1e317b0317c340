"""For CI servers that read JUnit: a test case for each operation that something was found of."""

from __future__ import annotations

import re
from xml.sax.saxutils import escape, quoteattr

from astrbot_generator.gate.finding import Finding, Judgement

_UNFIT = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def render(judgement: Judgement) -> str:
    """The judgement as JUnit XML."""
    by_operation: dict[str, list[Finding]] = {}
    for finding in judgement.findings:
        by_operation.setdefault(finding.operation or "contract", []).append(finding)
    by_operation.setdefault("contract", [])
    cases = [_case(name, findings, judgement) for name, findings in by_operation.items()]
    failures = sum(any(judgement.refuses(f) for f in findings) for findings in by_operation.values())
    name = "gate" if judgement.base else "gate (not compared with anything)"
    suite = f'<testsuite name="{name}" tests="{len(cases)}" failures="{failures}" errors="0" skipped="0">'
    return "\n".join(['<?xml version="1.0" encoding="UTF-8"?>', suite, *cases, "</testsuite>"]) + "\n"


def _case(name: str, findings: list[Finding], judgement: Judgement) -> str:
    refused = [finding for finding in findings if judgement.refuses(finding)]
    told = [finding for finding in findings if not judgement.refuses(finding)]
    parts = [f'  <testcase classname="gate" name={_attribute(name)}>']
    if refused:
        kinds = ", ".join(dict.fromkeys(finding.rule for finding in refused))
        text = "\n".join(_told(finding) for finding in refused)
        parts.append(f'    <failure type="refused" message={_attribute(kinds)}>{_text(text)}</failure>')
    if told:
        parts.append(f"    <system-out>{_text(chr(10).join(_told(finding) for finding in told))}</system-out>")
    return "\n".join([*parts, "  </testcase>"])


def _told(finding: Finding) -> str:
    witness = f"\n{finding.witness.text}" if finding.witness else ""
    accepted = f" (accepted: {finding.accepted})" if finding.accepted is not None else ""
    return f"{finding.file}:{finding.line}: {finding.level.value} {finding.rule}: {finding.message}{accepted}{witness}"


def _text(text: str) -> str:
    return escape(_UNFIT.sub("\ufffd", text))


def _attribute(text: str) -> str:
    return quoteattr(_UNFIT.sub("\ufffd", text))
