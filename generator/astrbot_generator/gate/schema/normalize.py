"""Normalizes the schemas of a document to plain JSON Schema 2020-12, for values written by one side.

A normalized schema keeps the structure of the original, so that pointers of the document remain valid. There are two
exceptions. A member that the writer never sends keeps only the keyword that says so. A reference to a schema whose
discriminator selects other schemas becomes a reference to an `anyOf` of these.
"""

from __future__ import annotations

from typing import Any, Literal, NamedTuple

from astrbot_generator.gate.document import Document
from astrbot_generator.gate.values import row, table
from astrbot_generator.grammar import GRAMMAR
from astrbot_generator.pointer import join, pointer_of, split

Side = Literal["request", "response"]
Medium = Literal["json", "xml", "text", "list", "form"]
"""How values are sent. `text`: one text, with commas in lists. `list`: a text for each item. `form`: one or more texts
for each member. Text cannot be null."""

Schema = dict[str, Any] | bool

_SHAPES = {word: shape for word, (shape, _) in GRAMMAR["schema"].items()}
SILENT = frozenset(
    "title description example examples deprecated externalDocs $comment $schema $id $anchor $dynamicAnchor "
    "$vocabulary nullable".split()
)
"""Keywords that do not restrict values."""

_TYPES: dict[str, Any] = {
    **{word: list if shape == "list" else dict for word, shape in _SHAPES.items() if shape != "one"},
    **dict.fromkeys(("required", "enum"), list),
    **dict.fromkeys(("dependentRequired", "discriminator"), dict),
    **dict.fromkeys(("type",), (str, list)),
    **dict.fromkeys(("pattern", "format", "$ref", "contentEncoding", "contentMediaType"), str),
    **dict.fromkeys(("minContains", "maxContains"), int),
}
"""The type of each keyword's value; keywords with other values are ignored."""

_ENCODINGS = {"byte": "base64", "base64url": "base64url"}
"""Formats of OpenAPI 3.0 -> the `contentEncoding` that replaces them."""

_DEEPEST = 8
"""How many `$ref` and `allOf` are followed to find read-only and write-only members."""
_HIDDEN_FROM = {"request": "readOnly", "response": "writeOnly"}
SELECTED = "/x-selected"
"""The place of the schemas that are not in the document: those that a discriminator selects."""
SELECTS = "x-selects"
"""Marks such a schema."""
_READ = frozenset(("x-extensible-enum",))
"""Extensions that matter to clients."""


class Node(NamedTuple):
    """A normalized schema and its pointer in the document."""

    value: Schema
    pointer: str

    def below(self, *tokens: str | int) -> Node:
        """Returns the schema at these tokens below."""
        value: Any = self.value
        for token in tokens:
            value = value[token]
        return Node(value, join(self.pointer, *tokens))


