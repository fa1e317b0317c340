"""JSON pointers (RFC 6901), as text without the leading `#`."""

from __future__ import annotations

from urllib.parse import unquote


def join(pointer: str, *tokens: str | int) -> str:
    """The pointer to what lies at these tokens below."""
    return pointer + "".join("/" + str(token).replace("~", "~0").replace("/", "~1") for token in tokens)


def split(pointer: str) -> list[str]:
    """The tokens of a pointer, unescaped."""
    return [token.replace("~1", "/").replace("~0", "~") for token in pointer.split("/")[1:]]


def from_fragment(fragment: str) -> str:
    """The pointer that the fragment of a `$ref` spells, percent-decoded."""
    return unquote(fragment)
