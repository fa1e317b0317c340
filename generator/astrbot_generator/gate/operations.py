"""The operations of a document. A parameter of a path item is a parameter of each operation in it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from astrbot_generator.gate.document import Document
from astrbot_generator.gate.values import row, table
from astrbot_generator.grammar import DEFAULT_STYLES, METHODS
from astrbot_generator.pointer import join

_NEW_METHODS = ("query",)
"""Methods that OpenAPI 3.2 added."""

_IGNORED_HEADERS = ("accept", "content-type", "authorization")
"""Header parameters that OpenAPI says to ignore."""


@dataclass(frozen=True)
class Part:
    """A part of an operation, after following its `$ref`, and its pointer."""

    value: dict[str, Any]
    pointer: str

    def below(self, *tokens: str | int) -> str:
        """Returns the pointer of a part inside."""
        return join(self.pointer, *tokens)


@dataclass(frozen=True)
class Parameter(Part):
    """A parameter."""

    @property
    def name(self) -> str:
        """Its name; a header name in lower case."""
        name = str(self.value.get("name"))
        return name.lower() if self.param_in == "header" else name

    @property
    def param_in(self) -> str:
        """query, path, header or cookie."""
        return str(self.value.get("in"))

    @property
    def required(self) -> bool:
        """Whether a request must have it."""
        return self.value.get("required") is True or self.param_in == "path"

    @property
    def writing(self) -> tuple[str, bool]:
        """How it is serialized: style and explode."""
        style = str(self.value.get("style", DEFAULT_STYLES.get(self.param_in, "form")))
        return style, bool(self.value.get("explode", style == "form"))

    def __str__(self) -> str:
        return f"{self.param_in} parameter `{self.value.get('name')}`"


@dataclass(frozen=True)
class Operation:
    """An operation of one document."""

    document: Document
    method: str
    path: str
    value: dict[str, Any]
    pointer: str
    is_callback: bool = False
    """Whether the server calls the client: in a webhook or callback."""

    def __str__(self) -> str:
        return f"{self.method.upper()} {self.path}"

    @property
    def id(self) -> str | None:
        """Its operationId."""
        identity = self.value.get("operationId")
        return identity if isinstance(identity, str) else None

    @property
    def key(self) -> tuple[str, str]:
        """The key for matching: method, and path without parameter names."""
        return self.method, template(self.path)

    def item(self) -> Part:
        """Returns its path item."""
        levels = 1 if self.method in (*METHODS, *_NEW_METHODS) else 2
        pointer = self.pointer.rsplit("/", levels)[0]
        value, pointer = self.document.follow(self.document.at(pointer), pointer)
        return Part(table(value), pointer)

    def parameters(self) -> list[Parameter]:
        """Returns its parameters, including those of the path item."""
        found: dict[tuple[str, str], Parameter] = {}
        for holder in (self.item(), Part(self.value, self.pointer)):
            for index, entry in enumerate(row(holder.value.get("parameters"))):
                value, at = self.document.follow(entry, holder.below("parameters", index))
                if isinstance(value, dict):
                    parameter = Parameter(value, at)
                    found[parameter.param_in, parameter.name] = parameter
        return [p for p in found.values() if p.param_in != "header" or p.name not in _IGNORED_HEADERS]

    def body(self) -> Part | None:
        """Returns its request body."""
        value, pointer = self.document.follow(self.value.get("requestBody"), join(self.pointer, "requestBody"))
        return Part(value, pointer) if isinstance(value, dict) else None

    def answers(self) -> dict[str, Part]:
        """Returns its responses by status; ranges (`2XX`) are in upper case."""
        found = {}
        for status, entry in table(self.value.get("responses")).items():
            value, pointer = self.document.follow(entry, join(self.pointer, "responses", status))
            if isinstance(value, dict) and not str(status).startswith("x-"):
                found[str(status) if status == "default" else str(status).upper()] = Part(value, pointer)
        return found

    def contents(self, part: Part) -> dict[str, Part]:
        """Returns the media types of a body or response."""
        found = {}
        for name, entry in table(part.value.get("content")).items():
            value, pointer = self.document.follow(entry, part.below("content", name))
            if isinstance(value, dict):
                found[str(name).lower().partition(";")[0].strip()] = Part(value, pointer)
        return found

    def headers(self, answer: Part) -> dict[str, Part]:
        """Returns the headers of a response by lower-case name."""
        found = {}
        for name, entry in table(answer.value.get("headers")).items():
            value, pointer = self.document.follow(entry, answer.below("headers", name))
            if isinstance(value, dict) and name.lower() != "content-type":
                found[name.lower()] = Part(value, pointer)
        return found


def template(path: str) -> str:
    """Returns a path without the names of its parameters."""
    return re.sub(r"\{[^}]*\}", "{}", path)


def operations_of(document: Document) -> Iterator[Operation]:
    """Yields every operation of a document in order, including webhooks and callbacks."""
    for section, is_callback in (("paths", False), ("webhooks", True)):
        for path, entry in table(document.value.get(section)).items():
            if not path.startswith("x-"):
                yield from _of_item(document, str(path), entry, join("", section, path), is_callback=is_callback)


def _of_item(document: Document, path: str, entry: Any, pointer: str, *, is_callback: bool) -> Iterator[Operation]:
    item, pointer = document.follow(entry, pointer)
    for method, tokens in _methods(document, table(item)):
        value = table(item)[tokens[0]] if len(tokens) == 1 else item[tokens[0]][tokens[1]]
        if isinstance(value, dict):
            operation = Operation(document, method, path, value, join(pointer, *tokens), is_callback)
            yield operation
            if not is_callback:
                yield from _callbacks(operation)


def _methods(document: Document, item: dict[str, Any]) -> Iterator[tuple[str, tuple[str, ...]]]:
    """Yields the methods of a path item, each with the tokens that lead to its operation."""
    for method in (*METHODS, *(_NEW_METHODS if document.is_3_2 else ())):
        if method in item:
            yield method, (method,)
    for method in table(item.get("additionalOperations")) if document.is_3_2 else ():
        yield str(method).lower(), ("additionalOperations", method)


def _callbacks(operation: Operation) -> Iterator[Operation]:
    for name, listed in table(operation.value.get("callbacks")).items():
        value, pointer = operation.document.follow(listed, join(operation.pointer, "callbacks", name))
        for expression, item in table(value).items():
            if not str(expression).startswith("x-"):
                path = f"{operation} callback {name} {expression}"
                yield from _of_item(operation.document, path, item, join(pointer, expression), is_callback=True)
