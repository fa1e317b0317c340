"""The paths of the project's files, for the tests of the project."""

import ast
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).parents[2]
PACKAGES = {
    "astrbot_api": ROOT / "generated" / "astrbot_api",
    "astrbot_conformance": ROOT / "conformance" / "astrbot_conformance",
    "astrbot_faults": ROOT / "conformance" / "astrbot_faults",
    "astrbot_generator": ROOT / "generator" / "astrbot_generator",
    "astrbot_reference": ROOT / "conformance" / "astrbot_reference",
}


def modules(folder: Path) -> Iterator[Path]:
    """Every Python file under `folder`, sorted."""
    return iter(sorted(folder.rglob("*.py")))


def imported(module: Path) -> set[str]:
    """The top-level names of all absolute imports of a module, also of those inside functions."""
    names: set[str] = set()
    for node in ast.walk(ast.parse(module.read_text("utf-8"), str(module))):
        if isinstance(node, ast.Import):
            names |= {alias.name.partition(".")[0] for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.level == 0 and node.module:
            names.add(node.module.partition(".")[0])
    return names
