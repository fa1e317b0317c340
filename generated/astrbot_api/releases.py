"""The contract of each release of AstrBot HTTP API, loaded on demand. Generated; do not edit."""

from functools import cache
from importlib import import_module

from packaging.version import Version

from .contract import Contract

_PACKAGES = {
    "4.26.0b8": "",
    "4.26.8": ".r4_26_8",
    "4.27.4": ".r4_27_4",
    "4.28.2": ".r4_28_2",
    "4.29.1": ".r4_29_1",
    "4.29.3": ".r4_29_3",
}
"""release -> the package with its tables, relative to this one."""
RELEASES: tuple[str, ...] = tuple(_PACKAGES)
"""Every release that changed the contract, oldest first."""
BASE = RELEASES[0]
"""The release that the modules next to this one describe."""
NEWEST = RELEASES[-1]


def contract(release: str | None = None) -> Contract:
    """Returns the contract of a release, by default of the base. Raises ValueError if the release has no contract."""
    if release is None or release in _PACKAGES:
        return _contract(release or BASE)
    for known in RELEASES:
        if Version(known) == Version(release):
            return _contract(known)
    raise ValueError(f"{release} has no contract; use one of {', '.join(RELEASES)}")


def nearest(release: str) -> str:
    """Returns the newest release that is not later than this one, or the base if all are later.

    Accepts every PEP 440 spelling: `4.26.0b8`, `4.26.0-beta.8`, `v4.29.1`. Raises ValueError for anything else.
    """
    met = Version(release)
    return next((known for known in reversed(RELEASES) if Version(known) <= met), BASE)


@cache
def _contract(release: str) -> Contract:
    package = f"{__package__}{_PACKAGES[release]}"
    operations, scopes = import_module(f"{package}.operations"), import_module(f"{package}.scopes")
    requirements = import_module(f"{package}.requirements")
    return Contract(
        release=release,
        operations=operations.OPERATIONS,
        websockets=operations.WEBSOCKETS,
        scopes=tuple(map(str, scopes.SCOPES)),
        sub_scopes=scopes.SUB_SCOPES,
        closed_scopes=scopes.CLOSED_SCOPES,
        implies=scopes.IMPLIES,
        meanings=scopes.MEANINGS,
        requirements=requirements.REQUIREMENTS,
        package=package,
    )
