"""JSON pointers (RFC 6901), as text without the leading `#`."""

from __future__ import annotations

from typing import Any
from urllib.parse import unquote


def join(pointer: str, *tokens: str | int) -> str:
    """Returns the pointer extended by these tokens."""
    return pointer + "".join("/" + str(token).replace("~", "~0").replace("/", "~1") for token in tokens)


def split(pointer: str) -> list[str]:
    """Returns the tokens of a pointer, unescaped."""
    return [token.replace("~1", "/").replace("~0", "~") for token in pointer.split("/")[1:]]


def pointer_of(reference: str) -> str:
    """Returns the pointer of a `#/…` reference, percent-decoded."""
    return unquote(reference[1:])


def key_of(holder: Any, token: str) -> str | int | None:
    """Returns the key of the part of a mapping or list that a token names; None if there is no such part."""
    if isinstance(holder, list):
        return int(token) if token.isdecimal() and int(token) < len(holder) else None
    return token if isinstance(holder, dict) and token in holder else None


def value_at(value: Any, pointer: str) -> Any:
    """Returns the part of a value at a pointer. Raises KeyError if there is none."""
    for token in split(pointer):
        key = key_of(value, token)
        if key is None:
            raise KeyError(pointer)
        value = value[key]
    return value
