"""Known deviations of a target: they are reported like all findings, but do not affect the verdict."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from astrbot_conformance.contract import operations_of_all_releases, requirements_of_all_releases
from astrbot_conformance.toml_text import read_toml
from astrbot_conformance.verdict.finding import Finding

MEMBERS = ("requirement", "operation", "reason", "check", "actual", "confirmed")
BY_CHANCE = "by_chance"
PLACES = [parent / "known" for parent in Path(__file__).parents[1:3]]  # in the wheel, in the repository
LISTS = next((place for place in PLACES if place.is_dir()), PLACES[0])


class UnreadableKnownError(Exception):
    """The file is not a valid list of known deviations. The text is one line with the location and the reason."""


@dataclass(frozen=True, slots=True)
class Deviation:
    """A known violation of a target.

    operation: as in findings; None: any operation. check, actual: the check that finds it, with or without its
    parameters, and the actual result; None: any. A worse result in the same place is therefore not covered.
    """

    requirement: str
    operation: str | None
    reason: str
    check: str | None = None
    actual: str | None = None
    confirmed: str | None = None  # how the deviation was confirmed
    by_chance: bool = False  # whether only some seeds show it; then a run without the finding proves nothing

    def __str__(self) -> str:
        """The requirement, and the operation if there is one."""
        return f"{self.requirement} {self.operation}" if self.operation else self.requirement

    def is_about(self, requirement: str, check: str) -> bool:
        """Whether the deviation concerns that requirement, as judged by that check."""
        return self.requirement == requirement and self.check in (None, check, check.partition("[")[0])

    def covers(self, finding: Finding) -> bool:
        """Whether a finding shows exactly this deviation."""
        placed = self.operation in (None, finding.operation) and self.is_about(finding.requirement, finding.check)
        return placed and self.actual in (None, finding.actual)


def reason_known(finding: Finding, known: Collection[Deviation]) -> str | None:
    """Why a finding is known, or None if it is new."""
    return next((one.reason for one in known if one.covers(finding)), None)


def decides(finding: Finding, *, strict: bool, known: Collection[Deviation]) -> bool:
    """Whether a finding affects the verdict. A MUST does, and with `strict` a SHOULD too, unless it is known."""
    return (strict or finding.level == "MUST") and reason_known(finding, known) is None


def known_of(release: str) -> tuple[Deviation, ...]:
    """The confirmed deviations of a release. Empty if the release has no list."""
    path = LISTS / f"{release}.toml"
    return read_known(path) if path.exists() else ()


def read_known(path: Path) -> tuple[Deviation, ...]:
    """The `[[known]]` tables of a TOML file. Raises UnreadableKnownError."""
    raw = read_toml(path, UnreadableKnownError)
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
    others = {name: table.get(name) for name in ("check", "actual", "confirmed")}
    return Deviation(requirement, named, table["reason"], **others, by_chance=table.get(BY_CHANCE, False))


def _check_members(place: str, table: Any) -> None:
    texts = {name: value for name, value in table.items() if name != BY_CHANCE} if isinstance(table, dict) else None
    if texts is None or not all(isinstance(value, str) for value in texts.values()):
        raise UnreadableKnownError(f"{place}: {', '.join(MEMBERS)} are texts")
    if not isinstance(table.get(BY_CHANCE, False), bool):
        raise UnreadableKnownError(f"{place}: {BY_CHANCE} is true or false")
    unknown: Sequence[str] = sorted(set(texts) - set(MEMBERS))
    if unknown:
        raise UnreadableKnownError(f"{place}: there is no {unknown[0]}, only {', '.join((*MEMBERS, BY_CHANCE))}")
    missing = [name for name in ("requirement", "reason") if not table.get(name, "").strip()]
    if missing:
        raise UnreadableKnownError(f"{place}: {missing[0]} is missing")