class NormalizedSchemas:
    """The schemas of one document, for values written by one side."""

    def __init__(self, document: Document, side: Side, medium: Medium = "json") -> None:
        self.document = document
        self.side = side
        self.medium = medium
        self.hidden: Schema = {_HIDDEN_FROM[side]: True}
        """What is left of a member that the writer never sends."""
        self.hides = False
        """Whether such a member was found."""
        self.families = document.families
        self.known: dict[str, Schema] = {}
        self.reached: dict[str, frozenset[str]] = {}

    def node(self, pointer: str) -> Node:
        """Returns the schema at a pointer; if there is none, a schema that allows everything."""
        if pointer not in self.known:
            try:
                self.known[pointer] = self._plain(self.document.at(pointer), holder=pointer)
            except KeyError:
                self.known[pointer] = {}
        return Node(self.known[pointer], pointer)

    def referred(self, node: Node) -> Node | None:
        """Returns the target of the `$ref` of a schema."""
        if isinstance(node.value, dict) and isinstance(node.value.get("$ref"), str):
            return self.node(pointer_of(node.value["$ref"]))
        return None

    def reaches(self, value: Any) -> frozenset[str]:
        """Returns the pointers of all schemas that a schema refers to, directly or through others."""
        found: set[str] = set()
        waiting = list(_references(value))
        while waiting:
            pointer = waiting.pop()
            if pointer not in found:
                found.add(pointer)
                if pointer not in self.reached:
                    self.reached[pointer] = frozenset(_references(self.node(pointer).value))
                waiting.extend(self.reached[pointer])
        return frozenset(found)

    def is_hidden(self, node: Node) -> bool:
        """Returns whether this is a member that the writer never sends."""
        return bool(node.value == self.hidden)

    def closed(self, *nodes: Node, written: bool = False) -> Schema:
        """Returns one self-contained schema: the conjunction of the nodes, with everything that they refer to.

        If the value is `written`, it does not contain members that the writer never sends.
        """
        whole = self._closed(nodes)
        return self._without_hidden(whole) if written and self.hides else whole

    def _without_hidden(self, value: Any) -> Any:
        if isinstance(value, list):
            return [self._without_hidden(item) for item in value]
        if not isinstance(value, dict):
            return value
        plain = {key: self._without_hidden(item) for key, item in value.items()}
        if isinstance(plain.get("properties"), dict):
            members = plain["properties"].items()
            plain["properties"] = {name: item != self.hidden and item for name, item in members}
        return plain

    def _closed(self, nodes: tuple[Node, ...]) -> dict[str, Any]:
        values = [node.value for node in nodes]
        whole: dict[str, Any] = {"allOf": values} if values else {}
        placed = "//"
        for pointer in sorted(self.reaches(values)):
            if pointer.startswith(placed + "/"):
                continue  # it is inside a schema that was already added
            placed, holder = pointer, whole
            tokens = split(pointer)
            for token in tokens[:-1]:
                holder = holder.setdefault(token, {})
            holder[tokens[-1]] = self.node(pointer).value
        return whole

    def _plain(self, value: Any, hidden: frozenset[str] = frozenset(), holder: str = "") -> Schema:
        """Returns a schema normalized; `hidden` are the members that the writer omits, according to outer schemas.

        The `holder` is the pointer of the component schema whose `allOf` contains it.
        """
        if not isinstance(value, dict):
            return value if isinstance(value, bool) else {}
        if self.document.is_3_0 and "$ref" in value:
            return self._selecting({"$ref": value["$ref"]}, holder)
        hidden |= self._hidden(value)
        plain = {key: self._word(key, inner, hidden, holder) for key, inner in value.items() if self._means(key, inner)}
        if plain.get("format") in _ENCODINGS and "contentEncoding" not in plain:
            plain["contentEncoding"] = _ENCODINGS[plain.pop("format")]
        if self.document.is_3_0:
            _from_3_0(plain, nullable=value.get("nullable") is True, strict=self.document.nullable_needs_type)
        if self.medium in ("text", "list", "form"):
            _without_null(plain)
        if hidden and "required" in plain:
            plain["required"] = [name for name in plain["required"] if str(name) not in hidden]
        if hidden and "dependentRequired" in plain:
            needed = plain["dependentRequired"].items()
            plain["dependentRequired"] = {
                name: [one for one in row(listed) if one not in hidden] for name, listed in needed
            }
        if hidden and isinstance(plain.get("properties"), dict):
            self.hides = True
            plain["properties"] |= dict.fromkeys(hidden & plain["properties"].keys(), self.hidden)
        return self._selecting(plain, holder)

    def _means(self, key: str, inner: Any) -> bool:
        """Returns whether a keyword restricts values, or matters to clients in another way."""
        if key == "xml":
            return self.medium == "xml" and isinstance(inner, dict)
        if key in SILENT or (key.startswith("x-") and key not in _READ):
            return False
        return isinstance(inner, _TYPES.get(key, object))

    def _selecting(self, plain: dict[str, Any], holder: str) -> dict[str, Any]:
        """Refers to the schemas that a discriminator selects, except in the `allOf` of one of them."""
        pointer = pointer_of(plain["$ref"]) if "$ref" in plain else ""
        family = self.families.get(pointer)
        if family is None or holder in family.names:
            return plain
        place = join(SELECTED, pointer)
        if place not in self.known:
            branches = []
            for child, names in family.names.items():
                chosen = {"required": [family.member], "properties": {family.member: {"enum": names}}}
                branches.append(chosen if child == pointer else {"$ref": _reference(child), **chosen})
            self.known[place] = {"$ref": plain["$ref"], "anyOf": branches, SELECTS: True}
        return {**plain, "$ref": _reference(place)}

    def _word(self, key: str, inner: Any, hidden: frozenset[str], holder: str) -> Any:
        if key == "allOf":
            return [self._plain(item, hidden, holder) for item in inner]
        shape = _SHAPES.get(key)
        if shape == "one":
            return self._plain(inner)
        if shape == "list":
            return [self._plain(item) for item in inner]
        return {name: self._plain(item) for name, item in inner.items()} if shape == "map" else plain_copy(inner)

    def _hidden(self, value: Any, depth: int = 0) -> frozenset[str]:
        """Returns the members of a schema and of its parts that the writer of the value omits."""
        if not isinstance(value, dict) or depth > _DEEPEST:
            return frozenset()
        members = table(value.get("properties")).items()
        found = frozenset(name for name, inner in members if self._marked(inner, _HIDDEN_FROM[self.side]))
        return found.union(*(self._hidden(part, depth + 1) for part in self._parts(value)))

    def _marked(self, value: Any, word: str, depth: int = 0) -> bool:
        """Returns whether a schema or one of its parts sets `readOnly` or `writeOnly`."""
        if not isinstance(value, dict) or depth > _DEEPEST:
            return False
        return value.get(word) is True or any(self._marked(part, word, depth + 1) for part in self._parts(value))

    def _parts(self, value: dict[str, Any]) -> list[Any]:
        """Returns the target of the `$ref` of a schema, and the parts of its `allOf`."""
        reference = value.get("$ref")
        referred = [self.document.at(pointer_of(reference))] if isinstance(reference, str) else []
        return referred + row(value.get("allOf"))


