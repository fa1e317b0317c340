"""Findings that somebody accepted, with a reason: `spec/gate-exceptions.toml`."""

from __future__ import annotations

import json
import tomllib
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import Any

from astrbot_generator.errors import ContractError, Problem
from astrbot_generator.gate.finding import Finding
from astrbot_generator.source_files import is_regular_file, read_text, shown

DEFAULT = Path("spec/gate-exceptions.toml")
_KNOWN = {"fingerprint", "rule", "operation", "pointer", "reason", "expires"}
_HEADING = """\
# Findings of the gate that were accepted. `astrbot-contract gate --accept FINGERPRINT --reason …` adds one.
# An exception that is no longer needed, or has expired, fails the gate: remove it.
"""


@dataclass(frozen=True)
class Exemption:
    """One accepted finding."""

    fingerprint: str
    reason: str
    rule: str
    line: int
    expires: date | None = None


def read(path: Path) -> list[Exemption]:
    """The exceptions of a file; none where there is no file.

    Raises ContractError where the file is not what `--accept` writes.
    """
    if not is_regular_file(path):
        return []
    name, text = shown(path), read_text(path)
    try:
        document = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise ContractError(Problem(name, None, f"not TOML: {error}", "mend it there")) from None
    entries = document.pop("exception", [])
    if document or not isinstance(entries, list) or not all(isinstance(entry, dict) for entry in entries):
        raise ContractError(Problem(name, None, "holds something else than exceptions", "write `[[exception]]` tables"))
    return [_exemption(entry, text.splitlines(), name) for entry in entries]


def _exemption(entry: dict[str, Any], lines: list[str], name: str) -> Exemption:
    fingerprint, reason, expires = (entry.get(word) for word in ("fingerprint", "reason", "expires"))
    line = next((number for number, row in enumerate(lines, 1) if str(fingerprint) in row), 1)
    unknown = sorted(entry.keys() - _KNOWN)
    wrong = None
    if not isinstance(fingerprint, str) or not isinstance(reason, str) or not reason.strip():
        wrong = "an exception without fingerprint or reason", "give both"
    elif unknown:
        wrong = f"`{unknown[0]}` is not known", f"use {', '.join(sorted(_KNOWN))}"
    elif expires is not None and type(expires) is not date:
        wrong = "`expires` is not a date", "write 2026-12-31, without quotes"
    if wrong:
        raise ContractError(Problem(f"{name}:{line}", None, *wrong))
    return Exemption(str(fingerprint), str(reason), str(entry.get("rule", "")), line, expires)


def applied(
    findings: Iterable[Finding], exemptions: Iterable[Exemption], today: date
) -> tuple[list[Finding], list[Exemption]]:
    """The findings, those that were accepted marked; and the exceptions that accepted none or have expired."""
    valid = {e.fingerprint: e for e in exemptions if e.expires is None or e.expires >= today}
    used: set[str] = set()
    marked = []
    for finding in findings:
        exemption = valid.get(finding.fingerprint) or valid.get(finding.shared_fingerprint)
        if exemption:
            used.add(exemption.fingerprint)
            marked.append(replace(finding, accepted=exemption.reason))
        else:
            marked.append(finding)
    return marked, [exemption for exemption in exemptions if exemption.fingerprint not in used]


def add(path: Path, finding: Finding, reason: str, expires: date | None, *, everywhere: bool) -> None:
    """Writes one more exception into the file: for the finding, or for the same in every operation."""
    members = {
        "fingerprint": finding.shared_fingerprint if everywhere else finding.fingerprint,
        "rule": finding.rule,
        "operation": "*" if everywhere else finding.operation,
        "pointer": finding.pointer,
        "reason": reason,
    }
    lines = [
        f"{name} = {json.dumps(given, ensure_ascii=False)}" for name, given in members.items() if given is not None
    ]
    lines += [f"expires = {expires.isoformat()}"] if expires else []
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        before = path.read_text("utf-8") if path.is_file() else _HEADING
        path.write_text(before + "\n[[exception]]\n" + "\n".join(lines) + "\n", "utf-8")
    except OSError as error:
        wrong = f"cannot be written: {error.strerror}"
        raise ContractError(Problem(shown(path), None, wrong, "name a file with --exceptions")) from None
