"""Applies OpenAPI Overlay 1.0 documents to a bundled contract.

Stricter than the standard: every action must change something. A value from an update keeps its position in the
overlay. A list inside an update is appended to the existing list, as Overlay 1.1 makes explicit. The original document
is not modified; the new one shares every unchanged part with it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from astrbot_generator.errors import ContractError, Position, Problem
from astrbot_generator.grammar import GRAMMAR, IN_PLACE, SECTIONS, walk_document
from astrbot_generator.pointer import join
from astrbot_generator.read import Row, Table, position_of, problem_at
from astrbot_generator.read_overlay import REMOVE_ENTRIES, Action
from astrbot_generator.resolve import SCHEMAS, target

_ALLOWED_SIBLINGS = ("$ref", "summary", "description")


def apply(document: Table, actions: Iterable[Action]) -> Table:
    """Returns the contract after these actions, applied in order.

    Raises ContractError with the file, line and JSON pointer of the first action that matches nothing, changes nothing
    or cannot be applied, or of references that have no target afterwards.
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
    """A document of which only the changed parts are copied."""

    def __init__(self, document: Table) -> None:
        self.root = document
        self.own: dict[int, Table | Row] = {}  # copies by `id`; stored here, so that no `id` is reused

    def apply(self, action: Action) -> None:
        nodes = {tuple(node.location): node.value for node in action.target.find(self.root)}
        if not nodes:
            remedy = "select a part of the contract of the previous release"
            raise ContractError(action.problem(f"`{action.text}` matches nothing", remedy))
        for location, value in nodes.items():
            if not isinstance(value, Table | Row):
                at = f"#{join('', *location)}"
                wrong = f"`{action.text}` selects a plain value at {at}; Overlay 1.0 does not allow that"
                raise ContractError(action.problem(wrong, "select the object or list that contains it"))
        if action.removes:
            self._remove(action, sorted(nodes, key=_last_first))
        elif action.entries is not None:
            for location in nodes:
                self._remove_entries(action, action.entries, self._owned(location))
        else:
            for location in nodes:
                self._update(action, self._owned(location))

    def _remove(self, action: Action, locations: Sequence[tuple[str | int, ...]]) -> None:
        for location in locations:
            if not location:
                raise ContractError(action.problem("this removes the whole contract", "select a part of it"))
            _delete(self._owned(location[:-1]), location[-1])

    def _remove_entries(self, action: Action, entries: Row, target: Table | Row) -> None:
        pointer = join(action.pointer, REMOVE_ENTRIES)
        for number, entry in enumerate(entries):
            key = _key_of_entry(target, entry)
            if key is None:
                at, wrong = entries.positions[number], f"the target has no entry `{entry}`"
                raise ContractError(Problem(at, join(pointer, number), wrong, "name an entry of the previous release"))
            _delete(target, key)

    def _update(self, action: Action, target: Table | Row) -> None:
        position, pointer = position_of(action.table, "update"), join(action.pointer, "update")
        if isinstance(target, Table):
            if not isinstance(action.update, Table) or not action.update:
                wrong = "the target is a mapping, but the update is empty or not a mapping"
                raise ContractError(action.problem(wrong, "list the members to merge", "update"))
            self._merge(target, action.update, pointer)
        elif isinstance(action.update, Row):
            wrong = "the whole list would become one entry of the target list"
            raise ContractError(action.problem(wrong, "append its entries one by one", "update"))
        else:
            _append(target, action.update, position, pointer)

    def _merge(self, target: Table, update: Table, pointer: str) -> None:
        _reject_siblings(target, update, pointer)
        for name, value in update.items():
            if name not in target:
                target.put(name, value, update.positions[name])
                continue
            problem = _problem_of_value(name, target[name], value)
            if problem:
                raise ContractError(problem_at(update, name, pointer, *problem))
            if isinstance(value, Table):
                target[name] = self._copy(target[name])
                self._merge(target[name], value, join(pointer, name))
            elif isinstance(value, Row):
                target[name] = self._copy(target[name])
                for index, entry in enumerate(value):
                    _append(target[name], entry, value.positions[index], join(pointer, name, index))
            else:
                target.put(name, value, update.positions[name])

    def _owned(self, location: Sequence[str | int]) -> Any:
        """Returns a copy of the value at this location; every object on the way to it is copied too."""
        self.root = holder = self._copy(self.root)
        for key in location:
            holder[key] = self._copy(holder[key])
            holder = holder[key]
        return holder

    def _copy(self, value: Table | Row) -> Any:
        if id(value) in self.own:
            return value
        copy = value.copied()
        self.own[id(copy)] = copy
        return copy


