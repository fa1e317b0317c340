"""Reads YAML and JSON files into plain values that know their positions.

Values follow the core schema of YAML 1.2, as OpenAPI requires: `on`, `1_000` and `2026-01-01` are text. The parser's
events are combined without recursion, so that deep nesting cannot overflow the stack.
"""

from __future__ import annotations

import math
import re
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, NoReturn

import yaml

from astrbot_generator.errors import ContractError, Position, Problem
from astrbot_generator.pointer import join
from astrbot_generator.source_files import read_text, shown

MOST_VALUES = 1_000_000
DEEPEST = 200
MOST_DIGITS = 3_500
"""The limit for a number in any base: Python prints at most 4,300 decimal digits, and hexadecimal digits need more."""

_INTEGERS = ((re.compile(r"[-+]?[0-9]+"), 10), (re.compile(r"0o[0-7]+|0x[0-9a-fA-F]+"), 0))
"""Each pattern with the base that `int` needs; with 0 it follows the prefix."""
_FLOAT = re.compile(r"[-+]?(\.[0-9]+|[0-9]+(\.[0-9]*)?)([eE][-+]?[0-9]+)?")
_NOT_A_NUMBER = re.compile(r"[-+]?\.(inf|Inf|INF)|\.(nan|NaN|NAN)")
_WORDS = {"": None, "~": None, "null": None, "Null": None, "NULL": None}
_WORDS |= {"true": True, "True": True, "TRUE": True, "false": False, "False": False, "FALSE": False}  # type: ignore[dict-item]
_PLAIN_TAGS = (None, "!", "tag:yaml.org,2002:str", "tag:yaml.org,2002:map", "tag:yaml.org,2002:seq")
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

    def copied(self, *, without: str | None = None) -> Table:
        """Returns a copy that shares the values, optionally without one member."""
        copy = Table(self.position)
        for key in self:
            if key != without:
                copy.put(key, self[key], self.positions[key])
        return copy


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

    def copied(self) -> Row:
        """Returns a copy that shares the items."""
        copy = Row(self.position)
        copy.extend(self)
        copy.positions = list(self.positions)
        return copy


def position_of(holder: Table | Row, key: str | int) -> Position:
    """Returns the position of a member (by name) or item (by index), or of the holder if it has no such member."""
    if isinstance(holder, Table):
        return holder.positions.get(str(key), holder.position)
    return holder.positions[key] if isinstance(key, int) and key < len(holder.positions) else holder.position


def problem_at(holder: Table | Row, key: str | int, pointer: str, wrong: str, remedy: str) -> Problem:
    """Returns a problem of a member or item; `pointer` leads to its holder."""
    return Problem(position_of(holder, key), join(pointer, key), wrong, remedy)


def read(path: Path, *, repeats: bool = False) -> Any:
    """Returns the value of a YAML or JSON file; mappings become `Table`, sequences become `Row`.

    If it may contain `repeats` of a key, the last one counts.

    Raises ContractError if the file cannot be read, is not YAML, is too large, repeats a key, or contains values that
    JSON does not have (aliases that multiply, infinite numbers, custom tags).
    """
    text = read_text(path)
    if text.lstrip().startswith("{"):
        # JSON writes astral characters as surrogate pairs, which YAML does not support.
        text = _SURROGATES.sub(_joined, text)
    return _Composer(shown(path), repeats=repeats).compose(text)


def _joined(match: re.Match[str]) -> str:
    before = match.string[: match.start()]
    if (len(before) - len(before.rstrip("\\"))) % 2:  # the backslash is escaped, so this is text
        return match[0]
    return bytes.fromhex(match[1] + match[2]).decode("utf-16-be")


@dataclass(slots=True)
class _Open:
    """A mapping or sequence that is being filled."""

    value: Table | Row
    anchor: str | None
    started: int
    """How many values were read before its own."""
    key_position: Position
    key: str | None = None
    merges: bool = False
    """Whether the key is `<<`."""
    merged: dict[str, tuple[Any, Position]] = field(default_factory=dict)


