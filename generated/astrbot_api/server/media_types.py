"""Reads bodies that have several media types: each is read and judged as its own. Generated; do not edit."""

import json
from collections.abc import Iterable, Mapping
from typing import Any

from fastapi import HTTPException, Request
from fastapi.exceptions import RequestValidationError
from pydantic import TypeAdapter, ValidationError

from .violations import missing


def media_type_of(header: str | None) -> str:
    """Returns the media type in a header, without parameters; empty if there is none."""
    return (header or "").partition(";")[0].strip().lower()


def is_json(media_type: str) -> bool:
    """Returns whether a media type is JSON."""
    name = media_type_of(media_type)
    return name == "application/json" or name.endswith("+json")


def matching(declared: Iterable[str], media_type: str) -> str | None:
    """Returns the declared media type that covers a media type: itself, else a range such as `image/*`; None if none does."""
    names = {media_type_of(name): name for name in declared}
    wide = f"{media_type.partition('/')[0]}/*"
    return names.get(media_type) or names.get(wide) or names.get("*/*")


class ByMediaType:
    """Reads a body as the type of its media type."""

    def __init__(self, kinds: Mapping[str, Any], readers: Mapping[Any, Any]) -> None:
        self.kinds = kinds
        self._readers = readers
        self._adapters = {name: TypeAdapter(kind) for name, kind in kinds.items() if kind not in readers}

    async def __call__(self, request: Request) -> Any:
        """Returns the body: a model, a form or bytes. None if an optional body is absent.

        Raises RequestValidationError if its schema rejects it, and HTTPException 415 for any other media type.
        """
        media_type = media_type_of(request.headers.get("content-type"))
        name = (
            matching(self.kinds, media_type) if media_type else next(iter([*filter(is_json, self.kinds), *self.kinds]))
        )
        if not media_type and not await request.body():
            return self._absent(request)
        if name is None:
            raise HTTPException(415, "Unsupported Media Type")
        if name not in self._adapters:
            return await self._readers[self.kinds[name]](request)
        content = await request.body()
        return self._parsed(self._adapters[name], content) if content else self._absent(request)

    def _absent(self, request: Request) -> None:
        if request.state.operation.body.required:
            raise RequestValidationError([missing("body")])

    def _parsed(self, adapter: TypeAdapter[Any], content: bytes) -> Any:
        try:
            value = json.loads(content)
        except (ValueError, RecursionError) as error:
            at = error.pos if isinstance(error, json.JSONDecodeError) else 0
            line = {"type": "json_invalid", "loc": ("body", at), "msg": "JSON decode error", "input": None}
            raise RequestValidationError([line]) from None
        try:
            return adapter.validate_python(value)
        except ValidationError as error:
            lines = error.errors(include_url=False)
            raise RequestValidationError([{**line, "loc": ("body", *line["loc"])} for line in lines]) from None
