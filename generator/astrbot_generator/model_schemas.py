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

from astrbot_generator.all_of import (
    Schema,
    are_one_object,
    beside,
    declared,
    flat_parts,
    merged,
    restricting_parts,
    restricts,
)
from astrbot_generator.base_classes import BaseClasses
from astrbot_generator.contract_names import class_names
from astrbot_generator.model_unions import ambiguous, disputed, extensions, variants
from astrbot_generator.names import free_class_name, pascal
from astrbot_generator.open_classes import OpenClasses
from astrbot_generator.resolve import SCHEMAS, target
from astrbot_generator.value_schemas import any_of, choice, default, limits

_DEEPEST_VARIANT = 2
"""How many unions inside each other are combined with the members next to them."""


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
    open: frozenset[str]
    """The classes that keep members which they do not name."""


def model_schemas(document: Schema, sources: Iterable[ModelSource]) -> ModelSchemas:
    """Returns the reduced schemas of all sources."""
    reduction = _Reduction(document, list(sources))
    owners = {name: reduction.owners[name] for name in reduction.schemas}
    return ModelSchemas(reduction.schemas, owners, reduction.open.names(reduction.schemas))


class _Reduction:
    def __init__(self, document: Schema, sources: list[ModelSource]) -> None:
        self.document = document
        self.classes = class_names(document)
        self.taken = {source.name for source in sources}
        self.schemas: dict[str, Schema] = {}
        self.nested: set[str] = set()
        self.owners: dict[str, str] = {}
        self.open = OpenClasses()
        self.bases = BaseClasses(document)
        self.extensions = extensions(document)
        self.variant_depth = 0
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
            self.open.rename(nested, source.name)
        description = source.schema.get("description") if isinstance(source.schema, dict) else None
        if description and isinstance(description, str):
            schema = {**schema, "description": description} if "$ref" not in schema else schema
        return schema

    def _reduce(self, schema: Any, name: str, *, bounds: bool = True) -> Schema:
        """Returns a schema in the keywords that pydantic uses; `{}` if it accepts anything."""
        if not isinstance(schema, dict):
            return {}
        if isinstance(schema.get("$ref"), str) and not beside(schema):
            return self._use(schema["$ref"])
        if "const" in schema:
            return choice([schema["const"]])
        if isinstance(schema.get("enum"), list):
            return choice(schema["enum"])
        if "allOf" in schema or "$ref" in schema:
            return self._all(schema, name)
        if "properties" in schema and (alternatives := variants(self.document, [schema])) is not None:
            return self._variants(alternatives, name)
        for word in ("oneOf", "anyOf"):
            if word in schema and "properties" not in schema:
                union = self._union(schema, word, name)
                if union is not None:
                    return union
        return self._typed(schema, name, bounds=bounds)

    def _reference(self, reference: str) -> Schema:
        return {"$ref": SCHEMAS + self.classes[reference.removeprefix(SCHEMAS)]}

    def _use(self, reference: str) -> Schema:
        """Returns a reference for a value: to the class, or to one of the classes that a discriminator selects."""
        below = self.extensions.get(reference.removeprefix(SCHEMAS))
        if not below:
            return self._reference(reference)
        choices = [reference, *(SCHEMAS + name for name in below)]
        union = any_of([self._reference(choice) for choice in choices])
        self.open.add_union(union, disputed(self.document, [{"$ref": choice} for choice in choices]))
        return union

    def _typed(self, schema: Schema, name: str, *, bounds: bool) -> Schema:
        kinds = schema.get("type")
        if isinstance(kinds, list):
            # Without bounds, because datamodel-code-generator would write a class for each bounded branch.
            kinds = list(dict.fromkeys(kinds))
            alone = bounds and len(kinds) == 1
            return any_of([self._typed({**schema, "type": kind}, name, bounds=alone) for kind in kinds])
        if kinds == "object":
            return self._object(schema, name)
        if kinds == "array":
            has_one_type = "items" in schema and "prefixItems" not in schema
            items = self._reduce(schema["items"], f"{name}Item") if has_one_type else {}
            return {"type": "array", "items": items} | (limits(schema, "array") if bounds else {})
        if kinds == "number":
            return {"anyOf": [{"type": "integer"}, {"type": "number"}]}  # keeps large integers exact
        if kinds in ("string", "integer"):
            return {"type": kinds} | (limits(schema, kinds) if bounds else {})
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
        return self._object_class(schema, schema, name)

    def _members(self, schema: Schema, sometimes: frozenset[str], name: str) -> Schema:
        """Returns an object with the members of a schema. `sometimes`: members that are declared under a condition."""
        properties: Schema = {}
        for member, value in (schema.get("properties") or {}).items():
            properties[member] = self._reduce(value, name + pascal(member)) | default(value)
        required = list(dict.fromkeys(member for member in schema.get("required", ()) if isinstance(member, str)))
        for member in required:
            properties.setdefault(member, {})
        result: Schema = {"type": "object", "properties": properties}
        if required:
            result["required"] = required
        rest = schema.get("additionalProperties", None if sometimes else schema.get("unevaluatedProperties"))
        if "patternProperties" in schema or rest is True or isinstance(rest, dict):
            result["additionalProperties"] = True
        elif rest is False:
            result["additionalProperties"] = False
        return result

    def _object_class(self, whole: Schema, own: Schema, name: str, bases: Iterable[str] = ()) -> Schema:
        """Returns a new class. whole: the schema of the value; own: the members that its bases do not have."""
        sometimes = declared(self.document, whole).sometimes
        inherited = merged(self.document, [{"$ref": base} for base in bases])["properties"].keys()
        members = self._members(own, sometimes, name)
        for member in own.get("required", ()):
            if member in inherited and member not in (own.get("properties") or {}):
                del members["properties"][member]
        parts = [
            *map(self._reference, bases),
            *([members] if members["properties"] or own["required"] or not bases else []),
        ]
        made = self._nested({"allOf": parts} if bases else members, name)
        self.open.add_members(made, sometimes)
        if sometimes - members["properties"].keys() - inherited or (bases and members.get("additionalProperties")):
            self.open.add(made)
        return made

    def _nested(self, schema: Schema, name: str) -> Schema:
        """Returns a reference to a new class; a number is appended to the name if it is taken."""
        free = free_class_name(name, self.taken)
        self.taken.add(free)
        self.nested.add(free)
        self.owners[free] = self.source
        self.schemas[free] = schema
        return {"$ref": SCHEMAS + free}

    def _all(self, schema: Schema, name: str) -> Schema:
        """Returns the type of a value that all parts accept."""
        parts = restricting_parts(schema)
        if len(parts) == 1:
            reduced = self._reduce(parts[0], name)
            if declared(self.document, schema).schemas != declared(self.document, parts[0]).schemas:
                self.open.add_deep(reduced)
            return reduced
        unions = self.bases.with_unions(parts)
        if self.variant_depth < _DEEPEST_VARIANT and (alternatives := variants(self.document, unions)) is not None:
            return self._variants(alternatives, name)
        if not are_one_object(self.document, parts):
            return self._value(parts, name)
        bases = self.bases.of(parts)
        own = merged(self.document, [part for part in parts if part.get("$ref") not in bases])
        known = merged(self.document, [{"$ref": base} for base in bases])["properties"]
        for member in known.keys() & own["properties"].keys():
            same = own["properties"][member] == known[member] and member not in own["required"]
            if same or not restricts(own["properties"][member]):
                del own["properties"][member]
        return self._object_class(schema, own, name, bases)

    def _value(self, parts: list[Any], name: str) -> Schema:
        """Returns the type of a value that is not only an object: the narrowest one of a part."""
        flat = flat_parts(self.document, parts)
        for part in flat:
            if "const" in part or isinstance(part.get("enum"), list):
                return choice([part["const"]] if "const" in part else part["enum"])
        kinds = {str(part.get("type")) for part in flat if isinstance(part.get("type"), str)}
        if kinds == {"array"}:
            items = [part["items"] for part in flat if "items" in part]
            plain = items and not any("prefixItems" in part for part in flat)
            return {"type": "array", "items": self._reduce({"allOf": items}, f"{name}Item") if plain else {}}
        kind = next((kind for kind in ("string", "integer", "boolean", "null", "number") if kind in kinds), None)
        return self._typed({"type": kind}, name, bounds=False) if kind else {}

    def _variants(self, alternatives: list[Schema], name: str) -> Schema:
        """Returns a class for each alternative, as a union."""
        self.variant_depth += 1
        reduced = [self._reduce(one, f"{name}{number}") for number, one in enumerate(alternatives, 1)]
        self.variant_depth -= 1
        return self._joined(alternatives, reduced)

    def _joined(self, branches: list[Any], reduced: list[Schema]) -> Schema:
        """Returns the union of reduced branches; their classes are open if pydantic can choose the wrong one."""
        union = any_of(reduced)
        if len(branches) > 1 and ambiguous(self.document, branches):
            self.open.add_union(union, disputed(self.document, branches))
        return union

    def _union(self, schema: Schema, word: str, name: str) -> Schema | None:
        """Returns a union of the branches; None if they do not restrict the type."""
        branches = schema[word]
        if not any(restricts(branch) and set(branch) != {"required"} for branch in branches):
            return None
        many = len(branches) > 1
        reduced = [self._reduce(b, f"{name}{n}" if many else name, bounds=False) for n, b in enumerate(branches, 1)]
        if "type" in schema and any(branch == {} for branch in reduced):
            return None
        if declared(self.document, {key: value for key, value in schema.items() if key != word}).schemas:
            self.open.add_deep(any_of(reduced))
        mapping = self._discriminator(schema.get("discriminator"), branches)
        if mapping is not None:
            union = any_of(reduced)
            return {"oneOf": union.get("anyOf", [union]), "discriminator": mapping}
        return self._joined(branches, reduced)

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
