"""The contract of every release: the base, then each overlay applied to the release before it."""

from __future__ import annotations

from pathlib import Path

from packaging.version import Version

from astrbot_generator.admit import Admission
from astrbot_generator.apply_overlay import apply
from astrbot_generator.bundle import bundle
from astrbot_generator.check import check
from astrbot_generator.errors import ContractError, Problem
from astrbot_generator.read import Table
from astrbot_generator.read_overlay import read_overlay
from astrbot_generator.scope_rules import is_release, release_of
from astrbot_generator.source_files import shown
from astrbot_generator.upgrade import VERSIONS

OVERLAYS = "overlays"
"""The folder next to the root of a contract, with an overlay for each later release."""


def releases(contract: Path, admission: Admission | None = None) -> list[Table]:
    """Returns the bundled contract of every release, the oldest first; each has passed all checks.

    Overlays are read only if the contract declares its release. A generated bundle, as in an installed package, has no
    overlays: its later releases are bundles in the folders next to it.

    Raises ContractError with the file, line and JSON pointer of every problem.
    """
    admission = admission or Admission()
    base = admission.admit(bundle(contract, versions=VERSIONS))
    if "x-release" not in base:
        return [base]
    found = [base]
    for release, files in _overlays(contract, release_of(base)):
        found.append(_release(found[-1], release, files, contract))
    return found if len(found) > 1 else [base, *_bundles(contract, release_of(base))]


def _overlays(contract: Path, base: str) -> list[tuple[str, list[Path]]]:
    """Returns the later releases in order, each with the files of its overlay.

    An overlay is a file named after its release, or a folder of files; `release.yaml` comes first.
    """
    found: dict[str, list[Path]] = {}
    for path in sorted((contract.parent / OVERLAYS).glob("*")):
        if path.is_dir():
            in_order = sorted(path.glob("*.yaml"), key=lambda file: (file.stem != "release", file.name))
            release, files = path.name, in_order
        elif path.suffix == ".yaml":
            release, files = path.stem, [path]
        else:
            continue
        if release in found:
            raise ContractError.at(shown(path), f"{release} has two overlays", "keep one of the two")
        if not is_release(release):
            wrong = f"`{release}` is not a normalized PEP 440 version"
            raise ContractError.at(shown(path), wrong, "name it after its release, such as `4.29.1`")
        if Version(release) <= Version(base):
            wrong = f"{release} is not later than {base}, which the contract describes"
            raise ContractError.at(shown(path), wrong, "put its changes into the contract itself")
        found[release] = files
    return sorted(found.items(), key=lambda entry: Version(entry[0]))


def _release(before: Table, release: str, files: list[Path], contract: Path) -> Table:
    """Returns the contract of a release, built from the release before it."""
    document = apply(before, [action for file in files for action in read_overlay(file, contract)])
    if document["x-release"] != release:
        wrong = f"after this overlay, `x-release` is still `{document['x-release']}`"
        remedy = f"begin with `{{target: $, update: {{x-release: {release}}}}}`"
        raise ContractError.at(shown(files[0] if files else contract), wrong, remedy)
    check(document)
    return document


def _bundles(contract: Path, base: str) -> list[Table]:
    """Returns the later releases of a bundle, in order."""
    found = [bundle(file) for file in sorted(contract.parent.glob(f"r*/{contract.name}"))]
    for document in found:
        check(document)
        if "x-release" not in document or Version(release_of(document)) <= Version(base):
            wrong = f"it does not describe a release later than {base}"
            file = shown(Path(document.position.file))
            raise ContractError(Problem(file, "", wrong, "regenerate it from the contract"))
    return sorted(found, key=lambda document: Version(release_of(document)))
