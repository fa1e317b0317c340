"""Which AstrBot release the target runs, and which release's contract it is judged by."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from astrbot_api import releases
from astrbot_api.contract import Contract
from astrbot_api.operation import Operation
from packaging.version import InvalidVersion, Version

from astrbot_conformance.astrbot_configuration import AREA
from astrbot_conformance.astrbot_operations import PUBLISHED_DOCUMENT
from astrbot_conformance.contract import for_a_newer_target, without
from astrbot_conformance.http import Target, asking
from astrbot_conformance.http.published_document import listed
from astrbot_conformance.keys.dashboard import Dashboard
from astrbot_conformance.outcome import NotJudged
from astrbot_conformance.preflight.absent_operations import absent_operations
from astrbot_conformance.preflight.matching_release import best_by_document, best_by_responses
from astrbot_conformance.preflight.new_operations import new_operations
from astrbot_conformance.preflight.unknown_scopes import unknown_scopes

LONGEST_RELEASE = 64  # characters; Python may refuse to parse the numbers of a longer version
VERSIONS = Operation("get_versions", "GET", "/api/v1/stats/versions", "system", "Return the versions.", public=True)


@dataclass(frozen=True, slots=True)
class TargetProfile:
    """The detected target. release: the AstrBot release that it states; None if it states none.

    contract: without the operations that the target neither publishes nor serves. beyond: the operations that it
    publishes and the contract does not know. note: why the contract is not that of its own release, if the report has
    to say so. unknown_scopes: scopes that it grants and the contract does not have.
    """

    release: str | None
    contract: Contract
    beyond: tuple[Operation, ...] = ()
    note: str | None = None
    unknown_scopes: tuple[str, ...] = ()

    @property
    def notes(self) -> tuple[str, ...]:
        """The notes for the report."""
        notes = [self.note] if self.note else []
        if self.unknown_scopes:
            scopes = ", ".join(f"`{scope}`" for scope in self.unknown_scopes)
            notes.append(f"not judged: the target grants scopes that {self.contract.release} does not have: {scopes}")
        return tuple(notes)


def detect_release(target: Target, dashboard: Dashboard, chosen: str | None = None) -> TargetProfile:
    """Detect the release, and take the contract of `chosen`, or of the known release that the target matches best.

    Raises ValueError if `chosen` is not a version.
    """
    published = _published(target)
    release = _stated_to_all(target, published) or release_of(dashboard.release())
    contract, note = _chosen(chosen) if chosen else _fitting(release, published, target)
    absent = tuple(absent_operations(contract, published, target, dashboard))
    return TargetProfile(
        release,
        without(contract, {operation.id for operation in absent}),
        tuple(new_operations(contract, published)),
        note,
        () if chosen or not _is_unknown(release) else unknown_scopes(contract, published, dashboard),
    )


def _chosen(release: str) -> tuple[Contract, str | None]:
    contract, chosen = releases.contract(releases.nearest(release)), Version(release)
    if chosen > Version(releases.NEWEST):
        reason = f"; {releases.NEWEST} is the newest known release"
    elif chosen < Version(releases.BASE):
        reason = f"; {releases.BASE} is the oldest known release"
    else:
        reason = "" if chosen == Version(contract.release) else ", the newest known release that is not above it"
    return contract, f"judged as {contract.release}, because of --release {release}{reason}"


def _published(target: Target) -> Any:
    """The document that the target publishes; None if it publishes none."""
    try:
        return target.send_once(asking(PUBLISHED_DOCUMENT)).json
    except NotJudged:
        return None


def _stated_to_all(target: Target, published: Any) -> str | None:
    """The release that a target states without credentials, as later releases do."""
    if (VERSIONS.method, VERSIONS.path) not in listed(published):
        return None
    try:
        versions = target.send_once(asking(VERSIONS)).data
    except NotJudged:
        return None
    return release_of(versions.get("astrbot_version")) if isinstance(versions, dict) else None


def release_of(stated: object) -> str | None:
    """The release that a target states; None if the text is too long, or not printable, to be a release."""
    is_release = isinstance(stated, str) and 0 < len(stated) <= LONGEST_RELEASE and stated.isprintable()
    return str(stated) if is_release else None


def _is_unknown(release: str | None) -> bool:
    """Whether a target states a release that has no contract."""
    stated = _version(release)
    return stated is not None and stated not in map(Version, releases.RELEASES)


def _version(release: str | None) -> Version | None:
    try:
        return Version(release or "")
    except InvalidVersion:
        return None


def _fitting(release: str | None, published: Any, target: Target) -> tuple[Contract, str | None]:
    """The contract for a target that states this release and publishes this document."""
    stated = _version(release)
    if stated is None:
        nearest, reason = _nearest(releases.RELEASES[::-1], published, target)
        statement = f"states `{release}`, which is not a version" if release else "does not state its release"
        return releases.contract(nearest), f"the target {statement}; judged as {nearest}, {reason}"
    below = releases.nearest(str(stated))
    if stated > Version(releases.NEWEST):
        note = f"{release} is newer than every known release; judged as {below}"
        return for_a_newer_target(releases.contract(below), AREA), note
    if stated < Version(releases.BASE):
        return releases.contract(below), f"{release} is older than every known release; judged as {below}"
    if stated == Version(below):
        return releases.contract(below), None
    nearest, reason = _nearest((below, releases.RELEASES[releases.RELEASES.index(below) + 1]), published, target)
    return releases.contract(nearest), f"{release} is between two known releases; judged as {nearest}, {reason}"


def _nearest(candidates: Sequence[str], published: Any, target: Target) -> tuple[str, str]:
    """The candidate that the target matches best, the first of several, and why."""
    best = best_by_document(candidates, published)
    if len(best) == 1:
        return best[0], "whose published operations and scopes are the most similar"
    served = best_by_responses(best or candidates, target)
    if len(served) < len(best or candidates):
        return served[0], "whose operations are the most similar to those that the target serves"
    if best:
        return best[0], "whose published operations and scopes are the most similar"
    is_any = releases.BASE in candidates
    return (releases.BASE, "the first release with this API") if is_any else (candidates[0], "the release below it")
