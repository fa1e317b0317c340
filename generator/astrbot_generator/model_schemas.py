"""Reduces schemas to the keywords that pydantic models use.

The models first check raw JSON against the contract's schemas (see `astrbot_api.validation`). Pydantic adds typed
attributes, so its types may be looser than a schema, but never stricter. Each schema is therefore reduced to keywords
that have a clear Python type and that both validators judge alike. Nested objects get separate classes, named after
their location, so that every name is predictable.
"""

from __future__ import annotations

import keyword
from collections.abc import Iterable
from typing import Any, NamedTuple

from astrbot_generator.all_of import inherited, is_object, members_of, restricting_parts, restricts
from astrbot_generator.contract_names import class_names
from astrbot_generator.names import free_class_name, pascal
from astrbot_generator.resolve import SCHEMAS, target

Schema = dict[str, Any]
_BOUNDS = {
    "string": ("minLength", "maxLength"),
    "integer": ("minimum", "maximum", "exclusiveMinimum", "exclusiveMaximum"),
    "array": ("minItems", "maxItems"),
}
_PYTHON = {"string": str, "integer": int, "boolean": bool}


class ModelSource(NamedTuple):
    """A class to generate: its name and its schema."""

    name: str
    pointer: str
    """JSON pointer of the schema in the bundle, beginning with `#`."""
    schema: Any


class ModelSchemas(NamedTuple):
    """The schemas that the classes are generated from."""

    schemas: dict[str, Schema]
    """Class name -> reduced schema, including nested classes, in the order of the sources."""
    owners: dict[str, str]
    """Class name -> the source that it belongs to; a class that is not nested is its own source."""


def model_schemas(document: Schema, sources: Iterable[ModelSource]) -> ModelSchemas:
    """Returns the reduced schemas of all sources."""
    reduction = _Reduction(document, list(sources))
    return ModelSchemas(reduction.schemas, {name: reduction.owners[name] for name in reduction.schemas})


