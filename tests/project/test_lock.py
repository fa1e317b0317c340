"""The lock file is exact, complete, and the same for everybody."""

import re
import tomllib

from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

from tests.project.tree import ROOT

LOCK = (ROOT / "requirements.lock").read_text()
PINS = dict(re.findall(r"^([\w.-]+)==([^\s;]+)", LOCK, re.MULTILINE))


def test_every_pin_has_hashes() -> None:
    """Each distribution is pinned to one version and to the hashes of its files."""
    entries = [entry for entry in re.split(r"^(?=[a-z])", LOCK, flags=re.MULTILINE) if not entry.startswith("#")]

    assert len(entries) == len(PINS)
    assert [entry for entry in entries if "--hash=sha256:" not in entry] == []


def test_no_place_is_named() -> None:
    """It names no index and no path, so that every mirror can be used."""
    assert re.findall(r".*(?:://|--index|--find-links|^-e|file:).*", LOCK) == []


def test_pins_meet_what_is_asked_for() -> None:
    """Every dependency in pyproject.toml is locked at a version that it allows."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text())
    extras = [line for lines in project["project"]["optional-dependencies"].values() for line in lines]
    asked = map(Requirement, project["project"]["dependencies"] + extras + project["dependency-groups"]["dev"])
    unmet = [
        str(requirement)
        for requirement in asked
        if not requirement.specifier.contains(PINS.get(canonicalize_name(requirement.name), "0"))
    ]

    assert unmet == []
