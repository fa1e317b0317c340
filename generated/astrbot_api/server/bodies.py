"""Reads input that is not JSON: forms, uploads, bytes, and lists in one string. Generated; do not edit."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from fastapi import Depends, Request
from fastapi.exceptions import RequestValidationError
from pydantic import BeforeValidator
from starlette.datastructures import UploadFile

from ..contract import Contract
from ..operation import Body
from .media_types import ByMediaType, is_json, matching, media_type_of
from .styles import form_value
from .violations import violations
from .wire import ALL, File, Place, parsed, typed


@dataclass(frozen=True, slots=True)
class Upload:
    """An uploaded file."""

    name: str
    media_type: str
    content: bytes


class Form(Mapping[str, "str | Upload"]):
    """The parts of a form by name, in order. A repeated name gives the last part."""

    def __init__(self, parts: list[tuple[str, str | Upload]], value: dict[str, Any] | None = None) -> None:
        self.parts = parts
        self.value: dict[str, Any] = {} if value is None else value
        """The members of the form as its schema types them: numbers, lists, objects; a file is an `Upload`."""

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
    """Returns the raw body. Raises RequestValidationError if it is text or JSON that its schema rejects."""
    content = await request.body()
    media_type = media_type_of(request.headers.get("content-type"))
    is_text = media_type.startswith("text/")
    if not content or not (is_text or is_json(media_type)):
        return content
    place, _ = _schema_of(request, media_type)
    if place is not None and place.kinds != ALL:
        text = content.decode("utf-8", "replace")
        _refuse_unless_valid(place, typed(place, text) if is_text else next(parsed(text), text))
    return content


async def read_form(request: Request) -> Form:
    """Returns the body as a form. Raises RequestValidationError if its schema rejects it."""
    parts: list[tuple[str, str | Upload]] = []
    async with request.form() as sent:
        for name, part in sent.multi_items():
            if isinstance(part, UploadFile):
                media_type = part.content_type or "application/octet-stream"
                parts.append((name, Upload(part.filename or "", media_type, await part.read())))
            else:
                parts.append((name, part))
    body: Body | None = request.state.operation.body
    place, encoding = _schema_of(request, media_type_of(request.headers.get("content-type")))
    if place is None or (body is not None and not parts and not body.required):
        return Form(parts)
    value = form_value(place, encoding, [(name, _wire(part)) for name, part in parts])
    _refuse_unless_valid(place, value)
    return Form(parts, _with_files(place, value, parts))


def _wire(part: str | Upload) -> str | File:
    return File(part.content) if isinstance(part, Upload) else part


def _with_files(place: Place, value: dict[str, Any], parts: list[tuple[str, str | Upload]]) -> dict[str, Any]:
    """Returns the value of a form with the uploads in place of their text."""
    found: dict[str, list[str | Upload]] = {}
    for name, part in parts:
        found.setdefault(name, []).append(part)
    files = {
        name: sent if isinstance(value.get(name), list) else sent[-1]
        for name, sent in found.items()
        if isinstance(sent[-1], Upload) and "string" in _text_place(place, name).kinds
    }
    return {**value, **files}


def _text_place(place: Place, name: str) -> Place:
    member = place.member(name)
    return member.item(0) if "array" in member.kinds and member.kinds != ALL else member


def _schema_of(request: Request, media_type: str) -> tuple[Place | None, Mapping[str, Any]]:
    """Returns the schema of the body in this media type, and how its parts are encoded."""
    contract: Contract = request.state.contract
    body: Body | None = request.state.operation.body
    if body is None:
        return None, {}
    pointer = body.pointer
    encoding: Mapping[str, Any] = {}
    if body.content is not None:
        declared = contract.resolve(body.content)
        name = matching(declared, media_type) or body.media_types[0]
        encoding = declared[name].get("encoding") or {}
        pointer = (
            f"{body.content}/{name.replace('~', '~0').replace('/', '~1')}/schema"
            if "schema" in declared[name]
            else None
        )
    return Place(contract, (pointer,)) if pointer is not None else None, encoding


def _refuse_unless_valid(place: Place, value: Any) -> None:
    found = [
        error for pointer in place.pointers for error in violations(place.contract.validator_at(pointer), value, "body")
    ]
    if found:
        raise RequestValidationError(found)


def delimited(delimiter: str) -> BeforeValidator:
    """Returns a validator that splits a list in one string."""

    def split(value: Any) -> Any:
        parts = value if isinstance(value, list) else [value]
        return [item for part in parts for item in (part.split(delimiter) if isinstance(part, str) else [part])]

    return BeforeValidator(split)


def by_media_type(kinds: Mapping[str, Any]) -> Any:
    """Returns the dependency that reads a body as the type of its media type: a model, `Form` or `bytes`."""
    return Depends(ByMediaType(kinds, {Form: read_form, bytes: read_bytes}))
