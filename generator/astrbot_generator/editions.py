"""The contract of every release: the base, and what each overlay makes of the one before it."""

from __future__ import annotations

from pathlib import Path

from packaging.version import Version

from astrbot_generator.bundling import bundle
from astrbot_generator.checking import check
from astrbot_generator.errors import ContractError, Problem
from astrbot_generator.overlay_reading import Overlay, read_overlay
from astrbot_generator.overlaying import apply
from astrbot_generator.reading import Table, shown
from astrbot_generator.scope_rules import release_of

OVERLAYS = "overlays"
"""The folder beside the root of a contract that holds an overlay for each later release."""
BUNDLE = "openapi.json"


def editions(contract: Path) -> list[Table]:
    """The bundled contract of every release, the oldest first; each keeps all rules.

    Overlays are looked for only where the contract says which release it describes. A bundle that was generated, as an
    installed package has it, brings its later releases as bundles in the folders beside it.

    Raises ContractError with file, line and JSON pointer of everything that is wrong.
    """
    base = bundle(contract)
    check(base)
    if "x-release" not in base:
        return [base]
    found = [base]
    for overlay in _overlays(contract, release_of(base)):
        found.append(apply(found[-1], overlay))
        check(found[-1])
    return found if len(found) > 1 else [base, *_bundles(contract, release_of(base))]


def _overlays(contract: Path, base: str) -> list[Overlay]:
    """The overlays of a contract in the order of their releases, all of them above the base."""
    overlays = [read_overlay(file, contract) for file in sorted((contract.parent / OVERLAYS).glob("*.yaml"))]
    for overlay in overlays:
        if Version(overlay.release) <= Version(base):
            wrong = f"{overlay.release} is not above {base}, which the contract describes"
            raise ContractError(Problem(overlay.place, "", wrong, "put it into the contract itself"))
    return sorted(overlays, key=lambda overlay: Version(overlay.release))


def _bundles(contract: Path, base: str) -> list[Table]:
    """The later releases of a bundle, in the order of their releases."""
    if contract.name != BUNDLE:
        return []
    found = [bundle(file) for file in sorted(contract.parent.glob(f"r*/{BUNDLE}"))]
    for document in found:
        check(document)
        if "x-release" not in document or Version(release_of(document)) <= Version(base):
            wrong = f"it describes no release above {base}"
            raise ContractError(Problem(shown(Path(document.place.file)), "", wrong, "make it anew from the contract"))
    return sorted(found, key=lambda document: Version(release_of(document)))
