"""Compares any two releases of a contract."""

from __future__ import annotations

from pathlib import Path

from packaging.version import InvalidVersion, Version

from astrbot_generator.errors import ContractError
from astrbot_generator.plan import plan_code
from astrbot_generator.release_changes import release_changes
from astrbot_generator.releases import releases
from astrbot_generator.render import render_changes
from astrbot_generator.scope_rules import release_of


def compare(contract: Path, old: str, new: str) -> str:
    """Returns the changes between two releases that affect clients, as Markdown.

    Raises ContractError if the contract is invalid or does not have one of the releases.
    """
    documents = {release_of(document): document for document in releases(contract)}
    plans = [plan_code(documents[_known(release, list(documents))]) for release in (old, new)]
    return render_changes(release_changes(*plans))


def _known(release: str, releases: list[str]) -> str:
    """Returns the release in the spelling of the contract."""
    if release in releases:
        return release
    try:
        parsed = Version(release)
        return next(known for known in releases if Version(known) == parsed)
    except (InvalidVersion, StopIteration):
        raise ContractError.at(release, "no contract for this release", f"use one of {', '.join(releases)}") from None
