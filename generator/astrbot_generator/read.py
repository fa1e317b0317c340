"""Reads YAML and JSON: plain values that know where they stand.

Values follow YAML 1.2's core schema, as OpenAPI asks for: `on`, `1_000` and `2026-01-01` are text. The events of the
parser are put together without recursion, so that no depth of nesting overflows a stack.
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
"""Of a number in any base: Python prints 4,300 decimal digits at most, and 3,500 hexadecimal digits are 4,215."""

_INTEGER = re.compile(r"[-+]?[0-9]+")
_OCTAL_OR_HEX = re.compile(r"0o[0-7]+|0x[0-9a-fA-F]+")
_FLOAT = re.compile(r"[-+]?(\.[0-9]+|[0-9]+(\.[0-9]*)?)([eE][-+]?[0-9]+)?")
_NOT_A_NUMBER = re.compile(r"[-+]?\.(inf|Inf|INF)|\.(nan|NaN|NAN)")
_WORDS = {"": None, "~": None, "null": None, "Null": None, "NULL": None}
_WORDS |= {"true": True, "True": True, "TRUE": True, "false": False, "False": False, "FALSE": False}  # type: ignore[dict-item]
_SURROGATES = re.compile(r"\\u([dD][89abAB][0-9a-fA-F]{2})\\u([dD][c-fC-F][0-9a-fA-F]{2})")


class Table(dict[str, Any]):
    """A mapping that knows where it and each of its members stand."""

    __slots__ = ("position", "positions")

    def __init__(self, position: Position) -> None:
        super().__init__()
        self.position = position
        self.positions: dict[str, Position] = {}

    def put(self, key: str, value: object, position: Position) -> None:
        """Adds a member that stands there."""
        self[key] = value
        self.positions[key] = position


class Row(list[Any]):
    """A sequence that knows where it and each of its items stand."""

    __slots__ = ("position", "positions")

    def __init__(self, position: Position) -> None:
        super().__init__()
        self.position = position
        self.positions: list[Position] = []

    def put(self, value: object, position: Position) -> None:
        """Adds an item that stands there."""
        self.append(value)
        self.positions.append(position)


def position_of(holder: Table | Row, key: str | int) -> Position:
    """Where a member (its name) or an item stands; where the holder stands if it has no such member."""
    if isinstance(holder, Table):
        return holder.positions.get(str(key), holder.position)
    return holder.positions[key] if isinstance(key, int) and key < len(holder.positions) else holder.position


def read(path: Path) -> Any:
    """The value that a YAML or JSON file holds; its mappings are `Table`, its sequences `Row`.

    Raises ContractError if the file cannot be read, is not YAML, is too large, repeats a key, or holds what JSON cannot
    (aliases that multiply, infinite numbers, tags of its own).
    """
    text = read_text(path)
    if text.lstrip().startswith("{"):
        text = _SURROGATES.sub(_joined, text)  # JSON spells astral characters as pairs, which YAML does not know
    return _Composer(shown(path)).compose(text)


def _joined(match: re.Match[str]) -> str:
    before = match.string[: match.start()]
    if (len(before) - len(before.rstrip("\\"))) % 2:  # the backslash itself is escaped: this is text
        return match[0]
    return bytes.fromhex(match[1] + match[2]).decode("utf-16-be")


class _Composer:
    """Puts the events of one file together."""

    def __init__(self, file: str) -> None:
        self.file = file
        self.anchors: dict[str, tuple[Any, int]] = {}
        self.count = 0

    def compose(self, text: str) -> Any:
        """The value of the only document in the text."""
        try:
            return self._document(yaml.parse(text, Loader=yaml.CSafeLoader))
        except yaml.MarkedYAMLError as error:
            mark = error.problem_mark or error.context_mark
            position: Position | str = (
                self.file if mark is None else Position(self.file, mark.line + 1, mark.column + 1)
            )
            raise ContractError(Problem(position, None, f"not YAML: {error.problem}", "mend it there")) from None
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
                self._refuse_tag(event, stack)
                position = self._position(event)
                value = Table(position) if kind is yaml.MappingStartEvent else Row(position)
                started = self.count
                self._add(stack, root, value, event)
                stack.append(_Open(value, event.anchor, started))
                if len(stack) > DEEPEST:
                    self._refuse(
                        event, stack, f"nested deeper than {DEEPEST} levels", "move the inner part into a component"
                    )
            elif kind is yaml.MappingEndEvent or kind is yaml.SequenceEndEvent:
                closed = stack.pop()
                if closed.anchor:
                    self.anchors[closed.anchor] = (closed.value, self.count - closed.started)
            elif kind is yaml.AliasEvent:
                self._alias(event, stack, root)
            elif kind is yaml.DocumentStartEvent and root:
                self._refuse(event, stack, "a second document in the file", "keep one document in each file")
        return root[0] if root else None

    def _add(self, stack: list[_Open], root: list[Any], value: Any, event: Any, size: int = 1) -> None:
        """Puts a value where the parser stands; text in the place of a key becomes the key."""
        self.count += size
        if self.count > MOST_VALUES:
            self._refuse(
                event, stack, f"holds more than {MOST_VALUES:,} values", "write it with $ref instead of YAML aliases"
            )
        position = self._position(event)
        if not stack:
            root.append(value)
            return
        holder = stack[-1]
        if isinstance(holder.value, Row):
            holder.value.put(value, position)
        elif holder.key is None:
            if type(event) is not yaml.ScalarEvent:
                self._refuse(event, stack, "a key that is not text", "use plain text as key")
            holder.key, holder.key_position = event.value, position
            holder.merges = event.value == "<<" and event.implicit[0]
        else:
            self._member(holder, value, event, stack)

    def _member(self, holder: _Open, value: Any, event: Any, stack: list[_Open]) -> None:
        table, key = cast(Table, holder.value), cast(str, holder.key)
        if holder.merges:
            for source in reversed(value if isinstance(value, Row) else [value]):
                if not isinstance(source, Table):
                    self._refuse(event, stack, "`<<` with something other than a mapping", "write the members out")
                holder.merged |= {name: (source[name], source.positions[name]) for name in source}
            for name, (merged, position) in holder.merged.items():
                if name not in table:
                    table.put(name, merged, position)
        elif key in table and key not in holder.merged:
            self._refuse(
                None, stack, f"the key `{key}` stands twice in one mapping", "keep one of the two", holder.key_position
            )
        else:
            holder.merged.pop(key, None)
            table.put(key, value, holder.key_position)
        holder.key = None

    def _alias(self, event: Any, stack: list[_Open], root: list[Any]) -> None:
        if event.anchor not in self.anchors:
            self._refuse(event, stack, f"the alias `*{event.anchor}` stands for nothing", "write the value out")
        value, size = self.anchors[event.anchor]
        self._add(stack, root, value, event, max(size, 1))

    def _scalar(self, event: Any, stack: list[_Open]) -> Any:
        self._refuse_tag(event, stack)
        text: str = event.value
        value: Any = text
        is_key = bool(stack) and isinstance(stack[-1].value, Table) and stack[-1].key is None
        if event.implicit[0] and not event.tag and not is_key:
            value = self._plain(text, event, stack)
        if event.anchor:
            self.anchors[event.anchor] = (value, 1)
        return value

    def _plain(self, text: str, event: Any, stack: list[_Open]) -> Any:
        """The value of unquoted text."""
        if text in _WORDS:
            return _WORDS[text]
        if _INTEGER.fullmatch(text):
            self._refuse_long_number(event, stack)
            return int(text)
        if _OCTAL_OR_HEX.fullmatch(text):
            self._refuse_long_number(event, stack)
            return int(text, 0)
        if _FLOAT.fullmatch(text):
            number = float(text)
            if number in (float("inf"), float("-inf")):
                self._refuse(event, stack, f"`{text}` is beyond what a number can hold", "write a smaller number")
            return number
        if _NOT_A_NUMBER.fullmatch(text):
            self._refuse(event, stack, f"`{text}` has no form in JSON", "use a finite number, or quote the text")
        return text

    def _refuse_long_number(self, event: Any, stack: list[_Open]) -> None:
        """Refuses an integer that Python would not print: nobody could say what is wrong with it."""
        if len(event.value) > MOST_DIGITS:
            self._refuse(event, stack, f"a number of more than {MOST_DIGITS:,} digits", "write a smaller number")

    def _refuse_tag(self, event: Any, stack: list[_Open]) -> None:
        plain = {None, "!", "tag:yaml.org,2002:str", "tag:yaml.org,2002:map", "tag:yaml.org,2002:seq"}
        if event.tag not in plain:
            self._refuse(event, stack, f"the tag `{event.tag}` has no form in JSON", "write the value without a tag")

    def _position(self, event: Any) -> Position:
        return Position(self.file, event.start_mark.line + 1, event.start_mark.column + 1)

    def _refuse(
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
