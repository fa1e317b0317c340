"""An OpenAPI document for the gate: one value, its references, and the position of each part."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace
from functools import cached_property, partial
from pathlib import Path
from typing import Any

from astrbot_generator.bundle import bundle, reject_other_documents
from astrbot_generator.errors import ContractError, Position, Problem
from astrbot_generator.gate.inheritance import Family, families
from astrbot_generator.gate.json_positions import JsonPositions, is_json, load_json
from astrbot_generator.gate.references import Broken, broken_references, references, repair, resolve_identifiers
from astrbot_generator.gate.values import table
from astrbot_generator.pointer import key_of, pointer_of, split, value_at
from astrbot_generator.read import Table, position_of, read
from astrbot_generator.source_files import read_text, shown

VERSIONS = ("3.0.", "3.1.", "3.2.")
_LOOKS_LIKE_JSON = re.compile(r"""\s*\{\s*["}]""")
_REFERS_ELSEWHERE = re.compile(r"""\$ref["']?\s*:\s*["']?[^#"'\s{]""")
_IDENTIFIES = re.compile(r"\$(?:id|anchor|dynamicAnchor|self)\b")


class Document:
    """A document; each reference in it is a JSON pointer."""

    def __init__(self, name: str, value: dict[str, Any], position: Callable[[str], Position]) -> None:
        self.name = name
        self.value = value
        self.position = position
        """Returns the position of the part at a pointer, or of the innermost existing part around it."""
        self.is_3_0 = str(value["openapi"]).startswith("3.0.")
        """Whether it is OpenAPI 3.0, whose schemas differ from JSON Schema."""
        self.is_3_2 = str(value["openapi"]).startswith("3.2.")
        self.nullable_needs_type = self.is_3_0 and not re.match(r"3\.0\.[0-2](?:\D|$)", str(value["openapi"]))
        self.broken: list[Broken] = []
        """The references that lead to nothing; empty if the document was loaded without `tolerant`."""

    @cached_property
    def families(self) -> dict[str, Family]:
        """The schemas whose discriminator selects other schemas, by pointer."""
        return families(self.value)

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


def load(path: Path, *, tolerant: bool = False, is_base: bool = False) -> Document:
    """Reads a contract of one or more files.

    Raises ContractError if it is not an OpenAPI 3.0, 3.1 or 3.2 document, or, unless `tolerant`, if a reference leads
    to nothing. A base may also repeat keys and refer to missing files: the change may fix that.
    """
    document = _read(path, is_base=is_base)
    document.broken = broken_references(document.value, document.position)
    if not tolerant:
        reject_broken(document.broken)
    return document


def _read(path: Path, *, is_base: bool) -> Document:
    name = shown(path)
    text = read_text(path)
    elsewhere, identifies = _REFERS_ELSEWHERE.search(text), _IDENTIFIES.search(text)
    document = None if elsewhere and not identifies else _read_one(path, text, name, repeats=is_base)
    if document and identifies:
        resolve_identifiers(document.value)
    if document is None or (elsewhere and any(not ref.startswith("#") for _, ref in references(document.value))):
        try:
            value = bundle(path, versions=VERSIONS)
        except ContractError:
            if not is_base:
                raise
            return document or _read_one(path, text, name, repeats=True)
        return Document(name, value, partial(position_in, value))
    return document


def _read_one(path: Path, text: str, name: str, *, repeats: bool) -> Document:
    """Reads a contract of one file."""
    value: Any
    position: Callable[[str], Position]
    if _LOOKS_LIKE_JSON.match(text) and (path.suffix == ".json" or is_json(text)):
        value, position = load_json(text, name, repeats=repeats), JsonPositions(text, name).position
    else:
        value = read(path, repeats=repeats)
        position = partial(position_in, value)
    reject_other_documents(value, name, VERSIONS, lambda key: position(f"/{key}"))
    return Document(name, value, position)


def reject_broken(broken: list[Broken]) -> None:
    """Raises ContractError if there are broken references."""
    if broken:
        raise ContractError(*(entry.problem for entry in broken[:20]))


def load_copy(file: Path, name: str, *, tolerant: bool = False) -> Document:
    """Reads a copy of a contract; messages use `name`, the name of the original, also for the files it refers to.

    Raises ContractError with positions in the original.
    """
    try:
        document = load(file, tolerant=tolerant, is_base=tolerant)
    except ContractError as error:
        raise ContractError(*(_in_original(problem, file, name) for problem in error.problems)) from None
    document.name = name
    renamed = (entry._replace(problem=_in_original(entry.problem, file, name)) for entry in document.broken)
    document.broken = list(renamed)
    return document


def _in_original(problem: Problem, file: Path, name: str) -> Problem:
    """Returns the same problem with the position in the original."""
    own, folder, root = shown(file), shown(file.parent), name.rpartition(file.name)[0]

    def renamed(at: str) -> str:
        return at.replace(own, name) if own in at else at.replace(f"{folder}/", root)

    at = problem.position
    position = at._replace(file=renamed(at.file)) if isinstance(at, Position) else renamed(at)
    return replace(problem, position=position)


def settle(base: Document | None, head: Document) -> None:
    """Makes two documents comparable although they contain broken references.

    Raises ContractError if a reference of the head is broken and was not broken in the base.
    """
    known = {(entry.holder, entry.reference) for entry in base.broken} if base else set()
    reject_broken([entry for entry in head.broken if (entry.holder, entry.reference) not in known])
    if base and base.broken:
        repair(base.value, head.value)
    if head.broken:
        repair(head.value, {})


def not_compared(base: Document) -> list[str]:
    """Returns the remark that parts of an old contract are not compared, because it does not describe them."""
    if not base.broken:
        return []
    first = base.broken[0].problem
    more = f" and {len(base.broken) - 1} more" if len(base.broken) > 1 else ""
    return [f"not compared: {first.position}: {first.wrong}{more}"]