class _Composer:
    """Builds the value of one file from the parser's events."""

    def __init__(self, file: str, *, repeats: bool = False) -> None:
        self.file = file
        self.repeats = repeats
        self.anchors: dict[str, tuple[Any, int]] = {}
        self.count = 0
        self.root: list[Any] = []
        self.stack: list[_Open] = []

    def compose(self, text: str) -> Any:
        """Returns the value of the only document in the text."""
        try:
            for event in yaml.parse(text, Loader=yaml.CSafeLoader):
                self._take(event)
        except yaml.MarkedYAMLError as error:
            mark = error.problem_mark or error.context_mark
            position: Position | str = self.file
            if mark is not None:
                position = Position(self.file, mark.line + 1, mark.column + 1)
            raise ContractError.at(position, f"not YAML: {error.problem}", "fix the syntax there") from None
        except yaml.reader.ReaderError as error:
            position = Position(self.file, text.count("\n", 0, error.position) + 1, 1)
            raise ContractError.at(position, f"not YAML: {error.reason}", "remove the character") from None
        return self.root[0] if self.root else None

    def _take(self, event: Any) -> None:
        kind = type(event)
        if kind is yaml.ScalarEvent:
            self._add(self._scalar(event), event)
        elif kind is yaml.MappingStartEvent or kind is yaml.SequenceStartEvent:
            self._reject_tag(event)
            position = self._position(event)
            value = Table(position) if kind is yaml.MappingStartEvent else Row(position)
            opened = _Open(value, event.anchor, self.count, position)
            self._add(value, event)
            self.stack.append(opened)
            if len(self.stack) > DEEPEST:
                self._reject(event, f"nested deeper than {DEEPEST} levels", "move the inner part into a component")
        elif kind is yaml.MappingEndEvent or kind is yaml.SequenceEndEvent:
            closed = self.stack.pop()
            if closed.anchor:
                self.anchors[closed.anchor] = (closed.value, self.count - closed.started)
        elif kind is yaml.AliasEvent:
            if event.anchor not in self.anchors:
                self._reject(event, f"the alias `*{event.anchor}` has no anchor", "write the value out")
            alias, size = self.anchors[event.anchor]
            self._add(alias, event, max(size, 1))
        elif kind is yaml.DocumentStartEvent and self.root:
            self._reject(event, "a second document in the file", "keep one document in each file")

    def _add(self, value: Any, event: Any, size: int = 1) -> None:
        """Adds a value at the parser's current position; a scalar in key position becomes the key."""
        self.count += size
        if self.count > MOST_VALUES:
            self._reject(event, f"holds more than {MOST_VALUES:,} values", "use $ref instead of YAML aliases")
        position = self._position(event)
        if not self.stack:
            self.root.append(value)
            return
        holder = self.stack[-1]
        if isinstance(holder.value, Row):
            holder.value.put(value, position)
        elif holder.key is None:
            if type(event) is not yaml.ScalarEvent:
                self._reject(event, "a key that is not text", "use a plain string as the key")
            holder.key, holder.key_position = event.value, position
            holder.merges = event.value == "<<" and event.implicit[0]
        else:
            self._member(holder, holder.value, holder.key, value, event)
            holder.key = None

    def _member(self, holder: _Open, table: Table, key: str, value: Any, event: Any) -> None:
        if holder.merges:
            for source in reversed(value if isinstance(value, Row) else [value]):
                if not isinstance(source, Table):
                    self._reject(event, "the value of `<<` is not a mapping", "write the members out")
                holder.merged |= {name: (source[name], source.positions[name]) for name in source}
            for name, (merged, position) in holder.merged.items():
                if name not in table:
                    table.put(name, merged, position)
        elif key in table and key not in holder.merged and not self.repeats:
            self._reject(event, f"duplicate key `{key}`", "keep one of the two", holder.key_position)
        else:
            holder.merged.pop(key, None)
            table.put(key, value, holder.key_position)

    def _scalar(self, event: Any) -> Any:
        self._reject_tag(event)
        holder = self.stack[-1] if self.stack else None
        is_key = holder is not None and isinstance(holder.value, Table) and holder.key is None
        value = self._plain(event.value, event) if event.implicit[0] and not event.tag and not is_key else event.value
        if event.anchor:
            self.anchors[event.anchor] = (value, 1)
        return value

    def _plain(self, text: str, event: Any) -> Any:
        """Returns the value of unquoted text."""
        if text in _WORDS:
            return _WORDS[text]
        for pattern, base in _INTEGERS:
            if pattern.fullmatch(text):
                if len(text) > MOST_DIGITS:  # Python could not print it, so no message could show it
                    self._reject(event, f"a number of more than {MOST_DIGITS:,} digits", "write a smaller number")
                return int(text, base)
        if _FLOAT.fullmatch(text):
            number = float(text)
            if math.isinf(number):
                self._reject(event, f"`{text}` is too large for a number", "write a smaller number")
            return number
        if _NOT_A_NUMBER.fullmatch(text):
            self._reject(event, f"`{text}` cannot be written in JSON", "use a finite number, or quote the text")
        return text

    def _reject_tag(self, event: Any) -> None:
        if event.tag not in _PLAIN_TAGS:
            self._reject(event, f"the tag `{event.tag}` cannot be written in JSON", "write the value without a tag")

    def _position(self, event: Any) -> Position:
        return Position(self.file, event.start_mark.line + 1, event.start_mark.column + 1)

    def _reject(self, event: Any, wrong: str, remedy: str, position: Position | None = None) -> NoReturn:
        pointer = ""
        for holder in self.stack:
            inner = holder is not self.stack[-1]
            token = holder.key if isinstance(holder.value, Table) else len(holder.value) - inner
            pointer = pointer if token is None else join(pointer, token)
        raise ContractError(Problem(position or self._position(event), pointer, wrong, remedy))
