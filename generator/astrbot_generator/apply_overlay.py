"""Applies OpenAPI Overlay 1.0 documents to a bundled contract.

Strict where the standard leaves room: every action must change something, and what an update puts in its place keeps
the file and line of the overlay. A list inside an update is appended to the list that is there, as Overlay 1.1 makes
explicit. The document that is changed is left as it was; the new one shares with it all that no action reached.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from astrbot_generator.errors import ContractError, Position, Problem
from astrbot_generator.grammar import GRAMMAR, IN_PLACE, SECTIONS, walk_document
from astrbot_generator.pointer import join
from astrbot_generator.read import Row, Table, position_of
from astrbot_generator.read_overlay import Action
from astrbot_generator.resolve import target

_BESIDE_REFERENCES = ("$ref", "summary", "description")
_SCHEMAS = "#/components/schemas/"


def apply(document: Table, actions: Iterable[Action]) -> Table:
    """The contract that these actions, one after the other, make of another one.

    Raises ContractError with file, line and JSON pointer of the first action that matches nothing, changes nothing or
    cannot be applied, and of references that lead nowhere afterwards.
    """
    changed = _Changed(document)
    for action in actions:
        changed.apply(action)
    result = _in_order(changed.root)
    problems = list(_reference_problems(result)) or list(_abandoned(result))
    if problems:
        raise ContractError(*problems)
    return result


class _Changed:
    """A document that is copied as far as it is changed."""

    def __init__(self, document: Table) -> None:
        self.root = document
        self.own: dict[int, Table | Row] = {}  # what was copied already, by identity; held, so that none is reused

    def apply(self, action: Action) -> None:
        nodes = {tuple(node.location): node.value for node in action.target.find(self.root)}
        if not nodes:
            remedy = "name what the contract of the release before it has"
            raise ContractError(action.problem(f"`{action.text}` matches nothing", remedy))
        for location, value in nodes.items():
            if not isinstance(value, Table | Row):
                wrong = f"`{action.text}` selects a plain value at #{join('', *location)}; Overlay 1.0 selects none"
                raise ContractError(action.problem(wrong, "select what holds it"))
        if action.removes:
            self._remove(action, sorted(nodes, key=_last_first))
        else:
            for location in nodes:
                self._update(action, self._owned(location))

    def _remove(self, action: Action, locations: Sequence[tuple[str | int, ...]]) -> None:
        for location in locations:
            if not location:
                raise ContractError(action.problem("it removes the whole contract", "select a part of it"))
            holder, key = self._owned(location[:-1]), location[-1]
            del holder[key]
            del holder.positions[key]

    def _update(self, action: Action, target: Table | Row) -> None:
        position, pointer = position_of(action.table, "update"), join(action.pointer, "update")
        if isinstance(target, Table):
            if not isinstance(action.update, Table) or not action.update:
                wrong = "the target is a mapping, what is merged into it is none, or empty"
                raise ContractError(action.problem(wrong, "give it the members to merge", "update"))
            self._merge(target, action.update, pointer)
        elif isinstance(action.update, Row):
            wrong = "a list would become one entry of a list"
            raise ContractError(action.problem(wrong, "append its entries one by one", "update"))
        else:
            _append(target, action.update, position, pointer)

    def _merge(self, target: Table, update: Table, pointer: str) -> None:
        _refuse_beside_reference(target, update, pointer)
        for name, value in update.items():
            old, position, where = target.get(name), update.positions[name], join(pointer, name)
            if name not in target:
                target.put(name, value, position)
            elif isinstance(old, Table) and isinstance(value, Table):
                if not value:
                    raise ContractError(
                        Problem(position, where, "nothing to merge", "leave it out, or say what changes")
                    )
                target[name] = self._copy(old)
                self._merge(target[name], value, where)
            elif isinstance(old, Row) and isinstance(value, Row):
                if not value:
                    raise ContractError(
                        Problem(position, where, "nothing to append", "leave it out, or say what is new")
                    )
                target[name] = self._copy(old)
                for index, entry in enumerate(value):
                    _append(target[name], entry, value.positions[index], join(where, index))
            elif isinstance(old, Table | Row) or isinstance(value, Table | Row):
                wrong = f"`{name}` is {_kind(old)} and would become {_kind(value)}; Overlay 1.0 does not say how"
                remedy = "remove the old one first"
                raise ContractError(Problem(position, where, wrong, remedy))
            elif _same(old, value):
                raise ContractError(Problem(position, where, f"`{name}` has this value already", "leave it out"))
            else:
                target.put(name, value, position)

    def _owned(self, location: Sequence[str | int]) -> Any:
        """What lies there, copied together with all that leads to it."""
        self.root = holder = self._copy(self.root)
        for key in location:
            holder[key] = self._copy(holder[key])
            holder = holder[key]
        return holder

    def _copy(self, value: Any) -> Any:
        if id(value) in self.own:
            return value
        copy: Table | Row
        if isinstance(value, Table):
            copy = Table(value.position)
            copy.update(value)
            copy.positions = dict(value.positions)
        else:
            copy = Row(value.position)
            copy.extend(value)
            copy.positions = list(value.positions)
        self.own[id(copy)] = copy
        return copy


def _append(target: Row, entry: Any, position: Position, pointer: str) -> None:
    if any(_same(own, entry) for own in target):
        raise ContractError(Problem(position, pointer, "the list has this entry already", "leave it out"))
    target.put(entry, position)


def _last_first(location: tuple[str | int, ...]) -> tuple[Any, ...]:
    """Sorts locations so that removing one moves none of those that follow: inner and later ones first."""
    return (-len(location), *(-key if isinstance(key, int) else 0 for key in location))


def _refuse_beside_reference(target: Table, update: Table, pointer: str) -> None:
    """Background a `$ref`, only a schema has members that count."""
    reference = target.get("$ref")
    if isinstance(reference, str) and not reference.startswith(_SCHEMAS):
        for name in update:
            if name not in _BESIDE_REFERENCES:
                wrong = f"`{name}` would stand beside `$ref: {reference}`, where it does not count"
                remedy = "change what it refers to, or remove the `$ref` first"
                raise ContractError(Problem(update.positions[name], join(pointer, name), wrong, remedy))


def _same(old: Any, new: Any) -> bool:
    return type(old) is type(new) and bool(old == new)


def _kind(value: Any) -> str:
    return "a mapping" if isinstance(value, Table) else "a list" if isinstance(value, Row) else "a plain value"


def _in_order(document: Table) -> Table:
    """The document with its components last and their sections in the usual order, as a bundle has them."""
    components = document.get("components")
    if not isinstance(components, Table):
        return document
    ordered = Table(components.position)
    for section in [*GRAMMAR["components"], *components]:
        if section in components and section not in ordered:
            ordered.put(section, components[section], components.positions[section])
    result = Table(document.position)
    for name in [name for name in document if name != "components"]:
        result.put(name, document[name], document.positions[name])
    result.put("components", ordered, document.positions["components"])
    return result


def _reference_problems(document: Table) -> Iterator[Problem]:
    """References that lead nowhere, or out of the document."""
    for found in walk_document(document):
        if not isinstance(found.node, Table):
            continue
        if "$ref" in found.node and (found.kind in SECTIONS or found.kind in IN_PLACE):
            section = SECTIONS[found.kind] if found.kind not in IN_PLACE else None
            yield from _reference_problem(document, found.node, "$ref", found.pointer, section)
        discriminator = found.node.get("discriminator")
        mapping = discriminator.get("mapping") if isinstance(discriminator, Table) else None
        named = mapping if found.kind == "schema" and isinstance(mapping, Table) else Table(found.node.position)
        pointer = join(found.pointer, "discriminator", "mapping")
        for name in [name for name in named if str(named[name]).startswith("#")]:
            yield from _reference_problem(document, named, name, pointer, "schemas")


def _reference_problem(
    document: Table, holder: Table, key: str, pointer: str, section: str | None
) -> Iterator[Problem]:
    """What is wrong with one reference; None as section where there may be none at all."""
    reference, position = holder[key], holder.positions[key]
    if section is None or not str(reference).startswith(f"#/components/{section}/"):
        wrong = f"`$ref: {reference}` does not lead to one of `{section}` in the contract itself"
        wrong = wrong if section else f"`$ref: {reference}` where the bundle has the thing itself"
        yield Problem(position, join(pointer, key), wrong, "write it out, or put it into `components` in the overlay")
        return
    try:
        target(document, reference)
    except (KeyError, IndexError, TypeError, ValueError):
        wrong = f"`$ref: {reference}` leads to nothing"
        yield Problem(position, join(pointer, key), wrong, "keep what it names, or change the reference too")


def _abandoned(document: Table) -> Iterator[Problem]:
    """Components that nothing refers to: an overlay that takes the last reference away removes them too."""
    components = document.get("components") or {}
    used = set(_named(document))
    checked = [name for name in components if name in SECTIONS.values() and name != "securitySchemes"]
    for section, name in ((one, name) for one in checked for name in components[one]):
        pointer = join("/components", section, name)
        if f"#{pointer}" not in used:
            wrong = f"nothing refers to `#{pointer}` any more"
            yield Problem(components[section].positions[name], pointer, wrong, "remove it too")


def _named(document: Table) -> Iterator[str]:
    """The components that a document refers to."""
    for found in walk_document(document):
        if isinstance(found.node, Table):
            if isinstance(found.node.get("$ref"), str):
                yield "/".join(found.node["$ref"].split("/")[:4])
            mapping = found.node.get("discriminator")
            if found.kind == "schema" and isinstance(mapping, Table):
                yield from map(str, (mapping.get("mapping") or {}).values())
