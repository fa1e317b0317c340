"""The AstrBot releases that a plugin supports."""

from __future__ import annotations

from packaging.specifiers import SpecifierSet

from astrbot_reference.release import spelled


def unsupported(versions: str, release: str) -> str | None:
    """Why a PEP 440 range does not contain a release; None if it does. An empty range contains every release."""
    try:
        supported = SpecifierSet(versions).contains(release, prereleases=True)
    except ValueError:  # no range, or numbers of thousands of digits
        return f"{versions} is not a PEP 440 range such as >=4.16,<5"
    return None if supported else f"AstrBot {spelled(release)} is not in {versions}"
