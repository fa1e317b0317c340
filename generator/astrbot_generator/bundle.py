"""Combines the files of a contract into one document.

The target of a `$ref` to another file becomes a component, named after the last token of the pointer; the context of
the `$ref` decides its section. Path items and requirements replace the `$ref`. Components are ordered by file, in the
order of first reference, and then by line. Bundling a bundle therefore changes nothing.
"""

from __future__ import annotations

import re
from collections import deque
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any, NamedTuple
from urllib.parse import quote, unquote, urlsplit

from astrbot_generator.embedded import IDENTIFIERS, Embedded, embedded_in, is_dialect, pointer_to, split_reference
from astrbot_generator.errors import ContractError, Position, Problem
from astrbot_generator.grammar import GRAMMAR, IN_PLACE, SECTIONS, held, members
from astrbot_generator.pointer import join, key_of, split
from astrbot_generator.read import Row, Table, position_of, read
from astrbot_generator.source_files import depth_limited, is_regular_file, real_path, shown

VERSIONS = ("3.1.",)
_NOT_IN_NAMES = re.compile(r"[^a-zA-Z0-9._-]")


class Origin(NamedTuple):
    """A part of a file of the contract: the target of a `$ref`."""

    file: Path
    pointer: str

    def below(self, *tokens: str | int) -> Origin:
        """Returns the part at these tokens below this one."""
        return Origin(self.file, join(self.pointer, *tokens))


class _Component(NamedTuple):
    section: str
    name: str
    origin: Origin
    value: Any
    position: Position


def bundle(root: Path, *, versions: tuple[str, ...] = VERSIONS) -> Table:
    """Returns the files of a contract as one document, whose objects keep their positions in the files.

    `versions` lists the prefixes of the OpenAPI versions that are accepted.

    Raises ContractError if a file cannot be read, if a `$ref` leads nowhere, to the network or out of the folder of the
    root, or if two components would have the same name.
    """
    with depth_limited(root):
        return _Bundler(root, versions).document()