def _reference(pointer: str) -> str:
    return "#" + pointer.replace("%", "%25")


def _references(value: Any) -> list[str]:
    """Returns the pointers that a normalized schema refers to directly."""
    found: list[str] = []
    stack = [value]
    while stack:
        inner = stack.pop()
        if isinstance(inner, list):
            stack.extend(inner)
        if not isinstance(inner, dict):
            continue
        if isinstance(inner.get("$ref"), str):
            found.append(pointer_of(inner["$ref"]))
        for key, item in inner.items():
            if _SHAPES.get(key) == "map" and isinstance(item, dict):
                stack.extend(item.values())
            elif key in _SHAPES:
                stack.append(item)
    return found


def plain_copy(value: Any) -> Any:
    """Returns a copy in plain dictionaries and lists, which the validator requires."""
    if isinstance(value, dict):
        return {key: plain_copy(item) for key, item in value.items()}
    return [plain_copy(item) for item in value] if isinstance(value, list) else value


def _from_3_0(plain: dict[str, Any], *, nullable: bool, strict: bool) -> None:
    """Converts the OpenAPI 3.0 keywords that differ from JSON Schema.

    If `strict`, `nullable` has no effect without `type`: OpenAPI says so since 3.0.3.
    """
    for word, bound in (("exclusiveMinimum", "minimum"), ("exclusiveMaximum", "maximum")):
        if plain.pop(word, False) is True and bound in plain:
            plain[word] = plain.pop(bound)
    if nullable and isinstance(plain.get("type"), str):
        plain["type"] = [plain["type"], "null"]
    elif nullable and not strict and ("allOf" in plain or "oneOf" in plain or "anyOf" in plain):
        # Until 3.0.2 the specification left open what this means; authors used it to allow null.
        word = "oneOf" if "oneOf" in plain else "anyOf"
        if plain.keys() <= {word, "default", "discriminator"}:
            plain[word] = [*plain[word], {"type": "null"}]
            return
        plain["anyOf"] = [{"type": "null"}, dict(plain)]
        for word in [word for word in plain if word != "anyOf"]:
            del plain[word]


def _without_null(plain: dict[str, Any]) -> None:
    types = plain.get("type")
    if isinstance(types, list) and len(types) > 1 and "null" in types:
        rest = [name for name in types if name != "null"]
        plain["type"] = rest[0] if len(rest) == 1 else rest
    for word in ("anyOf", "oneOf"):
        branches = plain.get(word)
        if isinstance(branches, list):
            kept = [branch for branch in branches if branch != {"type": "null"}]
            if kept and len(kept) < len(branches):
                plain[word] = kept
