"""JSON pointers (RFC 6901), as text without the leading `#`."""

from __future__ import annotations

from urllib.parse import unquote


def join(pointer: str, *tokens: str | int) -> str:
    """Returns the pointer extended by these tokens."""
    return pointer + "".join("/" + str(token).replace("~", "~0").replace("/", "~1") for token in tokens)


def split(pointer: str) -> list[str]:
    """Returns the tokens of a pointer, unescaped."""
    return [token.replace("~1", "/").replace("~0", "~") for token in pointer.split("/")[1:]]


def from_fragment(fragment: str) -> str:
    """Returns the pointer in the fragment of a `$ref`, percent-decoded."""
    return unquote(fragment)
