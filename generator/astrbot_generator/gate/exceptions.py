"""Accepted findings with their reasons: `spec/gate-exceptions.toml`."""

from __future__ import annotations

import json
import tomllib
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import Any

from astrbot_generator.errors import ContractError
from astrbot_generator.gate.finding import Finding
from astrbot_generator.source_files import is_regular_file, read_text, shown

DEFAULT = Path("spec/gate-exceptions.toml")
_KNOWN = {"fingerprint", "rule", "operation", "pointer", "reason", "expires"}
_HEADING = """\
# Accepted findings of the gate. `astrbot-contract gate --accept FINGERPRINT --reason …` adds one.
# An exception that is unused or expired fails the gate: remove it.
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
    """Returns the exceptions of a file; an empty list if the file does not exist.

    Raises ContractError if the file does not have the format that `--accept` writes.
    """
    if not is_regular_file(path):
        return []
    name, text = shown(path), read_text(path)
    try:
        document = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise ContractError.at(name, f"not valid TOML: {error}", "fix the syntax there") from None
    entries = document.pop("exception", [])
    if document or not isinstance(entries, list) or not all(isinstance(entry, dict) for entry in entries):
        raise ContractError.at(name, "contains something other than exceptions", "use only `[[exception]]` tables")
    return [_exemption(entry, text.splitlines(), name) for entry in entries]


def _exemption(entry: dict[str, Any], lines: list[str], name: str) -> Exemption:
    fingerprint, reason, expires = (entry.get(word) for word in ("fingerprint", "reason", "expires"))
    line = next((number for number, row in enumerate(lines, 1) if str(fingerprint) in row), 1)
    unknown = sorted(entry.keys() - _KNOWN)
    wrong = None
    if not isinstance(fingerprint, str) or not isinstance(reason, str) or not reason.strip():
        wrong = "an exception without fingerprint or reason", "add both"
    elif unknown:
        wrong = f"unknown key `{unknown[0]}`", f"use {', '.join(sorted(_KNOWN))}"
    elif expires is not None and type(expires) is not date:
        wrong = "`expires` is not a date", "write it without quotes: 2026-12-31"
    if wrong:
        raise ContractError.at(f"{name}:{line}", *wrong)
    return Exemption(str(fingerprint), str(reason), str(entry.get("rule", "")), line, expires)


def applied(
    findings: Iterable[Finding], exemptions: Iterable[Exemption], today: date
) -> tuple[list[Finding], list[Exemption]]:
    """Returns the findings with accepted ones marked, and the exceptions that are unused or expired."""
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
    """Adds an exception to the file: for the finding, or for the same finding in every operation."""
    members = {
        "fingerprint": finding.shared_fingerprint if everywhere else finding.fingerprint,
        "rule": finding.rule,
        "operation": "*" if everywhere else finding.operation,
        "pointer": finding.pointer,
        "reason": reason,
    }
    text = {name: json.dumps(value, ensure_ascii=False) for name, value in members.items() if value is not None}
    text |= {"expires": expires.isoformat()} if expires else {}
    lines = [f"{name} = {value}" for name, value in text.items()]
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        before = path.read_text("utf-8") if path.is_file() else _HEADING
        path.write_text(before + "\n[[exception]]\n" + "\n".join(lines) + "\n", "utf-8")
    except OSError as error:
        wrong = f"cannot be written: {error.strerror}"
        raise ContractError.at(shown(path), wrong, "choose a writable file with --exceptions") from None
