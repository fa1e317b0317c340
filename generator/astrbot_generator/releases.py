"""The contract of every release: the base, and what each overlay makes of the one before it."""

from __future__ import annotations

from pathlib import Path

from packaging.version import InvalidVersion, Version

from astrbot_generator.apply_overlay import apply
from astrbot_generator.bundle import bundle
from astrbot_generator.check import check
from astrbot_generator.errors import ContractError, Problem
from astrbot_generator.read import Table
from astrbot_generator.read_overlay import read_overlay
from astrbot_generator.scope_rules import release_of
from astrbot_generator.source_files import shown

OVERLAYS = "overlays"
"""The folder beside the root of a contract that holds an overlay for each later release."""


def releases(contract: Path) -> list[Table]:
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
    for release, files in _overlays(contract, release_of(base)):
        found.append(_release(found[-1], release, files, contract))
    return found if len(found) > 1 else [base, *_bundles(contract, release_of(base))]


def _overlays(contract: Path, base: str) -> list[tuple[str, list[Path]]]:
    """The releases that change something, in their order, and the files that say what.

    An overlay is one file called as its release, or a folder of files of which `release.yaml` comes first.
    """
    found: dict[str, list[Path]] = {}
    for path in sorted((contract.parent / OVERLAYS).glob("*")):
        if path.is_dir():
            release, files = (
                path.name,
                sorted(path.glob("*.yaml"), key=lambda file: (file.stem != "release", file.name)),
            )
        elif path.suffix == ".yaml":
            release, files = path.stem, [path]
        else:
            continue
        if release in found:
            raise ContractError(Problem(shown(path), None, f"{release} has two overlays", "keep one of the two"))
        if _version(release, path) <= Version(base):
            wrong = f"{release} is not above {base}, which the contract describes"
            raise ContractError(Problem(shown(path), None, wrong, "put it into the contract itself"))
        found[release] = files
    return sorted(found.items(), key=lambda entry: Version(entry[0]))


def _version(release: str, path: Path) -> Version:
    try:
        if str(Version(release)) == release:
            return Version(release)
    except InvalidVersion:
        pass
    wrong = f"`{release}` is no release in the spelling of PEP 440"
    raise ContractError(Problem(shown(path), None, wrong, "call it after its release, like `4.29.1`"))


def _release(before: Table, release: str, files: list[Path], contract: Path) -> Table:
    """The contract of a release, made of the one before it."""
    document = apply(before, [action for file in files for action in read_overlay(file, contract)])
    if document["x-release"] != release:
        wrong = f"with this overlay the contract still calls itself `{document['x-release']}`"
        remedy = f"begin with `{{target: $, update: {{x-release: {release}}}}}`"
        raise ContractError(Problem(shown(files[0] if files else contract), None, wrong, remedy))
    check(document)
    return document


def _bundles(contract: Path, base: str) -> list[Table]:
    """The later releases of a bundle, in their order."""
    found = [bundle(file) for file in sorted(contract.parent.glob(f"r*/{contract.name}"))]
    for document in found:
        check(document)
        if "x-release" not in document or Version(release_of(document)) <= Version(base):
            wrong = f"it describes no release above {base}"
            raise ContractError(
                Problem(shown(Path(document.position.file)), "", wrong, "make it anew from the contract")
            )
    return sorted(found, key=lambda document: Version(release_of(document)))
