"""Imports follow the arrows in ARCHITECTURE.md, and every imported distribution is declared."""

import re
import sys
import tomllib
from importlib.metadata import packages_distributions

import pytest

from tests.project.tree import PACKAGES, ROOT, imported, modules

# Package -> the packages of ours that it can import.
ARROWS: dict[str, set[str]] = {
    "astrbot_api": set(),
    "astrbot_generator": set(),
    "astrbot_reference": {"astrbot_api"},
    "astrbot_faults": {"astrbot_api", "astrbot_reference"},
    "astrbot_conformance": {"astrbot_api", "astrbot_reference"},
}
# The command `serve` loads the faults if they are requested.
COMPOSED = {"conformance/astrbot_reference/cli.py": {"astrbot_faults"}}
# Declared, but not imported by our modules.
UNIMPORTED = {
    "httptools": "uvicorn parses requests with it",
    "uvloop": "uvicorn runs on it",
    "python-multipart": "FastAPI reads multipart bodies with it",
    "ruff": "runs as a command",
    "build": "runs as a command",
    "hatchling": "the build backend",
    "mypy": "runs as a command",
    "pytest-xdist": "a plugin of pytest",
    "types-pyyaml": "types only",
    "zizmor": "runs as a command",
}


def declared(*, development: bool) -> set[str]:
    """The names of the declared run-time or development dependencies."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text())
    lines = project["dependency-groups"]["dev"] if development else project["project"]["dependencies"]
    return {re.split(r"[=<>~! ;\[]", line)[0] for line in lines}


def extra(name: str) -> set[str]:
    """The names of the dependencies of an extra."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]
    return {re.split(r"[=<>~! ;\[]", line)[0] for line in project["optional-dependencies"][name]}


def third_party(folders: list[str]) -> set[str]:
    """The normalized names of the distributions that modules in these folders import."""
    names = {name for folder in folders for module in modules(ROOT / folder) for name in imported(module)}
    owners = packages_distributions()
    ours = {*PACKAGES, "tests"}
    return {
        re.sub(r"[-_.]+", "-", owners.get(name, [name])[0]).lower() for name in names - ours - sys.stdlib_module_names
    }


@pytest.mark.parametrize("package", ARROWS)
def test_imports_follow_the_arrows(package: str) -> None:
    """No module imports a package of ours without an arrow, except a command that combines them."""
    wrong = {
        name: found
        for module in modules(PACKAGES[package])
        if (found := imported(module) & PACKAGES.keys() - ARROWS[package] - {package})
        and found != COMPOSED.get(name := str(module.relative_to(ROOT)))
    }

    assert wrong == {}


def test_packages_import_what_is_declared() -> None:
    """Every distribution that our packages import is a run-time dependency; starlette belongs to FastAPI.

    Only one package imports an extra: `browser/` imports `ui`, and `pytest_plugin/` imports `pytest`.
    """
    imports = third_party(["conformance", "generated", "generator"])
    elsewhere = {
        module
        for module in modules(ROOT / "conformance")
        for name, folder in (("ui", "browser"), ("pytest", "pytest_plugin"))
        if imported(module) & extra(name) and module.parent.name != folder
    }

    assert imports - declared(development=False) - {"starlette"} == extra("ui") | {"pytest"}
    assert elsewhere == set()


def test_tests_import_what_is_declared() -> None:
    """Every distribution that the tests import is a run-time or development dependency."""
    declared_names = declared(development=False) | declared(development=True) | extra("pytest")
    undeclared = third_party(["tests"]) - declared_names - {"starlette"}

    assert undeclared == set()


def test_what_is_declared_is_used() -> None:
    """Every declared dependency is imported, or is in the list of those that are used in another way."""
    used = third_party(["conformance", "generated", "generator", "tests"]) | UNIMPORTED.keys()

    assert declared(development=False) | declared(development=True) <= used


def test_the_suite_never_opens_the_contract_source() -> None:
    """Only the generator reads YAML; the other packages use the generated code. Plugins contain YAML."""
    readers = {
        module.name
        for folder in ("conformance", "generated")
        for module in modules(ROOT / folder)
        if "yaml" in imported(module)
    }

    assert readers == {"plugin_archives.py"}
