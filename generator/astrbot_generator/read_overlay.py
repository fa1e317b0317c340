"""Reads OpenAPI Overlay 1.0 documents: the changes of a later release.

Strict: a member that the standard does not define is rejected, not ignored.
"""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple
from urllib.parse import unquote, urlsplit

from astrbot_generator.errors import ContractError, Position, Problem
from astrbot_generator.pointer import join
from astrbot_generator.read import Row, Table, position_of, read
from astrbot_generator.source_files import real_path, shown

if TYPE_CHECKING:
    from jsonpath_rfc9535 import JSONPathQuery

_VERSION = re.compile(r"1\.0\.\d+")
_OVERLAY = ("overlay", "info", "extends", "actions")
_INFO = ("title", "version")
_ACTION = ("target", "description", "update", "remove")


class Action(NamedTuple):
    """One change of an overlay."""

    target: JSONPathQuery
    text: str
    """The target as written."""
    update: Any
    """The value to merge or append; unused if the action removes its target."""
    removes: bool
    table: Table
    """The action as read, with the positions of its members."""
    pointer: str

    def problem(self, wrong: str, remedy: str, member: str = "target") -> Problem:
        """Returns a problem at a member of the action."""
        return Problem(position_of(self.table, member), join(self.pointer, member), wrong, remedy)


def read_overlay(file: Path, contract: Path) -> list[Action]:
    """Returns the actions of an overlay file for this contract (its root file).

    Raises ContractError with the file, line and JSON pointer of every problem in the overlay.
    """
    value = read(file)
    if not isinstance(value, Table):
        remedy = "begin with `overlay: 1.0.0`"
        raise ContractError(Problem(Position(shown(file), 1, 1), "", "the top level is not a mapping", remedy))
    problems = _members(value, "", _OVERLAY, required=("overlay", "info", "actions"))
    version = value.get("overlay")
    if "overlay" in value and not (isinstance(version, str) and _VERSION.fullmatch(version)):
        problems.append(_problem(value, "overlay", "", f"this is Overlay {version}, not 1.0", "write `overlay: 1.0.0`"))
    if isinstance(value.get("info"), Table):
        problems += _members(value["info"], "/info", _INFO, required=_INFO)
    _check_extends(file, value, contract, problems)
    actions = _actions(value, problems)
    if problems:
        raise ContractError(*problems)
    return actions


def _check_extends(file: Path, value: Table, contract: Path, problems: list[Problem]) -> None:
    """Rejects an overlay that extends another document."""
    extends = value.get("extends")
    if extends is None:
        return
    if not isinstance(extends, str) or not _leads_to(extends, file.parent, contract):
        wrong = f"this overlay extends `{extends}`, not this contract"
        problems.append(
            _problem(value, "extends", "", wrong, "remove `extends`, or set it to the root of the contract")
        )


def _leads_to(reference: str, folder: Path, contract: Path) -> bool:
    """Returns whether a URI reference in a file of this folder names the contract."""
    try:
        address = urlsplit(reference)
    except ValueError:
        return False
    named = real_path(folder / unquote(address.path)) if not address.scheme and not address.netloc else None
    return named is not None and named == real_path(contract)


def _actions(value: Table, problems: list[Problem]) -> list[Action]:
    listed = value.get("actions")
    if not isinstance(listed, Row) or not listed:
        if "actions" in value:
            problems.append(_problem(value, "actions", "", "`actions` is not a list, or is empty", "list at least one"))
        return []
    actions = []
    for index, action in enumerate(listed):
        pointer = join("/actions", index)
        if not isinstance(action, Table):
            problems.append(
                _problem(listed, index, "/actions", "the action is not a mapping", "give it `target` and `update`")
            )
            continue
        found = _members(action, pointer, _ACTION, required=("target",)) or list(_action_problems(action, pointer))
        problems += found
        if not found:
            query = _query(action, pointer, problems)
            if query is not None:
                removes = action.get("remove") is True
                actions.append(Action(query, action["target"], action.get("update"), removes, action, pointer))
    return actions


def _action_problems(action: Table, pointer: str) -> list[Problem]:
    if "remove" in action and not isinstance(action["remove"], bool):
        return [_problem(action, "remove", pointer, "not a boolean", "write `remove: true`")]
    if ("update" in action) == (action.get("remove") is True):
        return [
            Problem(
                action.position,
                pointer,
                "an action needs either `update` or `remove: true`",
                "write `update` or `remove: true`",
            )
        ]
    return []


def _query(action: Table, pointer: str, problems: list[Problem]) -> JSONPathQuery | None:
    import jsonpath_rfc9535  # noqa: PLC0415 - only contracts with overlays need it

    try:
        return jsonpath_rfc9535.compile(action["target"])
    except jsonpath_rfc9535.JSONPathError as error:
        wrong = f"`{action['target']}` is not valid JSONPath: {str(error).splitlines()[0]}"
        problems.append(_problem(action, "target", pointer, wrong, "use RFC 9535 syntax: `$.paths['/…'].get`"))
    return None


def _members(table: Table, pointer: str, known: tuple[str, ...], *, required: tuple[str, ...]) -> list[Problem]:
    """Returns the problems of the members: unknown, missing, or not text."""
    problems = []
    for name in table:
        if name not in known and not name.startswith("x-"):
            wrong = f"Overlay 1.0 does not define `{name}` here"
            problems.append(_problem(table, name, pointer, wrong, f"use one of {', '.join(known)}"))
        elif name in ("title", "version", "target", "description") and not isinstance(table[name], str):
            problems.append(_problem(table, name, pointer, f"`{name}` is not text", "quote it"))
        elif name == "info" and not isinstance(table[name], Table):
            problems.append(_problem(table, name, pointer, "`info` is not a mapping", "give it `title` and `version`"))
    missing = [name for name in required if name not in table]
    return problems + [Problem(table.position, pointer, f"`{name}` is missing", f"add `{name}`") for name in missing]


def _problem(holder: Table | Row, key: str | int, pointer: str, wrong: str, remedy: str) -> Problem:
    return Problem(position_of(holder, key), join(pointer, key), wrong, remedy)
