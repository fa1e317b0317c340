"""Proposes values that show differences that JSON Schema does not check: formats, encodings, discriminators and XML."""

from __future__ import annotations

import base64
import json
from collections.abc import Iterator
from typing import Any

from astrbot_generator.gate.schema.difference import Difference
from astrbot_generator.gate.schema.flat_schema import flatten
from astrbot_generator.gate.schema.formats import RANGES, has_format
from astrbot_generator.gate.schema.instances import Maker
from astrbot_generator.gate.schema.normalize import Node

_OTHERS: tuple[Any, ...] = ("a", "", "-", "2026-01-01", "2026-01-01T00:00:00Z", "https://example.org/", "a@example.org")


def annotated(difference: Difference, maker: Maker) -> Iterator[Any]:
    """Yields values that A may allow and that show the difference."""
    values = maker.examples(difference.a, 30)
    if difference.kind == "format":
        wanted = difference.in_b
        outside = [edge for low, high in [RANGES.get(wanted, (0, 0))] for edge in (high + 1, low - 1)]
        larger = [1e300] if wanted == "float" else []
        every = [*values, *_OTHERS, *(outside if wanted in RANGES else larger)]
        yield from (value for value in every if has_format(value, wanted) is False)
    elif difference.kind == "encoding":
        yield from (
            value for value in (*values, "a") if isinstance(value, str) and not _has_encoding(value, difference)
        )
    elif difference.kind == "discriminator":
        yield from _discriminated(difference, values)
    elif difference.kind == "xml":
        yield from values
    elif difference.kind in ("read-only", "write-only"):
        yield from (value for value in values if isinstance(value, dict) and difference.name in value)


def _has_encoding(value: str, difference: Difference) -> bool:
    """Returns whether a text has the encoding that B requires; True if that cannot be checked."""
    try:
        if difference.name == "contentEncoding" and difference.in_b in ("base64", "base64url"):
            base64.b64decode(value, altchars=b"-_" if difference.in_b == "base64url" else None, validate=True)
        elif difference.name == "contentMediaType" and difference.in_b == "application/json":
            json.loads(value)
    except ValueError:
        return False
    return True


def _discriminated(difference: Difference, values: list[Any]) -> Iterator[Any]:
    objects = [value for value in values if isinstance(value, dict)]
    if difference.name in ("mapping", "meaning"):
        member = difference.member
        yield from ({**value, member: name} for name in difference.in_a for value in [*objects, {}])
    else:
        yield from (value for value in [*objects, {}] if difference.in_b not in value)
        yield from objects


def contents(value: Any, a: tuple[Node, ...]) -> Iterator[str]:
    """Yields the texts that contain a JSON value."""
    text = json.dumps(value, ensure_ascii=False)
    flat = flatten(_NOWHERE, list(a))
    encoding = flat.notes.get("contentEncoding", ("",))[0]
    yield base64.b64encode(text.encode("utf-8", "surrogatepass")).decode() if encoding == "base64" else text


class _Nowhere:
    def referred(self, _: Node) -> Node | None:
        """Returns None: only the keywords beside a reference are needed."""

    def is_hidden(self, _: Node) -> bool:
        """Returns False."""
        return False


_NOWHERE = _Nowhere()
