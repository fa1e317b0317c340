"""Writes the list of paths in the root of our contract from the files in `spec/paths/`. `make generate` runs this."""

from __future__ import annotations

import re
from pathlib import Path

ROOT = Path("spec/openapi.yaml")
_LIST = re.compile(r"(?<=^paths:\n)(?:[ \n].*\n)*?(?=\n\w)", re.MULTILINE)
_TAG = re.compile(r"^  - \{name: ([\w-]+),", re.MULTILINE)
_PATH = re.compile(r"^(/\S*):$", re.MULTILINE)


def listed(root: Path) -> str:
    """Returns the text of the root with every path of every tag, in the order of the tags and of their files."""
    text, lines = root.read_text("utf-8"), list[str]()
    for tag in _TAG.findall(text):
        lines.append(f"  # {tag}\n")
        for path in _PATH.findall((root.parent / "paths" / f"{tag}.yaml").read_text("utf-8")):
            pointer = path.replace("~", "~0").replace("/", "~1")
            lines.append(f"  {path}: {{$ref: 'paths/{tag}.yaml#/{pointer}'}}\n")
    return _LIST.sub(lambda _: "".join(lines), text, count=1)


if __name__ == "__main__":
    ROOT.write_text(listed(ROOT), "utf-8")
