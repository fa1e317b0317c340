"""The releases of AstrBot that a plugin is made for."""

from __future__ import annotations

from packaging.specifiers import SpecifierSet

from .closed import RELEASE


def unsupported(wanted: str) -> str | None:
    """Why this release is not in a PEP 440 range, for a person; None when it is. An empty range holds every release."""
    try:
        supported = SpecifierSet(wanted).contains(RELEASE, prereleases=True)
    except ValueError:  # no range, or numbers of thousands of digits
        return f"{wanted} is not a PEP 440 range such as >=4.16,<5"
    return None if supported else f"AstrBot {RELEASE} is not in {wanted}"
