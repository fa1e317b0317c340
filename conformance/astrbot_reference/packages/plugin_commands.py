"""The commands of a plugin, read from the decorators in its code."""

from __future__ import annotations

import ast
from collections.abc import Iterator, Sequence

from .plugin_packages import JsonObject

COMMAND, GROUP = "command", "command_group"
FILTER = "filter"  # the module of the decorators; a command of a group is decorated by the group
Function = ast.FunctionDef | ast.AsyncFunctionDef


def commands(nodes: Sequence[ast.AST]) -> list[JsonObject]:
    """The commands and groups of commands, each as PluginComponent of the contract."""
    functions = [node for node in nodes if isinstance(node, Function)]
    found = [(function, *made) for function in functions for made in decorations(function)]
    subcommands: dict[str, list[JsonObject]] = {}
    for function, owner, _, name in found:
        if owner != FILTER:
            one = {"type": "command", "name": name, "description": described(function)}
            subcommands.setdefault(owner, []).append(one)
    return [
        component(function, name, subcommands.get(function.name, []) if kind == GROUP else None)
        for function, owner, kind, name in found
        if owner == FILTER
    ]


def decorations(function: Function) -> Iterator[tuple[str, str, str]]:
    """The owner, the kind and the name in each decorator that makes a function a command."""
    for decorator in function.decorator_list:
        match decorator:
            case ast.Call(
                func=ast.Attribute(value=ast.Name(id=owner), attr="command" | "command_group" as kind),
                args=[ast.Constant(value=str() as name), *_],
            ):
                yield owner, kind, name.encode(errors="replace").decode()


def component(function: Function, name: str, subcommands: list[JsonObject] | None) -> JsonObject:
    """A command as PluginComponent of the contract. subcommands: those of a group; None for a single command."""
    return {
        "type": "command",
        "name": name,
        "description": described(function),
        "event_type": "AdapterMessageEvent",
        "event_type_h": "On a message",
        "handler_name": function.name,
        "has_admin": False,
        "display_type": "Command" if subcommands is None else "Group of commands",
        "command": name,
    } | ({} if subcommands is None else {"subcommands": subcommands})


def described(function: Function) -> str:
    """The text that describes a command."""
    return (ast.get_docstring(function) or "No description").encode(errors="replace").decode()
