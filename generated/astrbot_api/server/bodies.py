"""Reads input that is not JSON: forms, uploads, bytes, and lists in one string. Generated; do not edit."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from fastapi import Request
from fastapi.exceptions import RequestValidationError
from pydantic import BeforeValidator, ValidationError
from starlette.datastructures import UploadFile

from ..conforming import line_errors
from ..contract import Contract
from ..operation import Operation


@dataclass(frozen=True, slots=True)
class Upload:
    """An uploaded file."""

    name: str
    media_type: str
    content: bytes


class Form(Mapping[str, "str | Upload"]):
    """The parts of a form by name, in order. A repeated name gives the last part."""

    def __init__(self, parts: list[tuple[str, str | Upload]]) -> None:
        self.parts = parts

    def __getitem__(self, name: str) -> str | Upload:
        return dict(self.parts)[name]

    def __iter__(self) -> Iterator[str]:
        return iter(dict(self.parts))

    def __len__(self) -> int:
        return len(dict(self.parts))

    def text(self, name: str) -> str | None:
        """Returns the text of a part; None if there is none."""
        part = self.get(name)
        return part if isinstance(part, str) else None

    def file(self, name: str) -> Upload | None:
        """Returns the file of a part; None if there is none."""
        part = self.get(name)
        return part if isinstance(part, Upload) else None

    def files(self, name: str | None = None) -> list[Upload]:
        """Returns the files of all parts with this name, or of all parts."""
        return [part for own, part in self.parts if isinstance(part, Upload) and name in (None, own)]


async def read_bytes(request: Request) -> bytes:
    """Returns the raw body."""
    return await request.body()


async def read_form(request: Request) -> Form:
    """Returns the body as a form. Raises RequestValidationError if it does not match the contract."""
    parts: list[tuple[str, str | Upload]] = []
    async with request.form() as sent:
        for name, part in sent.multi_items():
            if isinstance(part, UploadFile):
                media_type = part.content_type or "application/octet-stream"
                parts.append((name, Upload(part.filename or "", media_type, await part.read())))
            else:
                parts.append((name, part))
    operation: Operation = request.state.operation
    contract: Contract = request.state.contract
    if operation.body is not None and operation.body.pointer is not None:
        schema = _followed(contract, contract.resolve(operation.body.pointer))
        members = {name: _followed(contract, member) for name, member in (schema.get("properties") or {}).items()}
        value = _as_json(parts, members)
        compiled = contract.validator_at(operation.body.pointer)
        if not compiled.is_valid(value):
            found = ValidationError.from_exception_data("form", line_errors(compiled.iter_errors(value))).errors()
            raise RequestValidationError([{**error, "loc": ("body", *error["loc"])} for error in found])
    return Form(parts)


def _followed(contract: Contract, schema: Any) -> Any:
    """Returns a schema, or its target if it is a reference."""
    while isinstance(schema, dict) and "$ref" in schema:
        schema = contract.resolve(schema["$ref"])
    return schema


def _as_json(parts: list[tuple[str, str | Upload]], members: Mapping[str, Any]) -> dict[str, Any]:
    """Returns a form as the JSON value that its schema describes; a file becomes an empty string."""
    value: dict[str, Any] = {}
    for name, part in parts:
        member = members.get(name)
        kind = member.get("type") if isinstance(member, dict) else None
        text = "" if isinstance(part, Upload) else _typed(part, kind)
        if kind == "array":
            value.setdefault(name, []).append(text)
        else:
            value[name] = text
    return value


def _typed(text: str, kind: Any) -> Any:
    try:
        if kind == "integer":
            return int(text)
        if kind == "number":
            return float(text)
    except ValueError:
        return text
    return text == "true" if kind == "boolean" and text in ("true", "false") else text


def delimited(delimiter: str) -> BeforeValidator:
    """Returns a validator that splits a list in one string."""

    def split(value: Any) -> Any:
        parts = value if isinstance(value, list) else [value]
        return [item for part in parts for item in (part.split(delimiter) if isinstance(part, str) else [part])]

    return BeforeValidator(split)
