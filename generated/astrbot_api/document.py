"""The contract as one OpenAPI document, with compiled schemas. Generated; do not edit."""

import json
from collections.abc import Iterator
from functools import cache, cached_property
from importlib.resources import files
from typing import Any, Protocol
from urllib.parse import quote

import jsonschema_rs

_ROOT = "urn:contract"
_SAFE = "/~!$&'()*+,;=:@?"
"""The characters that the fragment of a URI can contain, besides letters, digits, `-`, `.`, `_` and `~`."""


class Validator(Protocol):
    """A compiled schema."""

    def is_valid(self, instance: Any) -> bool:
        """Returns whether the schema accepts a value from a JSON parser."""

    def iter_errors(self, instance: Any) -> Iterator[jsonschema_rs.ValidationError]:
        """Yields every violation."""


class Document:
    """The `openapi.json` of a package, read on first use."""

    def __init__(self, package: str) -> None:
        self._package = package
        self._validators: dict[str, Validator] = {}
        self.parts: dict[str, Any] = {}
        """JSON pointer -> what the module `focus` knows of the schema there."""

    @cached_property
    def content(self) -> dict[str, Any]:
        """The whole document. Shared: do not modify it."""
        text = (files(self._package) / "openapi.json").read_text(encoding="utf-8")
        loaded: dict[str, Any] = json.loads(text)
        return loaded

    def resolve(self, pointer: str) -> Any:
        """Returns the value at a JSON pointer, which begins with `#`. Raises KeyError or IndexError if there is none."""
        value: Any = self.content
        for token in pointer.removeprefix("#").split("/")[1:]:
            name = token.replace("~1", "/").replace("~0", "~")
            value = value[int(name)] if isinstance(value, list) else value[name]
        return value

    def validator_at(self, pointer: str) -> Validator:
        """Returns the compiled schema at a JSON pointer. Raises KeyError or IndexError if there is none."""
        if pointer not in self._validators:
            self.resolve(pointer)
            reference = f"{_ROOT}#{quote(pointer.removeprefix('#'), safe=_SAFE)}"
            schema = {"$ref": reference}
            self._validators[pointer] = jsonschema_rs.Draft202012Validator(
                schema, registry=self._registry, validate_formats=True
            )
        return self._validators[pointer]

    def compiled(self, schema: Any) -> Validator:
        """Returns a compiled schema whose references lead into the document."""
        return jsonschema_rs.Draft202012Validator(_absolute(schema), registry=self._registry, validate_formats=True)

    @cached_property
    def _registry(self) -> jsonschema_rs.Registry:
        dialect = {"$schema": "https://json-schema.org/draft/2020-12/schema"}
        return jsonschema_rs.Registry([(_ROOT, dialect | self.content)])


def _absolute(schema: Any) -> Any:
    """Returns a schema whose references name the document too."""
    if isinstance(schema, dict):
        return {
            word: f"{_ROOT}{value}" if word == "$ref" and isinstance(value, str) else _absolute(value)
            for word, value in schema.items()
        }
    return [_absolute(item) for item in schema] if isinstance(schema, list) else schema


@cache
def document_of(package: str) -> Document:
    """Returns the document of a package; repeated calls return the same object."""
    return Document(package)
