"""One search for a path or an operation id finds everything in the contract about an operation."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
import yaml
from astrbot_api import releases
from astrbot_api.releases import contract
from astrbot_generator.path_list import listed

SPEC = Path(__file__).parents[2] / "spec"
OVERLAYS = sorted((SPEC / "overlays").rglob("*.yaml"))
METHODS = "get|put|post|delete|patch|head|options"
TARGET = re.compile(rf"\$\.paths\[((?:'[^']*',?)+)\](?:\.({METHODS})\b)?")


def test_the_root_lists_every_path() -> None:
    """The list of paths in the root is as `make generate` writes it from the path files."""
    root = SPEC / "openapi.yaml"

    assert listed(root) == root.read_text(encoding="utf-8")


def test_path_files_are_keyed_by_path() -> None:
    """The root refers to each path item by the path itself."""
    paths: dict[str, dict[str, str]] = yaml.safe_load((SPEC / "openapi.yaml").read_text(encoding="utf-8"))["paths"]
    pointers = {path: "/" + path.replace("~", "~0").replace("/", "~1") for path in paths}

    assert {path: item["$ref"].partition("#")[2] for path, item in paths.items()} == pointers


@pytest.mark.parametrize("overlay", OVERLAYS, ids=lambda path: str(path.relative_to(SPEC / "overlays")))
def test_overlay_targets_name_their_operations(overlay: Path) -> None:
    """A comment above each target that selects paths lists the ids of the operations that it changes."""
    for comment, paths, method in targets(overlay.read_text(encoding="utf-8")):
        expected = {id for path in paths for id in operation_ids(path, method)}

        assert expected - set(re.findall(r"\w+", comment)) == set(), paths


def operation_ids(path: str, method: str) -> Iterator[str]:
    """The ids of the operations at a path in any release; of one method if it is given."""
    for release in releases.RELEASES:
        for operation in contract(release).operations:
            if operation.path == path and method in ("", operation.method.lower()):
                yield operation.id


def targets(text: str) -> Iterator[tuple[str, list[str], str]]:
    """The comment above each target that names paths, these paths, and the method or an empty text."""
    folded = re.sub(r"- target: >-\n((?:      [^\n:]*[^\n]*\n)+?)(?=      ?\w+:|    \w+:)", _on_one_line, text)
    comment = ""
    for line in folded.splitlines():
        if line.startswith("  # "):
            comment += line.removeprefix("  #")
        elif match := TARGET.search(line) if line.startswith("  - target:") else None:
            yield comment, re.findall(r"'([^']*)'", match[1]), match[2] or ""
            comment = ""
        else:
            comment = ""


def _on_one_line(match: re.Match[str]) -> str:
    return "- target: " + "".join(part.strip() for part in match[1].splitlines()) + "\n"