class _Reduction:
    def __init__(self, document: Schema, sources: list[ModelSource]) -> None:
        self.document = document
        self.classes = class_names(document)
        self.taken = {source.name for source in sources}
        self.schemas: dict[str, Schema] = {}
        self.nested: set[str] = set()
        self.owners: dict[str, str] = {}
        for source in sources:
            self.source = source.name
            self.owners[source.name] = source.name
            self.schemas[source.name] = {}  # reserves its position before the nested classes
            self.schemas[source.name] = self._top(source)

    def _top(self, source: ModelSource) -> Schema:
        schema = self._reduce(source.schema, source.name)
        nested = schema["$ref"].removeprefix(SCHEMAS) if "$ref" in schema else None
        if nested in self.nested and not (isinstance(source.schema, dict) and "$ref" in source.schema):
            schema = self.schemas.pop(nested)  # this is the class itself, not a nested class
            self.taken.discard(nested)
        description = source.schema.get("description") if isinstance(source.schema, dict) else None
        if description and isinstance(description, str):
            schema = {**schema, "description": description} if "$ref" not in schema else schema
        return schema

    def _reduce(self, schema: Any, name: str, *, bounds: bool = True) -> Schema:
        """Returns a schema in the keywords that pydantic uses; `{}` if it accepts anything."""
        if not isinstance(schema, dict):
            return {}
        if isinstance(schema.get("$ref"), str):
            return self._reference(schema["$ref"])
        if "const" in schema:
            return self._choice([schema["const"]])
        if isinstance(schema.get("enum"), list):
            return self._choice(schema["enum"])
        if "allOf" in schema:
            return self._all(schema, name)
        for word in ("oneOf", "anyOf"):
            if word in schema and "properties" not in schema:
                union = self._union(schema, word, name)
                if union is not None:
                    return union
        return self._typed(schema, name, bounds=bounds)

    def _reference(self, reference: str) -> Schema:
        return {"$ref": SCHEMAS + self.classes[reference.removeprefix(SCHEMAS)]}

    def _choice(self, values: list[Any]) -> Schema:
        """Returns a literal of strings; numbers keep their type only, because 1 and 1.0 are equal in JSON."""
        texts = [value for value in values if isinstance(value, str)]
        rest = [value for value in values if not isinstance(value, str)]
        choice: Schema = {"type": "string", "enum": list(dict.fromkeys(texts))}
        if texts and not rest:
            return choice
        if texts and rest == [None]:
            return {"anyOf": [choice, {"type": "null"}]}
        if all(value is None for value in values):
            return {"type": "null"}
        if all(isinstance(value, bool) for value in values):
            return {"type": "boolean"}
        return {}

    def _typed(self, schema: Schema, name: str, *, bounds: bool) -> Schema:
        kinds = schema.get("type")
        if isinstance(kinds, list):
            # Without bounds, because datamodel-code-generator would write a class for each bounded branch.
            kinds = list(dict.fromkeys(kinds))
            alone = bounds and len(kinds) == 1
            return _any_of([self._typed({**schema, "type": kind}, name, bounds=alone) for kind in kinds])
        if kinds == "object":
            return self._object(schema, name)
        if kinds == "array":
            has_one_type = "items" in schema and "prefixItems" not in schema
            items = self._reduce(schema["items"], f"{name}Item") if has_one_type else {}
            return {"type": "array", "items": items} | (_bounds(schema, "array") if bounds else {})
        if kinds == "number":
            return {"anyOf": [{"type": "integer"}, {"type": "number"}]}  # keeps large integers exact
        if kinds in ("string", "integer"):
            return {"type": kinds} | (_bounds(schema, kinds) if bounds else {})
        return {"type": kinds} if kinds in ("boolean", "null") else {}

    def _object(self, schema: Schema, name: str) -> Schema:
        """Returns a class if the object names members, else a dictionary."""
        members = schema.get("properties") or {}
        required = [member for member in schema.get("required", ()) if isinstance(member, str)]
        if not members and not required:
            values = schema.get("additionalProperties", True)
            is_map = isinstance(values, dict) and "patternProperties" not in schema
            inner = self._reduce(values, f"{name}Value", bounds=False) if is_map else True
            is_empty = schema.get("maxProperties") == 0 or (values is False and "patternProperties" not in schema)
            whole = {"type": "object", "additionalProperties": inner or True}
            return self._nested({"type": "object", "additionalProperties": False}, name) if is_empty else whole
        return self._nested(self._members(schema, name, required), name)

    def _members(self, schema: Schema, name: str, required: list[str]) -> Schema:
        properties: Schema = {}
        for member, value in (schema.get("properties") or {}).items():
            properties[member] = self._reduce(value, name + pascal(member)) | self._default(value)
        for member in required:
            properties.setdefault(member, {})
        result: Schema = {"type": "object", "properties": properties}
        if required:
            result["required"] = list(dict.fromkeys(required))
        rest = schema.get("additionalProperties", schema.get("unevaluatedProperties"))
        if "patternProperties" in schema or rest is True or isinstance(rest, dict):
            result["additionalProperties"] = True
        elif rest is False:
            result["additionalProperties"] = False
        return result

    def _default(self, value: Any) -> Schema:
        """Returns the default of a member if it has the member's only type."""
        default = value.get("default") if isinstance(value, dict) else None
        plain = _PYTHON.get(str(value.get("type"))) if isinstance(value, dict) else None
        if default is None or plain is None or type(default) is not plain:
            return {}
        if "const" in value or ("enum" in value and default not in value["enum"]):
            return {}
        return {"default": default}

    def _nested(self, schema: Schema, name: str) -> Schema:
        """Returns a reference to a new class; a number is appended to the name if it is taken."""
        free = free_class_name(name, self.taken)
        self.taken.add(free)
        self.nested.add(free)
        self.owners[free] = self.source
        self.schemas[free] = schema
        return {"$ref": SCHEMAS + free}

    def _all(self, schema: Schema, name: str) -> Schema:
        """Returns base classes and members if every part of `allOf` is an object, else the only part with a type."""
        parts = restricting_parts(schema)
        if len(parts) == 1:
            return self._reduce(parts[0], name)
        if not parts or not all(is_object(self.document, part) for part in parts):
            return {}
        inherited_parts = [part for part in parts if "$ref" in part]
        bases = [self._reference(part["$ref"]) for part in inherited_parts]
        own = members_of(self.document, [part for part in parts if "$ref" not in part])
        members_of_bases: Schema = {}
        for part in inherited_parts:
            members_of_bases |= inherited(self.document, part)
        if any(restricts(members_of_bases.get(member)) for member in own["properties"]):
            # A member has two types. One class gets all members, because a subclass cannot change a type.
            own = members_of(self.document, parts)
            return self._nested(self._members(own, name, own["required"]), name)
        members = self._members(own, name, own["required"]) if own["properties"] or own["required"] else {}
        for member in own["required"]:
            if member in members_of_bases and member not in own["properties"]:
                del members["properties"][member]
        return self._nested({"allOf": [*bases, members] if members else bases}, name)

    def _union(self, schema: Schema, word: str, name: str) -> Schema | None:
        """Returns a union of the branches; None if they do not restrict the type."""
        branches = schema[word]
        if not any(restricts(branch) and set(branch) != {"required"} for branch in branches):
            return None
        many = len(branches) > 1
        reduced = [self._reduce(b, f"{name}{n}" if many else name, bounds=False) for n, b in enumerate(branches, 1)]
        if "type" in schema and any(branch == {} for branch in reduced):
            return None
        union = _any_of(reduced)
        mapping = self._discriminator(schema.get("discriminator"), branches)
        if mapping is not None:
            return {"oneOf": union.get("anyOf", [union]), "discriminator": mapping}
        return union

    def _discriminator(self, value: Any, branches: list[Any]) -> Schema | None:
        """Returns the discriminator: a member that each branch requires, with a different string each; or None."""
        member = value.get("propertyName") if isinstance(value, dict) else None
        mapping: dict[str, str] = {}
        for branch in branches:
            reference = branch.get("$ref") if isinstance(branch, dict) else None
            schema: Any = target(self.document, reference) if reference else None
            is_object = isinstance(schema, dict) and schema.get("type") == "object"
            if not is_object or member not in schema.get("required", ()):
                return None
            declared = (schema.get("properties") or {}).get(member)
            declared = declared if isinstance(declared, dict) else {}
            choices = [declared["const"]] if "const" in declared else declared.get("enum", [])
            if len(choices) != 1 or not isinstance(choices[0], str) or choices[0] in mapping:
                return None
            mapping[choices[0]] = self._reference(str(reference))["$ref"]
        usable = isinstance(member, str) and member.isidentifier() and not keyword.iskeyword(member)
        return {"propertyName": member, "mapping": mapping} if usable and len(mapping) > 1 else None


def _bounds(schema: Schema, kind: str) -> Schema:
    return {word: schema[word] for word in _BOUNDS[kind] if type(schema.get(word)) is int}


def _any_of(branches: list[Schema]) -> Schema:
    flat: list[Schema] = []
    for branch in branches:
        for part in branch["anyOf"] if set(branch) == {"anyOf"} else [branch]:
            if part not in flat:
                flat.append(part)
    if {} in flat:
        return {}
    return flat[0] if len(flat) == 1 else {"anyOf": flat}
