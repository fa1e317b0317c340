"""Values as text on the wire: the values that a reader may understand when a value is sent as text.

A query parameter `1` can be read as a number, as a text, or as a list with one item.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator
from itertools import islice, product
from math import prod
from typing import Any

from astrbot_generator.gate.schema.normalize import Medium

_MOST = 64
"""The most readings of one value. A value with more is not used, because one of the others may be accepted."""
_INTEGER = re.compile(r"-?[0-9]{1,300}")
_NUMBER = re.compile(r"-?[0-9]{1,300}(?:\.[0-9]{1,300})?(?:[eE][-+]?[0-9]{1,2})?")


def readings(value: Any, medium: Medium) -> list[Any]:
    """Returns the values that a reader may understand; an empty list if the value cannot be sent."""
    if medium == "json":
        return [value]
    if medium == "xml":
        return list(_of_element(value))
    if medium == "form":
        if not isinstance(value, dict):
            return [value]
        return [dict(zip(value, chosen, strict=True)) for chosen in _each(value.values(), _of_field)]
    return list(_of_text(value, joined=medium == "text"))


def part_of(medium: Medium, labels: list[str]) -> Medium:
    """Returns how a part of a value is sent; `labels` are those of the steps that lead to it."""
    steps = [label for label in labels if label != "branch"]
    if "content" in steps:
        return "json"
    if medium != "form" or not steps:
        return medium
    return "list" if set(steps[1:]) <= {"item"} else "json"  # an object in a field of a form is JSON


def _of_element(value: Any) -> Iterator[Any]:
    """Yields the readings of an XML element: the text in it can be a number."""
    if isinstance(value, dict):
        yield from (dict(zip(value, chosen, strict=True)) for chosen in _each(value.values(), _of_element))
    elif isinstance(value, list):
        yield from (list(chosen) for chosen in _each(value, _of_element))
    elif value is None:
        yield value
    else:
        yield from _of_scalar(value, text_of(value))


def _of_field(value: Any) -> Iterator[Any]:
    """Yields the readings of a form field; an object in it is JSON."""
    if isinstance(value, dict):
        yield value
    else:
        yield from _of_text(value, joined=False)


def _of_text(value: Any, *, joined: bool) -> Iterator[Any]:
    if isinstance(value, dict):
        members = _each(value.values(), lambda inner: _of_text(inner, joined=joined)) if value else ()
        yield from (dict(zip(value, chosen, strict=True)) for chosen in members)
    elif isinstance(value, list):
        yield from _of_list(value, joined=joined)
    elif value is not None:
        text = text_of(value)
        items = text.split(",") if joined else [text]
        read = [list(chosen) for chosen in _each(items, lambda item: _of_scalar(item, item))]
        yield from (*_of_scalar(value, text), *read) if read else ()


def _of_list(items: list[Any], *, joined: bool) -> Iterator[Any]:
    if any(isinstance(item, dict | list) for item in items):
        yield items
        return
    if not items or None in items:
        return
    read = [list(chosen) for chosen in _each(items, lambda item: _of_scalar(item, text_of(item)))]
    if not read:
        return
    yield from read
    if joined:
        yield ",".join(map(text_of, items))
    elif len(items) == 1:
        yield from _of_scalar(items[0], text_of(items[0]))


def _of_scalar(value: Any, text: str) -> Iterator[Any]:
    yield value
    if not isinstance(value, str):
        yield text
    elif _INTEGER.fullmatch(text):
        yield int(text)
    elif _NUMBER.fullmatch(text):
        yield float(text)
    elif text in ("true", "false"):
        yield text == "true"


def _each(values: Any, read: Callable[[Any], Iterator[Any]]) -> Iterator[tuple[Any, ...]]:
    """Yields the combinations of the readings of several values; none if there are too many."""
    choices = [list(islice(read(value), _MOST + 1)) for value in values]
    yield from product(*choices) if prod(map(len, choices)) <= _MOST else ()


def text_of(value: Any) -> str:
    """Returns a scalar as text."""
    return value if isinstance(value, str) else json.dumps(value)
