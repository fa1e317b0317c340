"""Takes apart text in the styles that OpenAPI has for parameters and forms. Generated; do not edit."""

from collections.abc import Iterable, Mapping
from typing import Any

from .wire import ALL, File, Place, listed, parsed, typed

DELIMITERS = {"form": ",", "spaceDelimited": " ", "pipeDelimited": "|"}
_DEEPEST = 10
"""The most names in brackets."""


def split(text: str, delimiter: str) -> list[str]:
    """Returns the values in a text; nothing in an empty text."""
    return text.split(delimiter) if text else []


def pairs(texts: Iterable[str]) -> dict[str, Any]:
    """Returns the members that a list of alternating names and values describes."""
    listed = list(texts)
    return dict(zip(listed[::2], listed[1::2], strict=False))


def assignments(texts: Iterable[str]) -> dict[str, Any]:
    """Returns the members that a list of `name=value` describes."""
    return {name: value for name, _, value in (text.partition("=") for text in texts)}


def bracketed(name: str, sent: Iterable[tuple[str, Any]]) -> dict[str, Any]:
    """Returns the members that `name[member]=value` and `name[member][inner]=value` describe."""
    members: dict[str, Any] = {}
    for key, value in sent:
        if key.startswith(f"{name}[") and key.endswith("]"):
            _add(members, key[len(name) + 1 : -1].split("]["), value)
    return members


def _add(members: dict[str, Any], names: list[str], value: Any) -> None:
    is_list = names[-1] == "" and len(names) > 1  # `name[member][]`
    *outer, last = names[:_DEEPEST][: -1 if is_list else None]
    for name in outer:
        members = members.setdefault(name, {})
        if not isinstance(members, dict):
            return
    if last in members:
        before = members[last]
        members[last] = [*before, value] if isinstance(before, list) else [before, value]
    else:
        members[last] = [value] if is_list else value


def form_value(place: Place, encoding: Mapping[str, Any], sent: Iterable[tuple[str, "str | File"]]) -> dict[str, Any]:
    """Returns a form as the JSON value that its schema describes.

    encoding: how each part is encoded, as the contract says.
    """
    waiting = list(sent)
    value: dict[str, Any] = {}
    for name, how in encoding.items():
        waiting = _encoded(place, name, how, waiting, value)
    found: dict[str, list[Any]] = {}
    for name, part in waiting:
        found.setdefault(name, []).append(part)
    return value | {name: listed(place.member(name), parts) for name, parts in found.items()}


def _encoded(
    place: Place, name: str, how: Mapping[str, Any], sent: list[tuple[str, Any]], value: dict[str, Any]
) -> list[tuple[str, Any]]:
    """Adds a member that has a separate encoding to a value; returns the parts that remain."""
    member, style = place.member(name), how.get("style")
    explode = how.get("explode", style == "form")
    is_object = "object" in member.kinds and member.kinds != ALL
    own = [part for key, part in sent if key == name]
    if style == "deepObject":
        if members := bracketed(name, sent):
            value[name] = typed(member, members)
        return [(key, part) for key, part in sent if not key.startswith(f"{name}[")]
    if style == "form" and explode and is_object:
        inner = member.names - place.names
        if members := {key: part for key, part in sent if key in inner}:
            value[name] = typed(member, members)
        return [(key, part) for key, part in sent if key not in inner]
    if len(own) != 1 or not isinstance(own[0], str):
        return sent
    if style in DELIMITERS and not explode:
        parts = split(own[0], DELIMITERS[style])
        value[name] = typed(member, pairs(parts) if is_object else parts)
    elif "json" in str(how.get("contentType")):
        value[name] = next(parsed(own[0]), own[0])
    else:
        return sent
    return [(key, part) for key, part in sent if key != name]
