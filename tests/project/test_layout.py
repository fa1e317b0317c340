"""The tree has few names at the top, short files, and one name for one thing in every folder."""

import ast
from fnmatch import fnmatch

import pytest
from astrbot_api.operations import KEYED, OPERATIONS

from tests.project.tree import PACKAGES, ROOT, modules

TOP_LEVEL = {
    ".ci",
    ".editorconfig",
    ".git",
    ".github",
    ".gitignore",
    ".pre-commit-config.yaml",
    ".pre-commit-hooks.yaml",
    "ARCHITECTURE.md",
    "CHANGELOG.md",
    "LICENSE",
    "Makefile",
    "README.md",
    "SECURITY.md",
    "conformance",
    "docs",
    "generated",
    "generator",
    "pyproject.toml",
    "requirements.lock",
    "spec",
    "tests",
}
VAGUE = {"base", "common", "core", "helper", "helpers", "manager", "misc", "util", "utils"}
LONGEST = {"conformance": 300, "generator": 300, "spec": 400, "tests": 300}


def test_top_level_is_closed() -> None:
    """The top level has only the listed files and folders, and what .gitignore names."""
    ignored = [line.rstrip("/") for line in (ROOT / ".gitignore").read_text().splitlines()]
    found = {path.name for path in ROOT.iterdir() if not any(fnmatch(path.name, pattern) for pattern in ignored)}

    assert found <= TOP_LEVEL


def test_no_name_is_vague() -> None:
    """No module, folder or class has a vague name."""
    written = [module for folder in ("conformance", "generator", "tests") for module in modules(ROOT / folder)]
    names = {part for module in written for part in module.relative_to(ROOT).with_suffix("").parts}
    classes = {
        node.name
        for module in written
        for node in ast.walk(ast.parse(module.read_text()))
        if isinstance(node, ast.ClassDef)
    }
    ending = {name for name in classes if name.lower().endswith(("helper", "manager", "util", "utils"))}

    assert names & VAGUE == set()
    assert ending == set()


@pytest.mark.parametrize("folder", LONGEST)
def test_files_stay_short(folder: str) -> None:
    """No hand-written file is longer than 300 lines, and no file of the contract longer than 400."""
    texts = [path for path in (ROOT / folder).rglob("*") if path.suffix in {".py", ".yaml", ".jinja", ".md"}]
    long = {
        str(path.relative_to(ROOT)): lines
        for path in texts
        if (lines := path.read_text("utf-8").count("\n")) > LONGEST[folder]
    }

    assert long == {}


@pytest.mark.parametrize("tag", sorted({operation.tag for operation in OPERATIONS}))
def test_a_tag_names_its_files(tag: str) -> None:
    """The tag of an operation determines the names of its files."""
    module = tag.replace("-", "_") + ".py"
    expected = [ROOT / "spec" / "paths" / f"{tag}.yaml", PACKAGES["astrbot_api"] / "server" / module]
    if any(operation.tag == tag for operation in KEYED):
        expected += [PACKAGES["astrbot_reference"] / module, ROOT / "tests" / "reference" / f"test_{module}"]

    assert [str(path.relative_to(ROOT)) for path in expected if not path.exists()] == []


@pytest.mark.parametrize("package", sorted(PACKAGES))
def test_packages_are_typed(package: str) -> None:
    """Each package has a `py.typed` file."""
    assert (PACKAGES[package] / "py.typed").exists()


def test_every_test_says_what_holds() -> None:
    """Every test has a docstring."""
    silent = [
        f"{module.relative_to(ROOT)}: {node.name}"
        for module in modules(ROOT / "tests")
        for node in ast.walk(ast.parse(module.read_text()))
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
        and node.name.startswith("test_")
        and not ast.get_docstring(node)
    ]

    assert silent == []
