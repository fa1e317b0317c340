"""Reads parameters that are objects, or that have a `content` or a style. Generated; do not edit."""

from dataclasses import dataclass
from typing import Any

from fastapi import Depends, Request
from fastapi.exceptions import RequestValidationError

from ..conforming import is_valid
from ..releases import contract as contract_of
from .styles import DELIMITERS, assignments, bracketed, pairs, split
from .violations import missing, violations
from .wire import ALL, Place, listed, parsed, typed


@dataclass(frozen=True)
class Structured:
    """A parameter that is read from the request itself."""

    name: str
    param_in: str
    release: str
    """The release whose contract has the schema."""
    pointer: str | None
    """The JSON pointer of the schema; None if it has none."""
    argument: str = ""
    """The name in the route of a path parameter."""
    required: bool = False
    style: str = "form"
    explode: bool = False
    media_type: str | None = None
    """The media type of the text, if the parameter has `content`."""
    default: Any = None

    @property
    def described(self) -> dict[str, Any]:
        """The parameter in the derived document."""
        place = self._place()
        kinds = sorted(place.kinds - ({"integer"} if "number" in place.kinds else set()))
        schema: dict[str, Any] = {} if place.kinds == ALL else {"type": kinds[0] if len(kinds) == 1 else kinds}
        about = {"content": {self.media_type: {"schema": schema}}} if self.media_type else {"schema": schema}
        return {"name": self.name, "in": self.param_in, "required": self.required, **about}

    def read(self, request: Request) -> Any:
        """Returns the value of the parameter. Raises RequestValidationError if its schema rejects it."""
        value = self._content(request) if self.media_type else self._value(request, self._place())
        if value is _ABSENT:
            if self.required:
                raise RequestValidationError([missing(self.param_in, self.name)])
            return self.default
        if self.pointer is not None:
            compiled = contract_of(self.release).validator_at(self.pointer)
            if not is_valid(compiled, value):
                raise RequestValidationError(violations(compiled, value, self.param_in, self.name))
        return value

    def _place(self) -> Place:
        return Place(contract_of(self.release), () if self.pointer is None else (self.pointer,))

    def _content(self, request: Request) -> Any:
        texts = self._texts(request)
        if not texts:
            return _ABSENT
        if self.media_type == "application/json" or str(self.media_type).endswith("+json"):
            return next(parsed(texts[-1]), texts[-1])
        return texts[-1]

    def _value(self, request: Request, place: Place) -> Any:
        is_object = "object" in place.kinds and place.kinds != ALL
        if self.param_in == "query" and self.style == "deepObject":
            members = bracketed(self.name, request.query_params.multi_items())
            return typed(place, members) if members else _ABSENT
        if self.param_in in ("query", "cookie") and self.explode and is_object:
            members = self._spread(request, place)
            if members or not place.kinds - {"object", "null"}:
                return typed(place, members) if members else _ABSENT
        texts = self._texts(request)
        if not texts:
            return _ABSENT
        if is_object and not (place.kinds - {"object", "null"} and len(texts) == 1 and "," not in texts[0]):
            return typed(place, self._members(texts[-1]))
        if "array" in place.kinds and not (self.explode and self.param_in == "query"):
            return listed(place, [item for text in texts for item in split(text, self._delimiter)] or texts)
        return listed(place, list(texts))

    @property
    def _delimiter(self) -> str:
        if self.explode and self.style in ("label", "matrix"):
            return "." if self.style == "label" else ";"
        return DELIMITERS.get(self.style, ",")

    def _members(self, text: str) -> dict[str, Any]:
        parts = split(text, self._delimiter)
        return assignments(parts) if self.explode else pairs(parts)

    def _spread(self, request: Request, place: Place) -> dict[str, Any]:
        """Returns the members of an object that are sent as separate parameters."""
        if self.param_in == "cookie":
            return {name: value for name, value in request.cookies.items() if name in place.names}
        sent: dict[str, list[str]] = {}
        taken = {parameter.name for parameter in request.state.operation.parameters if parameter.param_in == "query"}
        for name, value in request.query_params.multi_items():
            if name in place.names or (place.is_open and name not in taken):
                sent.setdefault(name, []).append(value)
        return {name: values[0] if len(values) == 1 else values for name, values in sent.items()}

    def _texts(self, request: Request) -> list[str]:
        """Returns the values that the request has for the name."""
        if self.param_in == "query":
            return request.query_params.getlist(self.name)
        if self.param_in == "header":
            if not self.name.isascii():  # no client can send it
                return []
            found = request.headers.getlist(self.name)
            return [",".join(found)] if found else []
        if self.param_in == "cookie":
            return [request.cookies[self.name]] if self.name in request.cookies else []
        return [self._unstyled(str(request.path_params[self.argument]))]

    def _unstyled(self, text: str) -> str:
        """Returns the value of a path parameter without the marks of its style."""
        if self.style == "label":
            return text.removeprefix(".")
        if self.style != "matrix":
            return text
        text = text.removeprefix(";")
        if not self.explode:
            return text.removeprefix(f"{self.name}=")
        return ";".join(part.removeprefix(f"{self.name}=") for part in text.split(";"))


class _Absent:
    pass


_ABSENT = _Absent()


def structured(*, name: str, param_in: str, release: str, pointer: str | None, **options: Any) -> Any:
    """Returns the dependency that reads a structured parameter."""
    parameter = Structured(name, param_in, release, pointer, **options)

    async def read(request: Request) -> Any:
        return parameter.read(request)

    read.parameter = parameter  # type: ignore[attr-defined]
    return Depends(read)
