"""An OpenAPI document for the gate: one value, its references, and the position of each part."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import Any

from astrbot_generator.bundle import bundle, reject_other_documents
from astrbot_generator.errors import ContractError, Position, Problem
from astrbot_generator.gate.json_positions import JsonPositions, is_json, load_json
from astrbot_generator.pointer import join, key_of, pointer_of, split, value_at
from astrbot_generator.read import Table, position_of, read
from astrbot_generator.source_files import read_text, shown

VERSIONS = ("3.0.", "3.1.")
_LOOKS_LIKE_JSON = re.compile(r"""\s*\{\s*["}]""")
_REFERS_ELSEWHERE = re.compile(r"""\$ref["']?\s*:\s*["']?[^#"'\s{]""")


class Document:
    """A document without broken references."""

    def __init__(self, name: str, value: dict[str, Any], position: Callable[[str], Position]) -> None:
        self.name = name
        self.value = value
        self.position = position
        """Returns the position of the part at a pointer, or of the innermost existing part around it."""
        self.is_3_0 = str(value["openapi"]).startswith("3.0.")
        """Whether it is OpenAPI 3.0, whose schemas differ from JSON Schema."""

    def info(self, word: str, otherwise: str = "") -> str:
        """Returns a member of its `info`, such as `version`."""
        return str(table(self.value.get("info")).get(word, otherwise))

    def at(self, pointer: str) -> Any:
        """Returns the value at a pointer. Raises KeyError if there is none."""
        return value_at(self.value, pointer)

    def follow(self, node: Any, pointer: str) -> tuple[Any, str]:
        """Returns the object at the end of a chain of `$ref`s (not of schemas), and its pointer."""
        seen = set()
        while isinstance(node, dict) and isinstance(node.get("$ref"), str) and pointer not in seen:
            seen.add(pointer)
            pointer = pointer_of(node["$ref"])
            node = self.at(pointer)
        return node, pointer


def position_in(root: Table, pointer: str) -> Position:
    """Returns the position of a part, or of the innermost existing part around it."""
    value: Any = root
    position = root.position
    for token in split(pointer):
        key = key_of(value, token)
        if key is None:
            break
        position, value = position_of(value, key), value[key]
    return position


def table(value: Any) -> dict[str, Any]:
    """Returns the value if it is a mapping, else an empty one; the validity check reports other types."""
    return value if isinstance(value, dict) else {}


def row(value: Any) -> list[Any]:
    """Returns the value if it is a list, else an empty one."""
    return value if isinstance(value, list) else []


def load(path: Path) -> Document:
    """Reads a contract of one or more files. Raises ContractError if it is not an OpenAPI 3.0 or 3.1 document."""
    name = shown(path)
    text = read_text(path)
    value: Any
    position: Callable[[str], Position]
    if _REFERS_ELSEWHERE.search(text):
        value = bundle(path, versions=VERSIONS)
        position = partial(position_in, value)
    elif _LOOKS_LIKE_JSON.match(text) and (path.suffix == ".json" or is_json(text)):
        value, position = load_json(text, name), JsonPositions(text, name).position
    else:
        value = read(path)
        position = partial(position_in, value)
    reject_other_documents(value, name, VERSIONS, lambda key: position(f"/{key}"))
    document = Document(name, value, position)
    _reject_broken_references(document)
    return document


def load_copy(file: Path, name: str) -> Document:
    """Reads a copy of a contract; messages use `name`, the name of the original, also for the files it refers to.

    Raises ContractError with positions in the original.
    """
    try:
        document = load(file)
    except ContractError as error:
        raise ContractError(*(_in_original(problem, file, name) for problem in error.problems)) from None
    document.name = name
    return document


def _in_original(problem: Problem, file: Path, name: str) -> Problem:
    """Returns the same problem with the position in the original."""
    own, folder, root = shown(file), shown(file.parent), name.rpartition(file.name)[0]

    def renamed(at: str) -> str:
        return at.replace(own, name) if own in at else at.replace(f"{folder}/", root)

    at = problem.position
    position = at._replace(file=renamed(at.file)) if isinstance(at, Position) else renamed(at)
    return replace(problem, position=position)


def references(node: Any, pointer: str = "") -> Iterator[tuple[str, str]]:
    """Yields every `$ref` at or below a node: (pointer of its holder, the reference). Examples are skipped."""
    stack = [(node, pointer, False)] if isinstance(node, dict | list) else []
    while stack:
        value, at, names = stack.pop()
        if isinstance(value, list):
            stack.extend((inner, join(at, i), False) for i, inner in enumerate(value) if isinstance(inner, dict | list))
            continue
        if isinstance(value.get("$ref"), str) and not names:
            yield at, value["$ref"]
        for key, inner in value.items():
            if isinstance(inner, dict | list) and (names or (key not in _OPAQUE and not key.startswith("x-"))):
                stack.append((inner, join(at, key), key in _MAPS_OF_NAMES and not names))


_NO_MORE_THAN = {"$ref", "summary", "description"}
_OPAQUE = {"example", "examples", "default", "const", "enum", "value"}
_MAPS_OF_NAMES = {"properties", "patternProperties", "dependentSchemas", "$defs", "schemas", "responses", "parameters"}


def _reject_broken_references(document: Document) -> None:
    problems = []
    for holder, reference in references(document.value):
        broken = _broken(document, reference)
        if broken:
            at, (wrong, remedy) = join(holder, "$ref"), broken
            problems.append(Problem(document.position(at), at, f"`$ref: {reference}` {wrong}", remedy))
    if problems:
        raise ContractError(*sorted(problems, key=lambda problem: problem.position)[:20])


def _broken(document: Document, reference: str) -> tuple[str, str] | None:
    if not reference.startswith("#"):
        return "leads out of the document", "bundle the document, or refer to a file next to it"
    pointer = pointer_of(reference)
    if pointer and not pointer.startswith("/"):
        return "names an anchor", "use a JSON pointer, `#/...`"
    seen = set()
    try:
        while pointer not in seen:
            seen.add(pointer)
            node = document.at(pointer)
            if not (isinstance(node, dict) and isinstance(node.get("$ref"), str) and node.keys() <= _NO_MORE_THAN):
                return None
            pointer = pointer_of(node["$ref"])
    except KeyError:
        return "leads to nothing", "refer to an existing part of the document"
    return "leads back to itself", "refer to another object"
