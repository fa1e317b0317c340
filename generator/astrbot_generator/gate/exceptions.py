"""Findings that somebody accepted, with a reason: `spec/gate-exceptions.toml`."""

from __future__ import annotations

import json
import tomllib
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

from astrbot_generator.errors import ContractError, Problem
from astrbot_generator.gate.finding import Finding
from astrbot_generator.reading import shown

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
    if not path.is_file():
        return []
    name = shown(path)
    text = path.read_text("utf-8")
    try:
        listed = tomllib.loads(text).get("exception", [])
    except tomllib.TOMLDecodeError as error:
        raise ContractError(Problem(name, None, f"not TOML: {error}", "mend it there")) from None
    found = []
    for entry in listed:
        fingerprint, reason = entry.get("fingerprint"), entry.get("reason")
        line = next((i for i, row in enumerate(text.splitlines(), 1) if str(fingerprint) in row), 1)
        if not isinstance(fingerprint, str) or not isinstance(reason, str) or not reason.strip():
            raise ContractError(
                Problem(f"{name}:{line}", None, "an exception without fingerprint or reason", "give both")
            )
        unknown = sorted(entry.keys() - _KNOWN)
        if unknown:
            raise ContractError(
                Problem(f"{name}:{line}", None, f"`{unknown[0]}` is not known", f"use {', '.join(sorted(_KNOWN))}")
            )
        expires = entry.get("expires")
        if expires is not None and not isinstance(expires, date):
            raise ContractError(
                Problem(f"{name}:{line}", None, "`expires` is not a date", "write 2026-12-31, without quotes")
            )
        found.append(Exemption(fingerprint, reason, str(entry.get("rule", "")), line, expires))
    return found


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
    path.parent.mkdir(parents=True, exist_ok=True)
    before = path.read_text("utf-8") if path.is_file() else _HEADING
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
    path.write_text(before + "\n[[exception]]\n" + "\n".join(lines) + "\n", "utf-8")
