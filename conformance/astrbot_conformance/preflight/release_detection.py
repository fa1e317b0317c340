"""Which AstrBot release the target runs, and which release's contract it is judged by."""

from dataclasses import dataclass
from typing import Any

from astrbot_api import releases
from astrbot_api.contract import Contract
from astrbot_api.operation import Operation
from packaging.version import InvalidVersion, Version

from astrbot_conformance.astrbot_operations import PUBLISHED_DOCUMENT
from astrbot_conformance.http import Target, asking
from astrbot_conformance.http.published_document import listed, nameless
from astrbot_conformance.keys.dashboard import Dashboard
from astrbot_conformance.outcome import NotJudged
from astrbot_conformance.preflight.new_operations import new_operations

LONGEST_RELEASE = 64  # characters; Python may refuse to parse the numbers of a longer version
VERSIONS = Operation("get_versions", "GET", "/api/v1/stats/versions", "system", "Return the versions.", public=True)


@dataclass(frozen=True, slots=True)
class TargetProfile:
    """The detected target. release: the AstrBot release that it states; None if it states none.

    beyond: the operations that it publishes and the contract does not know. note: why the contract is not that of its
    own release, if the report has to say so.
    """

    release: str | None
    contract: Contract
    beyond: tuple[Operation, ...] = ()
    note: str | None = None

    @property
    def notes(self) -> tuple[str, ...]:
        """The notes for the report."""
        return (self.note,) if self.note else ()


def detect_release(target: Target, dashboard: Dashboard, chosen: str | None = None) -> TargetProfile:
    """Detect the release, and take the contract of `chosen`, or the newest that is not above the detected release.

    Raises ValueError if `chosen` is not a version.
    """
    published = _published(target)
    release = _stated_to_all(target, published) or release_of(dashboard.release())
    contract, note = _chosen(chosen) if chosen else _fitting(release, published)
    return TargetProfile(release, contract, tuple(new_operations(contract, published)), note)


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


def _fitting(release: str | None, published: Any) -> tuple[Contract, str | None]:
    """The contract for a target that states this release and publishes this document."""
    try:
        stated = Version(release or "")
    except InvalidVersion:
        nearest = _nearest_by_operations(published)
        statement = f"states `{release}`, which is not a version" if release else "does not state its release"
        reason = "which has the most similar operations" if listed(published) else "the first release with this API"
        return releases.contract(nearest), f"the target {statement}; judged as {nearest}, {reason}"
    contract = releases.contract(releases.nearest(str(stated)))
    if stated > Version(releases.NEWEST):
        return contract, f"{release} is newer than every known release; judged as {contract.release}"
    if stated < Version(releases.BASE):
        return contract, f"{release} is older than every known release; judged as {contract.release}"
    return contract, None


def _nearest_by_operations(published: Any) -> str:
    """The release whose operations differ least from the published ones; the newest of several."""
    operations = listed(published).keys()
    if not operations:
        return releases.BASE
    distances = {release: len(_operations(release) ^ operations) for release in reversed(releases.RELEASES)}
    return min(distances, key=lambda release: distances[release])


def _operations(release: str) -> set[tuple[str, str]]:
    return {(operation.method, nameless(operation.path)) for operation in releases.contract(release).operations}
