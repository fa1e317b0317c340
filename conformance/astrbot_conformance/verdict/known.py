"""Known deviations of a target: they are reported like all findings, but do not affect the verdict."""

from collections.abc import Collection
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from astrbot_reference.command_line import nearest
from packaging.version import InvalidVersion, Version

from astrbot_conformance.contract import operations_of_all_releases, requirements_of_all_releases
from astrbot_conformance.given_file import read_toml
from astrbot_conformance.verdict.finding import Finding

MEMBERS = ("requirement", "operation", "reason", "check", "actual", "confirmed")
BY_CHANCE = "by_chance"
FOLDERS = [parent / "known" for parent in Path(__file__).parents[1:3]]  # in the wheel, in the repository
LISTS = next((folder for folder in FOLDERS if folder.is_dir()), FOLDERS[0])


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
        is_same_place = self.operation in (None, finding.operation) and self.is_about(
            finding.requirement, finding.check
        )
        return is_same_place and self.actual in (None, finding.actual)


def reason_known(finding: Finding, known: Collection[Deviation]) -> str | None:
    """Why a finding is known, or None if it is new."""
    return next((one.reason for one in known if one.covers(finding)), None)


def decides(finding: Finding, *, strict: bool, known: Collection[Deviation]) -> bool:
    """Whether a finding affects the verdict. A MUST does, and with `strict` a SHOULD too, unless it is known."""
    return (strict or finding.level == "MUST") and reason_known(finding, known) is None


def known_of(release: str, stated: str | None = None) -> tuple[Deviation, ...]:
    """The confirmed deviations of a release. Empty if the release has no list.

    stated: the release of a target that is judged by the contract of `release`. If it is another one, its own list is
    added, and a deviation of `release` that is not found proves nothing.
    """
    own = _listed(release)
    if stated is None or is_same_release(stated, release):
        return own
    return (*_listed(stated), *(replace(one, by_chance=True) for one in own))


def _listed(release: str) -> tuple[Deviation, ...]:
    path = next((path for path in LISTS.glob("*.toml") if is_same_release(path.stem, release)), None)
    return read_known(path) if path else ()


def is_same_release(one: str, other: str) -> bool:
    """Whether two texts name the same release: `v4.26.0-beta.8` is 4.26.0b8."""
    try:
        return Version(one) == Version(other)
    except InvalidVersion:
        return one == other


def read_known(path: Path) -> tuple[Deviation, ...]:
    """The `[[known]]` tables of a TOML file. Raises UnreadableKnownError."""
    raw = read_toml(path, UnreadableKnownError)
    tables = raw.get("known", [])
    if others := sorted(set(raw) - {"known"}):
        raise UnreadableKnownError(f"{path}: unknown key `{others[0]}`; only [[known]] tables are allowed")
    if not isinstance(tables, list) or not all(isinstance(table, dict) for table in tables):
        raise UnreadableKnownError(f"{path}: `known` must be an array of tables; begin each with [[known]]")
    return tuple(_deviation(f"{path}: [[known]] {number}", table) for number, table in enumerate(tables, 1))


def _deviation(place: str, table: dict[str, Any]) -> Deviation:
    _check_members(place, table)
    requirement: str = table["requirement"]
    operation: Any = table.get("operation")
    requirements, operations = requirements_of_all_releases(), operations_of_all_releases()
    if requirement not in requirements:
        raise UnreadableKnownError(f"{place}: unknown requirement `{requirement}`{nearest(requirement, requirements)}")
    named = str(operations[operation]) if operation in operations else operation
    if named is not None and named not in map(str, operations.values()):
        hint = nearest(named, [*operations, *map(str, operations.values())]) or "; write its id, or `METHOD /path`"
        raise UnreadableKnownError(f"{place}: unknown operation `{operation}`{hint}")
    others = {name: table.get(name) for name in ("check", "actual", "confirmed")}
    return Deviation(requirement, named, table["reason"], **others, by_chance=table.get(BY_CHANCE, False))


def _check_members(place: str, table: dict[str, Any]) -> None:
    for name, value in table.items():
        if name == BY_CHANCE and not isinstance(value, bool):
            raise UnreadableKnownError(f"{place}: `{BY_CHANCE}` must be true or false")
        if name not in (*MEMBERS, BY_CHANCE):
            raise UnreadableKnownError(
                f"{place}: unknown key `{name}`; the keys are {', '.join((*MEMBERS, BY_CHANCE))}"
            )
        if name in MEMBERS and not isinstance(value, str):
            raise UnreadableKnownError(f"{place}: `{name}` must be a string")
    missing = [name for name in ("requirement", "reason") if not table.get(name, "").strip()]
    if missing:
        raise UnreadableKnownError(f"{place}: `{missing[0]}` is missing or empty")