class _Bundler:
    def __init__(self, root: Path, versions: tuple[str, ...]) -> None:
        self.versions = versions
        self.root = real_path(root) or root.absolute()
        self.folder = self.root.parent
        self.shown = root
        self.files: dict[Path, Any] = {}
        self.embedded: dict[Path, Embedded] = {}
        self.located: dict[tuple[Path, str], Path | None] = {}
        self.components: dict[Origin, _Component] = {}
        self.names: dict[tuple[str, str], _Component] = {}
        self.waiting: deque[_Component] = deque()
        self.items: list[Origin] = []

    def document(self) -> Table:
        source = self._file(self.root)
        reject_other_documents(source, shown(self.shown), self.versions, partial(position_of, source))
        self._register_own_components(source)
        document: Table = source.copied(without="components")
        self._copy_members("document", document, Origin(self.root, ""))
        sections = self._sections(source)
        if sections:
            document.put("components", sections, source.positions.get("components", source.position))
        return document

    def _register_own_components(self, source: Table) -> None:
        components = source.get("components")
        if not isinstance(components, Table):
            return
        for section, _, _ in members("components", components):
            entries = components[section]
            for name in entries if isinstance(entries, Table) else ():
                origin = Origin(self.root, join("/components", section, name))
                self._add(_Component(section, name, origin, entries[name], entries.positions[name]))

    def _add(self, component: _Component) -> None:
        self.components[component.origin] = component
        self.names[component.section, component.name] = component
        self.waiting.append(component)

    def _sections(self, source: Table) -> Table | None:
        """Returns the components by section; copying a component may add more components."""
        copies: dict[Origin, Any] = {}
        while self.waiting:
            component = self.waiting.popleft()
            _, kind = GRAMMAR["components"][component.section]
            copies[component.origin] = self._copy(kind, component.value, component.origin)
        own = source.get("components")
        result = Table(own.position if isinstance(own, Table) else source.position)
        for section in GRAMMAR["components"]:
            found = [component for component in self.components.values() if component.section == section]
            if not found:
                continue
            table = Table(found[0].position)
            for component in sorted(found, key=self._order):
                table.put(component.name, copies[component.origin], component.position)
            result.put(section, table, table.position)
        if isinstance(own, Table):
            for name in [name for name in own if name not in result]:
                result.put(name, own[name], own.positions[name])
        return result or None

    def _order(self, component: _Component) -> tuple[int, int, int]:
        files = list(self.files)
        return files.index(component.origin.file), component.position.line, component.position.column

    def _copy_members(self, kind: str, copy: Table, at: Origin) -> None:
        """Copies the objects in the members of a copied object, so that the two share none."""
        for name, shape, inner in members(kind, copy):
            if shape != "one" and isinstance(copy[name], Table | Row):
                copy[name] = copy[name].copied()
            for holder, key, tokens in held(shape, copy, name):
                holder[key] = self._copy(inner, holder[key], at.below(*tokens))  # type: ignore[index]

    def _copy(self, kind: str, node: Any, at: Origin) -> Any:
        """Returns a copy of an object in which every `$ref` leads to a component of the bundle."""
        if not isinstance(node, Table):
            return node
        if kind in IN_PLACE and "$ref" in node:
            return self._in_place(kind, node, at)
        if kind == "schema":
            node = self._without_names(node, at)
        copy = node.copied()
        self._copy_members(kind, copy, at)
        if "$ref" in node and kind in SECTIONS:
            copy["$ref"] = self._reference(kind, node["$ref"], at.below("$ref"), node.positions["$ref"])
        if kind == "schema" and isinstance(node.get("discriminator"), Table):
            copy["discriminator"] = self._discriminator(node["discriminator"], at.below("discriminator"))
        return copy

    def _without_names(self, node: Table, at: Origin) -> Table:
        """Returns a schema without `$id` and anchors; a `$dynamicRef` with one possible target becomes `$ref`."""
        own = [word for word in node if word in IDENTIFIERS or (word == "$schema" and is_dialect(node[word]))]
        anchor = str(node.get("$dynamicRef", "")).rpartition("#")[2]
        static = "$dynamicRef" in node and "$ref" not in node and len(self._names(at.file).dynamic.get(anchor, ())) < 2
        if not own and not static:
            return node
        plain = Table(node.position)
        for word in node:
            if word not in own:
                name = "$ref" if static and word == "$dynamicRef" else word
                plain.put(name, node[word], node.positions[word])
        return plain

    def _names(self, file: Path) -> Embedded:
        if file not in self.embedded:
            self.embedded[file] = embedded_in(self._file(file))
        return self.embedded[file]

    def _in_place(self, kind: str, node: Table, at: Origin) -> Any:
        """Returns a copy of the target of a `$ref`, with the siblings of the `$ref` added."""
        position = node.positions["$ref"]
        origin, target, _ = self._resolve(node["$ref"], at.below("$ref"), position)
        if origin in self.items:
            wrong = f"`$ref: {node['$ref']}` is circular"
            raise ContractError(Problem(position, at.below("$ref").pointer, wrong, "remove one of the references"))
        self.items.append(origin)
        copy = self._copy(kind, target, origin)
        self.items.pop()
        rest = node.copied(without="$ref")
        for name, value in self._copy(kind, rest, at).items() if isinstance(copy, Table) else ():
            copy.put(name, value, rest.positions[name])
        return copy

    def _discriminator(self, node: Table, at: Origin) -> Table:
        copy = node.copied()
        if isinstance(node.get("mapping"), Table):
            mapping = copy["mapping"] = node["mapping"].copied()
            for key, value in mapping.items():
                if isinstance(value, str) and any(mark in value for mark in "#/."):  # else the name of a schema
                    mapping[key] = self._reference("schema", value, at.below("mapping", key), mapping.positions[key])
        return copy

    def _reference(self, kind: str, text: Any, at: Origin, position: Position) -> str:
        """Returns the `$ref` of the bundle for a `$ref` in a file."""
        origin, value, target_position = self._resolve(text, at, position)
        section = SECTIONS[kind]
        component = self.components.get(origin)
        if component is None:
            name = self._name(section, origin)
            taken = self.names.get((section, name))
            if taken:
                wrong = f"two {section} would be named `{name}`: {taken.position} and {target_position}"
                raise ContractError(Problem(position, at.pointer, wrong, "rename one of them"))
            component = _Component(section, name, origin, value, target_position)
            self._add(component)
        elif component.section != section:
            wrong = f"`{text}` is used as one of `{section}`, but is one of `{component.section}`"
            raise ContractError(Problem(position, at.pointer, wrong, f"refer to one of `{section}`"))
        return "#" + join("/components", section, component.name)

    def _name(self, section: str, origin: Origin) -> str:
        tokens = split(origin.pointer)
        if origin.file == self.root and tokens[:2] == ["components", section]:  # a part of a component
            return "".join(_NOT_IN_NAMES.sub("", token[:1].upper() + token[1:]) for token in tokens[2:])
        return _NOT_IN_NAMES.sub("_", tokens[-1] if tokens else origin.file.stem)

    def _resolve(self, text: Any, at: Origin, position: Position) -> tuple[Origin, Any, Position]:
        """Returns the target of a `$ref`: its origin, the object, and its position."""

        def reject(wrong: str, remedy: str) -> ContractError:
            return ContractError(Problem(position, at.pointer, f"`$ref: {text}` {wrong}", remedy))

        path, fragment = self._address(text, at, reject)
        target_file = self._located(at.file, path)
        if target_file is None:
            raise reject("is not a possible file name", "name a file of the contract")
        if not target_file.is_relative_to(self.folder):
            raise reject("leads out of the contract's folder", "move the file below the folder of the root")
        if target_file not in self.files and not is_regular_file(target_file):
            raise reject("names a file that does not exist or is not a regular file", "name a file of the contract")
        pointer = unquote(fragment)
        if pointer and not pointer.startswith("/"):
            pointer = self._names(target_file).anchors.get(("", pointer), "")
            if not pointer:
                raise reject("names an anchor that no schema has", "add `$anchor`, or use a JSON pointer, `#/...`")
        value: Any = self._file(target_file)
        target_position = value.position if isinstance(value, Table | Row) else Position(shown(target_file), 1, 1)
        for token in split(pointer):
            key = key_of(value, token)
            if key is None:
                remedy = f"`{token}` does not exist there: refer to an existing part of the file"
                raise reject("leads to nothing", remedy)
            target_position, value = position_of(value, key), value[key]
        return Origin(target_file, pointer), value, target_position

    def _address(self, text: Any, at: Origin, reject: Callable[[str, str], ContractError]) -> tuple[str, str]:
        """Returns the file path and fragment that a `$ref` leads to; a name in the same file becomes a pointer."""
        path, fragment = split_reference(text, reject)
        named = pointer_to(text, self._file(at.file), at.pointer, self._names(at.file))
        if named is not None:
            return "", quote(named)
        if urlsplit(text).scheme or urlsplit(text).netloc:
            raise reject("leads to the network", "keep a copy of it in the contract's folder")
        return path, fragment

    def _located(self, file: Path, path: str) -> Path | None:
        """Returns the file that a path in another file leads to; None if no file can have that path."""
        if (file, path) not in self.located:
            self.located[file, path] = real_path(file.parent / unquote(path)) if path else file
        return self.located[file, path]

    def _file(self, file: Path) -> Any:
        if file not in self.files:
            named = self.shown if file == self.root else self.shown.parent / file.relative_to(self.folder)
            self.files[file] = read(named)
        return self.files[file]


def reject_other_documents(
    source: Any, name: str, versions: tuple[str, ...], position: Callable[[str], Position]
) -> None:
    """Raises ContractError if the value of a file is not an OpenAPI document of one of these versions.

    `position` returns the position of a member at the top level.
    """
    accepted = " or ".join(version.removesuffix(".") for version in versions)
    remedy = f"use an OpenAPI {accepted} document (`openapi: 3.1.0`)"
    key = "openapi" if isinstance(source, dict) and "openapi" in source else "swagger"
    version = source.get(key) if isinstance(source, dict) else None
    if version is None:
        wrong = "`openapi` is missing" if isinstance(source, dict) else "the top level is not a mapping"
        raise ContractError(Problem(Position(name, 1, 1), "", f"not an OpenAPI document: {wrong}", remedy))
    if not (isinstance(version, str) and key == "openapi" and version.startswith(versions)):
        kind = "OpenAPI" if key == "openapi" else "Swagger"
        wrong = f"this is {kind} {version}, not OpenAPI {accepted}"
        raise ContractError(Problem(position(key), f"/{key}", wrong, remedy))
