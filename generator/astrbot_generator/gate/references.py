"""The references of a document: resolves anchors and identifiers, and finds and replaces broken references.

The rest of the gate knows only references that are JSON pointers into the document (`#/…`).
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from copy import deepcopy
from typing import Any, NamedTuple
from urllib.parse import urldefrag, urljoin

from astrbot_generator.errors import Position, Problem
from astrbot_generator.pointer import join, key_of, pointer_of, split, value_at

_NO_MORE_THAN = {"$ref", "summary", "description"}
_OPAQUE = {"example", "examples", "default", "const", "enum", "value"}
_MAPS_OF_NAMES = {"properties", "patternProperties", "dependentSchemas", "$defs", "schemas", "responses", "parameters"}
_MOST_REPAIRS = 1_000
_DOCUMENT = "https://document.invalid/"
"""The base address of a document without `$self`."""


class Broken(NamedTuple):
    """A reference that leads to nothing."""

    holder: str
    """The pointer of the object that contains it."""
    reference: str
    problem: Problem


class Holder(NamedTuple):
    """An object of the document, and the base address for its references."""

    pointer: str
    value: dict[str, Any]
    base: str


def references(node: Any, pointer: str = "") -> Iterator[tuple[str, str]]:
    """Yields every `$ref` at or below a node: (pointer of its holder, the reference). Examples are skipped."""
    stack = [(node, pointer, False)] if isinstance(node, dict | list) else []
    while stack:
        value, at, names = stack.pop()
        if isinstance(value, list):
            stack.extend((inner, join(at, i), False) for i, inner in enumerate(value) if isinstance(inner, dict | list))
            continue
        if not names and isinstance(value.get("$ref"), str):
            yield at, value["$ref"]
        for key, inner in value.items():
            if isinstance(inner, dict | list) and (names or (key not in _OPAQUE and not key.startswith("x-"))):
                stack.append((inner, join(at, key), key in _MAPS_OF_NAMES and not names))


def holders(node: Any, pointer: str = "", base: str = "") -> Iterator[Holder]:
    """Yields every mapping that can contain keywords."""
    stack = [(node, pointer, base, False)] if isinstance(node, dict | list) else []
    while stack:
        value, at, base, names = stack.pop()
        if isinstance(value, list):
            inside = ((inner, join(at, i), base, False) for i, inner in enumerate(value))
            stack.extend(entry for entry in inside if isinstance(entry[0], dict | list))
            continue
        if not names:
            if base and isinstance(value.get("$id"), str):
                base = _joined(base, value["$id"])
            yield Holder(at, value, base)
        for key, inner in value.items():
            if isinstance(inner, dict | list) and (names or (key not in _OPAQUE and not key.startswith("x-"))):
                stack.append((inner, join(at, key), base, key in _MAPS_OF_NAMES and not names))


def resolve_identifiers(document: dict[str, Any]) -> None:
    """Replaces references through `$id`, `$anchor` and `$dynamicAnchor` by JSON pointers.

    A reference that cannot be resolved stays as it is. A `$dynamicRef` becomes a `$ref` if it has only one target.
    """
    own = document.get("$self")
    root = _joined(_DOCUMENT, own) if isinstance(own, str) else _DOCUMENT
    found = list(holders(document, base=root))
    resources = {root: ""}
    anchors: dict[tuple[str, str], str] = {}
    dynamic: dict[str, list[str]] = {}
    for holder in found:
        if isinstance(holder.value.get("$id"), str):
            resources.setdefault(urldefrag(holder.base).url, holder.pointer)
        for word in ("$anchor", "$dynamicAnchor"):
            name = holder.value.get(word)
            if isinstance(name, str):
                anchors.setdefault((urldefrag(holder.base).url, name), holder.pointer)
                dynamic.setdefault(name, []).extend([holder.pointer] if word == "$dynamicAnchor" else [])
    for holder in found:
        _resolve(document, holder, resources, anchors, dynamic)


def _resolve(
    document: dict[str, Any],
    holder: Holder,
    resources: dict[str, str],
    anchors: dict[tuple[str, str], str],
    dynamic: dict[str, list[str]],
) -> None:
    word, reference = "$ref", holder.value.get("$ref")
    if reference is None:
        word, reference = "$dynamicRef", holder.value.get("$dynamicRef")
        if not isinstance(reference, str) or len(dynamic.get(reference.partition("#")[2], "")) > 1:
            return
    if not isinstance(reference, str):
        return
    address, fragment = urldefrag(_joined(holder.base, reference))
    target = anchors.get((address, fragment))
    if target is None and address in resources and (not fragment or fragment.startswith("/")):
        target = resources[address] + pointer_of("#" + fragment)
        if reference.startswith("#") and not _exists(document, target):
            target = pointer_of(reference)  # many authors write pointers from the root, in spite of `$id`
    if target is not None:
        del holder.value[word]
        holder.value["$ref"] = "#" + target.replace("%", "%25")


def _joined(base: str, address: str) -> str:
    try:
        return urljoin(base, address) if "://" in address or not address.startswith("urn:") else address
    except ValueError:
        return base


def _exists(document: Any, pointer: str) -> bool:
    try:
        value_at(document, pointer)
    except KeyError:
        return False
    return True


def broken_references(document: dict[str, Any], position: Callable[[str], Position]) -> list[Broken]:
    """Returns every reference that leads to nothing, in the order of their positions."""
    found = []
    for holder, reference in references(document):
        broken = _broken(document, reference)
        if broken:
            at, (wrong, remedy) = join(holder, "$ref"), broken
            problem = Problem(position(at), at, f"`$ref: {reference}` {wrong}", remedy)
            found.append(Broken(holder, reference, problem))
    return sorted(found, key=lambda broken: broken.problem.position)


def _broken(document: dict[str, Any], reference: str) -> tuple[str, str] | None:
    if not reference.startswith("#"):
        return "leads out of the document", "bundle the document, or refer to a file next to it"
    pointer = pointer_of(reference)
    if pointer and not pointer.startswith("/"):
        return "names an anchor that does not exist", "use an existing `$anchor`, or a JSON pointer, `#/...`"
    seen = set()
    try:
        while pointer not in seen:
            seen.add(pointer)
            node = value_at(document, pointer)
            if not (isinstance(node, dict) and isinstance(node.get("$ref"), str) and node.keys() <= _NO_MORE_THAN):
                return None
            pointer = pointer_of(node["$ref"])
    except KeyError:
        return "leads to nothing", "refer to an existing part of the document"
    return "leads back to itself", "refer to another object"


def repair(base: dict[str, Any], head: dict[str, Any]) -> None:
    """Replaces the broken references of a base by the parts of the head, so that fixing them changes nothing.

    A reference that is broken in the head as well is replaced by an object without any demand.
    """
    for _ in range(_MOST_REPAIRS):
        broken = next(((at, ref) for at, ref in references(base) if _broken(base, ref)), None)
        if broken is None:
            return
        holder, reference = broken
        target = pointer_of(reference) if reference.startswith("#/") else ""
        if target and not _broken(head, reference) and not _exists(base, target) and _put(base, target, head):
            continue
        if not _put(base, holder, head):
            value_at(base, holder).clear()


def _put(base: Any, pointer: str, head: Any) -> bool:
    """Copies the part of the head at a pointer to the base; returns False if one of them has no place for it."""
    try:
        part = deepcopy(value_at(head, pointer))
    except KeyError:
        return False
    if isinstance(part, dict) and isinstance(part.get("$ref"), str) and _broken(head, part["$ref"]):
        return False
    *outer, last = split(pointer)
    place: Any = base
    for token in outer:
        key = key_of(place, token)
        if key is None:
            if not isinstance(place, dict):
                return False
            place[token] = {}
            key = token
        place = place[key]
    key = last if isinstance(place, dict) else key_of(place, last)
    if key is None:
        return False
    place[key] = part
    return True
