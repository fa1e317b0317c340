"""A single class prints all output of the commands: no other code in the packages prints."""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.project.tree import PACKAGES, modules

WRITERS = {"output.py"}
MAY_NAME_A_STREAM = {"command.py", "transcript.py", "consent.py", "cli.py", "command_line.py", "subprocess_server.py"}
PRINTS = {"print", "print_exc", "print_exception", "print_stack", "pprint"}


def calls(module: Path) -> Iterator[tuple[int, str]]:
    """The calls in a module: the line, and the dotted name."""
    for node in ast.walk(ast.parse(module.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Call):
            yield node.lineno, ast.unparse(node.func)


def streams(module: Path) -> Iterator[tuple[int, str]]:
    """The uses of standard streams in a module: the call that gets the stream as an argument, or the stream itself."""
    tree = ast.parse(module.read_text(encoding="utf-8"))
    wrapped = {
        id(argument): ast.unparse(node.func)
        for node in ast.walk(tree)
        if isinstance(node, ast.Call)
        for argument in node.args
    }
    for node in ast.walk(tree):
        if isinstance(node, ast.Attribute) and ast.unparse(node) in ("sys.stdout", "sys.stderr", "sys.__stdout__"):
            yield node.lineno, wrapped.get(id(node), "itself")


OURS = [module for name in ("astrbot_conformance", "astrbot_reference") for module in modules(PACKAGES[name])]


@pytest.mark.parametrize("module", OURS, ids=lambda module: module.stem)
def test_nothing_else_prints(module: Path) -> None:
    """No `print`, no plain rich console, and no stream, except in the writer or as its argument."""
    if module.name in WRITERS:
        return
    printed = [(line, name) for line, name in calls(module) if name.rpartition(".")[2] in PRINTS]
    printed = [(line, name) for line, name in printed if name != "console.print"]
    consoles = [(line, name) for line, name in calls(module) if name.rpartition(".")[2] == "Console"]
    raw = [(line, use) for line, use in streams(module) if use not in ("Output", "Transcript")]

    assert (printed, consoles, raw) == ([], [], [])
    assert module.name in MAY_NAME_A_STREAM or not list(streams(module))


def test_every_way_to_print_is_detected(tmp_path: Path) -> None:
    """The test finds each way to print."""
    module = tmp_path / "odd.py"
    module.write_text("import sys\nprint(1)\nsys.stdout.write('x')\nOutput(sys.stderr)\nrich.console.Console()\n")

    assert {name for _, name in calls(module)} >= {"print", "sys.stdout.write", "rich.console.Console"}
    assert {use for _, use in streams(module)} == {"itself", "Output"}
