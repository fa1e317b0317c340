"""Which parts of an `allOf` become base classes of the class for the whole."""

from __future__ import annotations

from typing import Any

from astrbot_generator.all_of import Schema, are_one_object, inner_parts, merged, restricting_parts, restricts
from astrbot_generator.model_unions import variants
from astrbot_generator.resolve import target


class BaseClasses:
    """Decides which components become classes with members, and which of them the class for an `allOf` extends."""

    def __init__(self, document: Schema) -> None:
        self._document = document
        self._known: dict[str, bool] = {}

    def of(self, parts: list[Any]) -> list[str]:
        """Returns the references that become base classes; none if two classes declare a member differently."""
        bases = list(dict.fromkeys(part["$ref"] for part in parts if self._is_base(part)))
        above = {base: {part["$ref"] for part in inner_parts(self._document, base)} for base in bases}
        bases = [base for base in bases if not any(base in others for others in above.values())]
        shared = [name for base in bases for name in above[base]]
        own = [part for part in parts if part.get("$ref") not in above]
        schemas = [merged(self._document, [{"$ref": base}])["properties"] for base in bases]
        schemas.append(merged(self._document, own)["properties"])
        known: Schema = {}
        for member, value in [item for properties in schemas for item in properties.items() if restricts(item[1])]:
            if known.setdefault(member, value) != value:
                return []
        return bases if len(set(shared)) == len(shared) else []

    def with_unions(self, parts: list[Any]) -> list[Any]:
        """Returns the parts, and in place of a reference to a union the union."""
        return [part if self._is_base(part) else self._followed(part) for part in parts]

    def _followed(self, part: Schema) -> Schema:
        found = target(self._document, part["$ref"]) if set(part) == {"$ref"} else None
        return found if isinstance(found, dict) and {"oneOf", "anyOf"} & found.keys() else part

    def _is_base(self, part: Any) -> bool:
        """Returns whether a part is only a reference to a component that becomes a class with members."""
        if set(part) != {"$ref"}:
            return False
        reference = part["$ref"]
        if reference not in self._known:
            self._known[reference] = self._becomes_class(target(self._document, reference))
        return self._known[reference]

    def _becomes_class(self, schema: Any) -> bool:
        """Returns whether a component schema becomes a class with members; must agree with `model_schemas`."""
        if not isinstance(schema, dict) or "const" in schema or "enum" in schema:
            return False
        parts = restricting_parts(schema)
        if "allOf" in schema or "$ref" in schema:
            if len(parts) == 1:
                return "$ref" not in parts[0] and self._becomes_class(parts[0])
            return are_one_object(self._document, parts) and variants(self._document, self.with_unions(parts)) is None
        if {"oneOf", "anyOf"} & schema.keys() and not self._is_only_class(schema, parts):
            return False
        has_members = bool(schema.get("properties") or schema.get("required"))
        is_map = not has_members and isinstance(schema.get("additionalProperties"), dict)
        return schema.get("type") == "object" and not is_map

    def _is_only_class(self, schema: Schema, parts: list[Any]) -> bool:
        return "properties" in schema and variants(self._document, parts) is None
