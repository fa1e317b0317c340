"""The general packages of the suite name no operation, tag or parameter of AstrBot; the packages that do say so."""

import ast
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest
from astrbot_api import releases

from tests.project.tree import PACKAGES, modules

SUITE = PACKAGES["astrbot_conformance"]
GENERAL = ("http", "passive", "verdict", "engine", "report")
KNOWS = "Knows AstrBot: "  # begins the sentence in the docstring of a package
NAMING = ("astrbot_conformance.astrbot_operations", "astrbot_api.operations")  # modules that name operations
OTHERS = sorted(path.parent.name for path in SUITE.glob("*/__init__.py") if path.parent.name not in GENERAL)


@pytest.mark.parametrize("package", GENERAL)
def test_a_general_package_names_no_operation(package: str) -> None:
    """It imports no module that names operations, and contains no path, id, tag or parameter of an operation."""
    assert list(_names_in(package)) == []


@pytest.mark.parametrize("package", GENERAL)
def test_a_general_package_binds_no_release_at_import(package: str) -> None:
    """No module calls `releases.contract` outside of functions: the release is known after first contact."""
    bound = [module.name for module in modules(SUITE / package) if any(map(_binds, _run_at_import(_tree(module))))]

    assert bound == []


@pytest.mark.parametrize("package", OTHERS)
def test_a_package_that_names_operations_says_that_it_knows_astrbot(package: str) -> None:
    """The docstring of its `__init__.py` says what it knows."""
    named = list(_names_in(package))

    assert not named or KNOWS in _docstring_of(package), named


@pytest.mark.parametrize("package", GENERAL)
def test_a_general_package_does_not_claim_to_know_astrbot(package: str) -> None:
    """Only the other packages have the sentence in their docstring."""
    assert KNOWS not in _docstring_of(package)


@pytest.mark.parametrize(
    "line",
    [
        "from astrbot_conformance.astrbot_operations import CHAT",
        "from astrbot_conformance import astrbot_operations",
        "from astrbot_api.operations import BY_ID",
        "import astrbot_api.operations",
        "URL = '/api/v1/im/bots'",
        "URL = f'{base}/api/v1/im/bots?a=b'",
        "asking(contract.by_id['create_bot'])",
        "operation.tag in ('plugin-config',)",
        "response.data.get('session_id')",
    ],
)
def test_each_way_to_name_an_operation_is_found(line: str) -> None:
    """An import, a path, a part of a path in an f-string, an id, a tag, and a parameter."""
    assert list(_named_in(ast.parse(line)))


@pytest.mark.parametrize(
    ("source", "binds"),
    [
        ("CONTRACT = releases.contract(releases.BASE)", True),
        ("class A:\n    keyed = releases.contract('4.26.0b8').keyed", True),
        ("def f(a=releases.contract(releases.BASE)): ...", True),
        ("def f():\n    return releases.contract(releases.BASE)", False),
    ],
)
def test_each_way_to_bind_a_release_is_found(source: str, *, binds: bool) -> None:
    """A module, a class and a default value bind a release at import; the body of a function does not."""
    assert any(map(_binds, _run_at_import(ast.parse(source)))) == binds


def _names_in(package: str) -> Iterator[str]:
    for module in modules(SUITE / package):
        yield from (f"{module.relative_to(SUITE)}: {name}" for name in _named_in(_tree(module)))


def _named_in(tree: ast.AST) -> Iterator[str]:
    """The modules and strings with which a module names operations. A docstring may name them."""
    docstrings = {id(node.value) for node in ast.walk(tree) if isinstance(node, ast.Expr)}
    for node in ast.walk(tree):
        if isinstance(node, ast.ImportFrom):
            modules_named = {str(node.module), *(f"{node.module}.{name.name}" for name in node.names)}
            yield from sorted(modules_named & {*NAMING})
        elif isinstance(node, ast.Import):
            yield from sorted({name.name for name in node.names} & {*NAMING})
        elif isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in docstrings:
            paths, names = _of_all_releases()
            if node.value in names or any(path in node.value for path in paths):
                yield node.value


@cache
def _of_all_releases() -> tuple[frozenset[str], frozenset[str]]:
    """The paths of all operations; and their ids, tags and parameters. A single word, such as `chat`, may be ours."""
    operations = [one for release in releases.RELEASES for one in releases.contract(release).operations]
    names = {
        name for one in operations for name in (one.id, one.tag, *(parameter.name for parameter in one.parameters))
    }
    return frozenset(one.path for one in operations), frozenset(name for name in names if "_" in name or "-" in name)


def _run_at_import(tree: ast.AST) -> Iterator[ast.AST]:
    """Every node that Python runs when it imports the module: all but the bodies of functions."""
    yield tree
    body = {id(node) for node in tree.body} if isinstance(tree, ast.FunctionDef | ast.AsyncFunctionDef) else set()
    for child in ast.iter_child_nodes(tree):
        if id(child) not in body and not isinstance(tree, ast.Lambda):
            yield from _run_at_import(child)


def _binds(node: ast.AST) -> bool:
    """Whether a node calls `releases.contract`."""
    return isinstance(node, ast.Call) and ast.unparse(node.func) == "releases.contract"


def _tree(module: Path) -> ast.AST:
    return ast.parse(module.read_text("utf-8"))


def _docstring_of(package: str) -> str:
    return ast.get_docstring(ast.parse((SUITE / package / "__init__.py").read_text("utf-8"))) or ""
