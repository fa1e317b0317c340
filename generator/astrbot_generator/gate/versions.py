"""The version that a change requires, according to Semantic Versioning."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Literal

from astrbot_generator.gate.finding import Finding, Level

Bump = Literal["major", "minor", "patch", "none"]
_ORDER: tuple[Bump, ...] = ("none", "patch", "minor", "major")
_VERSION = re.compile(r"v?(\d+)\.(\d+)\.(\d+)(?:-([0-9A-Za-z.-]+))?(?:\+.*)?")


def needed(findings: Iterable[Finding]) -> Bump:
    """Returns the bump that a change requires: major if something breaks, minor if something is new."""
    found = [finding for finding in findings if finding.rule not in ("document-invalid", "document-still-invalid")]
    if any(finding.level is Level.BREAKING for finding in found):
        return "major"
    if any(
        finding.level is Level.WARNING or finding.rule.endswith(("-added", "-opened", "-widened")) for finding in found
    ):
        return "minor"
    return "patch" if found else "none"


def following(version: str, bump: Bump) -> str | None:
    """Returns the lowest version after a bump; before 1.0.0 a minor version may break. None if it is not SemVer."""
    match = _VERSION.fullmatch(version.strip())
    if match is None:
        return None
    major, minor, patch = _numbers(match)
    if bump == "none":
        return version
    if match[4]:
        return f"{major}.{minor}.{patch}"
    if major == 0:
        return f"0.{minor + 1}.0" if bump == "major" else f"0.{minor}.{patch + 1}"
    if bump == "major":
        return f"{major + 1}.0.0"
    return f"{major}.{minor + 1}.0" if bump == "minor" else f"{major}.{minor}.{patch + 1}"


def enough(old: str, new: str, bump: Bump) -> bool:
    """Returns whether the new version is high enough for the bump; versions that are not SemVer must only differ."""
    if bump == "none":
        return True
    one, other, lowest = (_VERSION.fullmatch(text.strip()) for text in (old, new, following(old, bump) or ""))
    if one is None or other is None or lowest is None:
        return old != new
    if one[4] and other[4]:  # one pre-release after another
        return old != new and _numbers(other) >= _numbers(one)
    return _numbers(other) >= _numbers(lowest)


def _numbers(match: re.Match[str]) -> tuple[int, int, int]:
    return int(match[1]), int(match[2]), int(match[3])
