"""Folders of skills and workspaces, whose files are stored by path."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import PurePosixPath
from typing import Any

from astrbot_reference.refusal import Refusal


def within(path: str) -> str:
    """The normalized path; empty for the top folder. Raises Refusal if it leads outside."""
    parts = PurePosixPath(path).parts
    if "\\" in path or ".." in parts or path.startswith("/"):
        raise Refusal("Invalid relative path")
    return "/".join(parts)


def entries(sizes: Mapping[str, int], path: str) -> list[dict[str, Any]]:
    """The `name`, `path`, `type` and `size` of each entry of a folder, folders first; empty if there is no such folder.

    sizes: the size of each file in bytes, by path. Raises Refusal if the path leads outside.
    """
    top = within(path)
    start = f"{top}/" if top else ""
    below = {name.removeprefix(start): size for name, size in sizes.items() if name.startswith(start)}
    folders = {name.partition("/")[0]: 0 for name in below if "/" in name}
    files = {name: size for name, size in below.items() if "/" not in name}
    return [
        {"name": name, "path": start + name, "type": type, "size": size}
        for type, found in (("directory", folders), ("file", files))
        for name, size in sorted(found.items())
    ]
