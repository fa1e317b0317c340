"""Reads OpenAPI Overlay 1.0 documents: the changes of a later release.

Strict: a member that the standard does not define is rejected, not ignored.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple
from urllib.parse import unquote, urlsplit

from astrbot_generator.errors import ContractError, Position, Problem
from astrbot_generator.pointer import join
from astrbot_generator.read import Row, Table, problem_at, read
from astrbot_generator.source_files import real_path, shown

if TYPE_CHECKING:
    from jsonpath_rfc9535 import JSONPathQuery

_VERSION = re.compile(r"1\.0\.\d+")
_OVERLAY = ("overlay", "info", "extends", "actions")
_INFO = ("title", "version")
_ACTION = ("target", "description", "update", "remove")
REMOVE_ENTRIES = "x-remove-entries"
"""Our extension: the entries of the selected lists, or the names of the members, that an action removes."""


class Action(NamedTuple):
    """One change of an overlay."""

    target: JSONPathQuery
    text: str
    """The target as written."""
    update: Any
    """The value to merge or append; unused if the action removes something."""
    removes: bool
    """Whether the action removes its target."""
    entries: Row | None
    """The entries or members that the action removes from its target."""
    table: Table
    """The action as read, with the positions of its members."""
    pointer: str

    def problem(self, wrong: str, remedy: str, member: str = "target") -> Problem:
        """Returns a problem at a member of the action."""
        return problem_at(self.table, member, self.pointer, wrong, remedy)


def read_overlay(file: Path, contract: Path) -> list[Action]:
    """Returns the actions of an overlay file for this contract (its root file).

    Raises ContractError with the file, line and JSON pointer of every problem in the overlay.
    """
    value = read(file)
    if not isinstance(value, Table):
        remedy = "begin with `overlay: 1.0.0`"
        raise ContractError(Problem(Position(shown(file), 1, 1), "", "the top level is not a mapping", remedy))
    problems = [*_members(value, "", _OVERLAY, required=("overlay", "info", "actions")), *_header_problems(value)]
    extends = value.get("extends")
    if extends is not None and not (isinstance(extends, str) and _leads_to(extends, file.parent, contract)):
        wrong, remedy = f"this overlay extends `{extends}`, not this contract", "remove it, or name the contract's root"
        problems.append(problem_at(value, "extends", "", wrong, remedy))
    actions = []
    listed = value["actions"] if isinstance(value.get("actions"), Row) else Row(value.position)
    for index in range(len(listed)):
        try:
            actions.append(_action(listed, index))
        except ContractError as error:
            problems += error.problems
    if problems:
        raise ContractError(*problems)
    return actions


def _header_problems(value: Table) -> Iterator[Problem]:
    version, info, actions = (value.get(name) for name in ("overlay", "info", "actions"))
    if "overlay" in value and not (isinstance(version, str) and _VERSION.fullmatch(version)):
        yield problem_at(value, "overlay", "", f"this is Overlay {version}, not 1.0", "write `overlay: 1.0.0`")
    if isinstance(info, Table):
        yield from _members(info, "/info", _INFO, required=_INFO)
    if "actions" in value and not (isinstance(actions, Row) and actions):
        yield problem_at(value, "actions", "", "`actions` is not a list, or is empty", "list at least one")


def _leads_to(reference: str, folder: Path, contract: Path) -> bool:
    """Returns whether a URI reference in a file of this folder names the contract."""
    try:
        address = urlsplit(reference)
    except ValueError:
        return False
    named = real_path(folder / unquote(address.path)) if not address.scheme and not address.netloc else None
    return named is not None and named == real_path(contract)


def _action(listed: Row, index: int) -> Action:
    """Returns an action. Raises ContractError with its problems."""
    action, pointer = listed[index], join("/actions", index)
    if not isinstance(action, Table):
        remedy = "give it `target` and `update`"
        raise ContractError(problem_at(listed, index, "/actions", "the action is not a mapping", remedy))
    problems = list(_members(action, pointer, _ACTION, required=("target",)))
    if problems:
        raise ContractError(*problems)
    removes = action.get("remove", False)
    if not isinstance(removes, bool):
        raise ContractError(problem_at(action, "remove", pointer, "not a boolean", "write `remove: true`"))
    if sum(("update" in action, removes, REMOVE_ENTRIES in action)) != 1:
        wrong = f"an action needs exactly one of `update`, `remove: true` and `{REMOVE_ENTRIES}`"
        raise ContractError(Problem(action.position, pointer, wrong, "write one of them"))
    entries = action.get(REMOVE_ENTRIES)
    if REMOVE_ENTRIES in action and not (isinstance(entries, Row) and entries):
        wrong = f"`{REMOVE_ENTRIES}` is not a list, or is empty"
        raise ContractError(problem_at(action, REMOVE_ENTRIES, pointer, wrong, "list the entries to remove"))
    return Action(_query(action, pointer), action["target"], action.get("update"), removes, entries, action, pointer)


def _query(action: Table, pointer: str) -> JSONPathQuery:
    import jsonpath_rfc9535  # noqa: PLC0415 - only contracts with overlays need it

    try:
        return jsonpath_rfc9535.compile(action["target"])
    except jsonpath_rfc9535.JSONPathError as error:
        wrong = f"`{action['target']}` is not valid JSONPath: {str(error).splitlines()[0]}"
        remedy = "use RFC 9535 syntax: `$.paths['/…'].get`"
        raise ContractError(problem_at(action, "target", pointer, wrong, remedy)) from None


def _members(table: Table, pointer: str, known: tuple[str, ...], *, required: tuple[str, ...]) -> Iterator[Problem]:
    """Yields the problems of the members: unknown, not text, not a mapping, or missing."""
    for name in table:
        if name not in known and not name.startswith("x-"):
            wrong = f"Overlay 1.0 does not define `{name}` here"
            yield problem_at(table, name, pointer, wrong, f"use one of {', '.join(known)}")
        elif name in ("title", "version", "target", "description") and not isinstance(table[name], str):
            yield problem_at(table, name, pointer, f"`{name}` is not text", "quote it")
        elif name == "info" and not isinstance(table[name], Table):
            yield problem_at(table, name, pointer, "`info` is not a mapping", "give it `title` and `version`")
    for name in required:
        if name not in table:
            yield Problem(table.position, pointer, f"`{name}` is missing", f"add `{name}`")
