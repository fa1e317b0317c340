"""The releases of AstrBot that a plugin is made for."""

from __future__ import annotations

from packaging.specifiers import SpecifierSet

from astrbot_reference.release import spelled


def unsupported(wanted: str, release: str) -> str | None:
    """Why a release is not in a PEP 440 range, for a person; None when it is. An empty range holds every release."""
    try:
        supported = SpecifierSet(wanted).contains(release, prereleases=True)
    except ValueError:  # no range, or numbers of thousands of digits
        return f"{wanted} is not a PEP 440 range such as >=4.16,<5"
    return None if supported else f"AstrBot {spelled(release)} is not in {wanted}"
