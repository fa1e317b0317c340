"""Deviations of a target that are known: they are told like all others, and do not decide the verdict."""

import tomllib
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from astrbot_conformance.contract import operations_of_all_releases, requirements_of_all_releases
from astrbot_conformance.finding import Finding

MEMBERS = {"requirement", "operation", "reason"}


class UnreadableKnownError(Exception):
    """The file does not say what is known; the text is one line that says where and why."""


@dataclass(frozen=True, slots=True)
class Deviation:
    """What a target is known not to do. `operation` is named as findings name it; None: on any operation."""

    requirement: str
    operation: str | None
    reason: str

    def __str__(self) -> str:
        """The requirement, and the operation where there is one."""
        return f"{self.requirement} {self.operation}" if self.operation else self.requirement

    def covers(self, requirement: str, operation: str | None) -> bool:
        """Whether this is about that requirement on that operation."""
        return self.requirement == requirement and self.operation in (None, operation)


def reason_known(finding: Finding, known: Collection[Deviation]) -> str | None:
    """Why a finding is known; None where it is not."""
    return next((one.reason for one in known if one.covers(finding.requirement, finding.operation)), None)


def decides(finding: Finding, *, strict: bool, known: Collection[Deviation]) -> bool:
    """Whether a finding decides the verdict: a MUST does, with `strict` a SHOULD too, unless it is known."""
    return (strict or finding.level == "MUST") and reason_known(finding, known) is None


def read_known(path: Path) -> tuple[Deviation, ...]:
    """The `[[known]]` tables of a TOML file. Raises UnreadableKnownError."""
    try:
        raw = tomllib.loads(path.read_text(encoding="utf-8"))
    except OSError as error:
        raise UnreadableKnownError(f"{path}: cannot be read ({error.strerror or error})") from None
    except ValueError as error:
        raise UnreadableKnownError(f"{path}: is no TOML ({error})") from None
    tables = raw.get("known", [])
    if set(raw) - {"known"} or not isinstance(tables, list):
        raise UnreadableKnownError(f"{path}: holds something other than [[known]] tables")
    return tuple(_deviation(f"{path}: [[known]] {number}", table) for number, table in enumerate(tables, 1))


def _deviation(place: str, table: Any) -> Deviation:
    _check_members(place, table)
    requirement, operation = table["requirement"], table.get("operation")
    if requirement not in requirements_of_all_releases():
        raise UnreadableKnownError(f"{place}: there is no requirement {requirement}")
    operations = operations_of_all_releases()
    named = str(operations[operation]) if operation in operations else operation
    if named is not None and named not in map(str, operations.values()):
        raise UnreadableKnownError(f"{place}: there is no operation {operation}; write its id, or `METHOD /path`")
    return Deviation(requirement, named, table["reason"])


def _check_members(place: str, table: Any) -> None:
    if not isinstance(table, dict) or not all(isinstance(value, str) for value in table.values()):
        raise UnreadableKnownError(f"{place}: requirement, operation and reason are texts")
    unknown: Sequence[str] = sorted(set(table) - MEMBERS)
    if unknown:
        raise UnreadableKnownError(f"{place}: there is no {unknown[0]}, only requirement, operation and reason")
    missing = [name for name in ("requirement", "reason") if not table.get(name, "").strip()]
    if missing:
        raise UnreadableKnownError(f"{place}: {missing[0]} is missing")
