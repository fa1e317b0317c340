"""The packages of the suite import in one direction."""

import ast
from pathlib import Path

from tests.project.tree import PACKAGES, modules

SUITE = PACKAGES["astrbot_conformance"]
# A package may import the packages above it, never those on its own line or below.
DRAWING = """\
check_marks    json_text    json_value    given_file    run_mark    secret    masking    interruption
outcome      how a check or a run ends without a verdict
contract     selections of operations from the contract of the run
http         requests, responses, and the target
verdict      requirements, findings, judgements, known deviations
astrbot_operations  the operations of AstrBot that the suite names
keys         dashboard, key ring, given keys, invalid keys
passive      checks on every response of a run
astrbot_credentials  the names of AstrBot's credentials
astrbot_configuration  the members of AstrBot's configuration
resources    the kinds of resources that a run creates and removes
chat         inputs    browser
scenarios    requests that build on each other
preflight    first contact, release detection, key check
draft        the draft of an overlay for a new release
checks       the requirements, one test function each
engine       catalogue, scheduler, workers, run
report       one file per output
cli          one file per command
pytest_plugin  the checks as tests of pytest, and their resources as fixtures
"""
# These may import each other.
FOUNDATION = tuple(DRAWING.partition("\n")[0].split())
SIBLINGS = ("chat", "inputs", "browser")


def layers() -> list[set[str]]:
    """The packages of each line of the drawing, from the top."""
    names = {path.name.removesuffix(".py") for path in SUITE.iterdir()}
    return [{word for word in line.split() if word in names} & _named(line) for line in DRAWING.splitlines()]


def _named(line: str) -> set[str]:
    first = line.split(maxsplit=1)[0]
    return {*FOUNDATION} if first in FOUNDATION else {*SIBLINGS} if first in SIBLINGS else {first}


def imports_of(module: Path) -> set[str]:
    """The packages of the suite that a module imports."""
    found = set()
    for node in ast.walk(ast.parse(module.read_text("utf-8"))):
        if isinstance(node, ast.ImportFrom) and node.module and node.module.split(".")[0] == "astrbot_conformance":
            below = node.module.split(".")[1:]
            found |= {below[0]} if below else {name.name for name in node.names}
        elif isinstance(node, ast.Import):
            found |= {name.name.split(".")[1] for name in node.names if name.name.startswith("astrbot_conformance.")}
    return found


def test_the_drawing_is_complete() -> None:
    """Every package and module of the suite stands on one line of the drawing."""
    drawn = [name for layer in layers() for name in layer]
    there = {
        path.name.removesuffix(".py")
        for path in SUITE.iterdir()
        if path.suffix == ".py" or (path / "__init__.py").exists()
    }

    assert sorted(drawn) == sorted(there - {"__init__"})


def test_imports_run_upwards_in_the_drawing() -> None:
    """No module imports a package that stands below its own, and no two packages import each other."""
    rank = {name: number for number, layer in enumerate(layers()) for name in layer}
    wrong = []
    for module in modules(SUITE):
        own = module.relative_to(SUITE).parts[0].removesuffix(".py")
        wrong += [
            f"{module.relative_to(SUITE)} imports {other}"
            for other in sorted(imports_of(module) - {own, "__init__"})
            if own in rank and (rank[other] > rank[own] or (rank[other] == rank[own] and own not in FOUNDATION))
        ]

    assert wrong == []
