"""Reads YAML and JSON files into plain values that know their positions.

Values follow the core schema of YAML 1.2, as OpenAPI requires: `on`, `1_000` and `2026-01-01` are text. The parser's
events are combined without recursion, so that deep nesting cannot overflow the stack.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any, cast

import yaml

from astrbot_generator.errors import ContractError, Position, Problem
from astrbot_generator.pointer import join
from astrbot_generator.source_files import read_text, shown

MOST_VALUES = 1_000_000
DEEPEST = 200
MOST_DIGITS = 3_500
"""The limit for a number in any base: Python prints at most 4,300 decimal digits, and hexadecimal digits need more."""

_INTEGER = re.compile(r"[-+]?[0-9]+")
_OCTAL_OR_HEX = re.compile(r"0o[0-7]+|0x[0-9a-fA-F]+")
_FLOAT = re.compile(r"[-+]?(\.[0-9]+|[0-9]+(\.[0-9]*)?)([eE][-+]?[0-9]+)?")
_NOT_A_NUMBER = re.compile(r"[-+]?\.(inf|Inf|INF)|\.(nan|NaN|NAN)")
_WORDS = {"": None, "~": None, "null": None, "Null": None, "NULL": None}
_WORDS |= {"true": True, "True": True, "TRUE": True, "false": False, "False": False, "FALSE": False}  # type: ignore[dict-item]
_SURROGATES = re.compile(r"\\u([dD][89abAB][0-9a-fA-F]{2})\\u([dD][c-fC-F][0-9a-fA-F]{2})")


class Table(dict[str, Any]):
    """A mapping that knows its position and the position of each member."""

    __slots__ = ("position", "positions")

    def __init__(self, position: Position) -> None:
        super().__init__()
        self.position = position
        self.positions: dict[str, Position] = {}

    def put(self, key: str, value: object, position: Position) -> None:
        """Adds a member at this position."""
        self[key] = value
        self.positions[key] = position


class Row(list[Any]):
    """A sequence that knows its position and the position of each item."""

    __slots__ = ("position", "positions")

    def __init__(self, position: Position) -> None:
        super().__init__()
        self.position = position
        self.positions: list[Position] = []

    def put(self, value: object, position: Position) -> None:
        """Adds an item at this position."""
        self.append(value)
        self.positions.append(position)


def position_of(holder: Table | Row, key: str | int) -> Position:
    """Returns the position of a member (by name) or item (by index), or of the holder if it has no such member."""
    if isinstance(holder, Table):
        return holder.positions.get(str(key), holder.position)
    return holder.positions[key] if isinstance(key, int) and key < len(holder.positions) else holder.position


def read(path: Path) -> Any:
    """Returns the value of a YAML or JSON file; mappings become `Table`, sequences become `Row`.

    Raises ContractError if the file cannot be read, is not YAML, is too large, repeats a key, or contains values that
    JSON does not have (aliases that multiply, infinite numbers, custom tags).
    """
    text = read_text(path)
    if text.lstrip().startswith("{"):
        text = _SURROGATES.sub(
            _joined, text
        )  # JSON writes astral characters as surrogate pairs, which YAML does not support
    return _Composer(shown(path)).compose(text)


def _joined(match: re.Match[str]) -> str:
    before = match.string[: match.start()]
    if (len(before) - len(before.rstrip("\\"))) % 2:  # the backslash is escaped, so this is text
        return match[0]
    return bytes.fromhex(match[1] + match[2]).decode("utf-16-be")


class _Composer:
    """Builds the value of one file from the parser's events."""

    def __init__(self, file: str) -> None:
        self.file = file
        self.anchors: dict[str, tuple[Any, int]] = {}
        self.count = 0

    def compose(self, text: str) -> Any:
        """Returns the value of the only document in the text."""
        try:
            return self._document(yaml.parse(text, Loader=yaml.CSafeLoader))
        except yaml.MarkedYAMLError as error:
            mark = error.problem_mark or error.context_mark
            position: Position | str = (
                self.file if mark is None else Position(self.file, mark.line + 1, mark.column + 1)
            )
            raise ContractError(Problem(position, None, f"not YAML: {error.problem}", "fix the syntax there")) from None
        except yaml.reader.ReaderError as error:
            position = Position(self.file, text.count("\n", 0, error.position) + 1, 1)
            raise ContractError(Problem(position, None, f"not YAML: {error.reason}", "remove the character")) from None

    def _document(self, events: Iterator[Any]) -> Any:
        root: list[Any] = []
        stack: list[_Open] = []
        for event in events:
            kind = type(event)
            if kind is yaml.ScalarEvent:
                self._add(stack, root, self._scalar(event, stack), event)
            elif kind is yaml.MappingStartEvent or kind is yaml.SequenceStartEvent:
                self._reject_tag(event, stack)
                position = self._position(event)
                value = Table(position) if kind is yaml.MappingStartEvent else Row(position)
                started = self.count
                self._add(stack, root, value, event)
                stack.append(_Open(value, event.anchor, started))
                if len(stack) > DEEPEST:
                    self._reject(
                        event, stack, f"nested deeper than {DEEPEST} levels", "move the inner part into a component"
                    )
            elif kind is yaml.MappingEndEvent or kind is yaml.SequenceEndEvent:
                closed = stack.pop()
                if closed.anchor:
                    self.anchors[closed.anchor] = (closed.value, self.count - closed.started)
            elif kind is yaml.AliasEvent:
                self._alias(event, stack, root)
            elif kind is yaml.DocumentStartEvent and root:
                self._reject(event, stack, "a second document in the file", "keep one document in each file")
        return root[0] if root else None

    def _add(self, stack: list[_Open], root: list[Any], value: Any, event: Any, size: int = 1) -> None:
        """Adds a value at the parser's current position; a scalar in key position becomes the key."""
        self.count += size
        if self.count > MOST_VALUES:
            self._reject(event, stack, f"holds more than {MOST_VALUES:,} values", "use $ref instead of YAML aliases")
        position = self._position(event)
        if not stack:
            root.append(value)
            return
        holder = stack[-1]
        if isinstance(holder.value, Row):
            holder.value.put(value, position)
        elif holder.key is None:
            if type(event) is not yaml.ScalarEvent:
                self._reject(event, stack, "a key that is not text", "use a plain string as the key")
            holder.key, holder.key_position = event.value, position
            holder.merges = event.value == "<<" and event.implicit[0]
        else:
            self._member(holder, value, event, stack)

    def _member(self, holder: _Open, value: Any, event: Any, stack: list[_Open]) -> None:
        table, key = cast(Table, holder.value), cast(str, holder.key)
        if holder.merges:
            for source in reversed(value if isinstance(value, Row) else [value]):
                if not isinstance(source, Table):
                    self._reject(event, stack, "the value of `<<` is not a mapping", "write the members out")
                holder.merged |= {name: (source[name], source.positions[name]) for name in source}
            for name, (merged, position) in holder.merged.items():
                if name not in table:
                    table.put(name, merged, position)
        elif key in table and key not in holder.merged:
            self._reject(None, stack, f"duplicate key `{key}`", "keep one of the two", holder.key_position)
        else:
            holder.merged.pop(key, None)
            table.put(key, value, holder.key_position)
        holder.key = None

    def _alias(self, event: Any, stack: list[_Open], root: list[Any]) -> None:
        if event.anchor not in self.anchors:
            self._reject(event, stack, f"the alias `*{event.anchor}` has no anchor", "write the value out")
        value, size = self.anchors[event.anchor]
        self._add(stack, root, value, event, max(size, 1))

    def _scalar(self, event: Any, stack: list[_Open]) -> Any:
        self._reject_tag(event, stack)
        text: str = event.value
        value: Any = text
        is_key = bool(stack) and isinstance(stack[-1].value, Table) and stack[-1].key is None
        if event.implicit[0] and not event.tag and not is_key:
            value = self._plain(text, event, stack)
        if event.anchor:
            self.anchors[event.anchor] = (value, 1)
        return value

    def _plain(self, text: str, event: Any, stack: list[_Open]) -> Any:
        """Returns the value of unquoted text."""
        if text in _WORDS:
            return _WORDS[text]
        if _INTEGER.fullmatch(text):
            self._reject_long_number(event, stack)
            return int(text)
        if _OCTAL_OR_HEX.fullmatch(text):
            self._reject_long_number(event, stack)
            return int(text, 0)
        if _FLOAT.fullmatch(text):
            number = float(text)
            if number in (float("inf"), float("-inf")):
                self._reject(event, stack, f"`{text}` is too large for a number", "write a smaller number")
            return number
        if _NOT_A_NUMBER.fullmatch(text):
            self._reject(event, stack, f"`{text}` cannot be written in JSON", "use a finite number, or quote the text")
        return text

    def _reject_long_number(self, event: Any, stack: list[_Open]) -> None:
        """Rejects an integer that is too long for Python to print, because no message could show it."""
        if len(event.value) > MOST_DIGITS:
            self._reject(event, stack, f"a number of more than {MOST_DIGITS:,} digits", "write a smaller number")

    def _reject_tag(self, event: Any, stack: list[_Open]) -> None:
        plain = {None, "!", "tag:yaml.org,2002:str", "tag:yaml.org,2002:map", "tag:yaml.org,2002:seq"}
        if event.tag not in plain:
            self._reject(
                event, stack, f"the tag `{event.tag}` cannot be written in JSON", "write the value without a tag"
            )

    def _position(self, event: Any) -> Position:
        return Position(self.file, event.start_mark.line + 1, event.start_mark.column + 1)

    def _reject(
        self, event: Any, stack: list[_Open], wrong: str, remedy: str, position: Position | None = None
    ) -> None:
        pointer = ""
        for holder in stack:
            inner = holder is not stack[-1]
            token = holder.key if isinstance(holder.value, Table) else len(holder.value) - inner
            pointer = pointer if token is None else join(pointer, token)
        raise ContractError(Problem(position or self._position(event), pointer, wrong, remedy))


class _Open:
    """A mapping or sequence that is being filled."""

    __slots__ = ("anchor", "key", "key_position", "merged", "merges", "started", "value")

    def __init__(self, value: Table | Row, anchor: str | None, started: int) -> None:
        self.value = value
        self.anchor = anchor
        self.started = started
        self.key: str | None = None
        self.key_position = value.position
        self.merges = False
        self.merged: dict[str, tuple[Any, Position]] = {}