def _problem_of_value(name: str, old: Any, value: Any) -> tuple[str, str] | None:
    """Returns why a value of an update cannot change the old value, and the remedy; None if it can."""
    if isinstance(old, Table) and isinstance(value, Table):
        return None if value else ("nothing to merge", "remove it, or list the members to change")
    if isinstance(old, Row) and isinstance(value, Row):
        return None if value else ("nothing to append", "remove it, or list the new entries")
    if isinstance(old, Table | Row) or isinstance(value, Table | Row):
        wrong = f"`{name}` is {_kind(old)} and would become {_kind(value)}; Overlay 1.0 does not define that"
        return wrong, "remove the old one first"
    return (f"`{name}` already has this value", "remove it from the update") if _same(old, value) else None


def _delete(holder: Any, key: str | int) -> None:
    del holder[key]
    del holder.positions[key]


def _key_of_entry(target: Table | Row, entry: Any) -> str | int | None:
    """Returns the name of a member, or the index of an entry of a list; None if there is none."""
    if isinstance(target, Table):
        return entry if isinstance(entry, str) and entry in target else None
    return next((index for index, own in enumerate(target) if _same(own, entry)), None)


def _append(target: Row, entry: Any, position: Position, pointer: str) -> None:
    if any(_same(own, entry) for own in target):
        raise ContractError(Problem(position, pointer, "the list already has this entry", "remove it from the update"))
    target.put(entry, position)


def _last_first(location: tuple[str | int, ...]) -> tuple[Any, ...]:
    """Sorts locations so that a removal does not shift the remaining ones: inner and later locations first."""
    return (-len(location), *(-key if isinstance(key, int) else 0 for key in location))


def _reject_siblings(target: Table, update: Table, pointer: str) -> None:
    """Rejects siblings of a `$ref` that OpenAPI ignores; only schemas may have siblings."""
    reference = target.get("$ref")
    if isinstance(reference, str) and not reference.startswith(SCHEMAS):
        for name in update:
            if name not in _ALLOWED_SIBLINGS:
                wrong = f"`{name}` would be a sibling of `$ref: {reference}`, which OpenAPI ignores"
                remedy = "change the target of the `$ref`, or remove the `$ref` first"
                raise ContractError(problem_at(update, name, pointer, wrong, remedy))


def _same(old: Any, new: Any) -> bool:
    return type(old) is type(new) and bool(old == new)


def _kind(value: Any) -> str:
    return "a mapping" if isinstance(value, Table) else "a list" if isinstance(value, Row) else "a plain value"


def _in_order(document: Table) -> Table:
    """Returns the document with its components last and their sections in the usual order, as in a bundle."""
    components = document.get("components")
    if not isinstance(components, Table):
        return document
    ordered = Table(components.position)
    for section in [*GRAMMAR["components"], *components]:
        if section in components and section not in ordered:
            ordered.put(section, components[section], components.positions[section])
    result = document.copied(without="components")
    result.put("components", ordered, document.positions["components"])
    return result


def _reference_problems(document: Table) -> Iterator[Problem]:
    """Yields references without a target, and references to other documents."""
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
    """Yields the problem of one reference; `section` is None if a reference is not allowed here."""
    reference, position = holder[key], holder.positions[key]
    if section is None or not str(reference).startswith(f"#/components/{section}/"):
        wrong = f"`$ref: {reference}` does not lead to one of `{section}` in the contract itself"
        wrong = wrong if section else f"`$ref: {reference}` is not allowed here: the bundle has the object itself"
        yield Problem(position, join(pointer, key), wrong, "write it out, or put it into `components` in the overlay")
        return
    try:
        target(document, reference)
    except KeyError:
        wrong = f"`$ref: {reference}` leads to nothing"
        yield Problem(position, join(pointer, key), wrong, "keep its target, or change the reference too")


def _abandoned(document: Table) -> Iterator[Problem]:
    """Yields components without references: an overlay that removes the last reference must remove the component."""
    components = document.get("components") or {}
    used = set(_named(document))
    checked = [name for name in components if name in SECTIONS.values() and name != "securitySchemes"]
    for section, name in ((one, name) for one in checked for name in components[one]):
        pointer = join("/components", section, name)
        if f"#{pointer}" not in used:
            wrong = f"`#{pointer}` has no references left"
            yield Problem(components[section].positions[name], pointer, wrong, "remove it too")


def _named(document: Table) -> Iterator[str]:
    """Yields the components that a document refers to."""
    for found in walk_document(document):
        if isinstance(found.node, Table):
            if isinstance(found.node.get("$ref"), str):
                yield "/".join(found.node["$ref"].split("/")[:4])
            mapping = found.node.get("discriminator")
            if found.kind == "schema" and isinstance(mapping, Table):
                yield from map(str, (mapping.get("mapping") or {}).values())
