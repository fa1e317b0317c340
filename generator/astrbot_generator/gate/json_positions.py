"""Reads large JSON files at full speed and looks up positions on demand."""

from __future__ import annotations

import json
import math
import re
from bisect import bisect_left
from json.decoder import scanstring  # type: ignore[attr-defined]
from typing import Any, NoReturn

from astrbot_generator.errors import ContractError, Position
from astrbot_generator.pointer import split
from astrbot_generator.read import MOST_DIGITS

_END = re.compile(r"\n")
_BLANK = re.compile(r"[ \t\r\n]*")


def load_json(text: str, name: str, *, repeats: bool = False) -> Any:
    """Returns the value of a JSON text. Raises ContractError if it is invalid, repeats a key or nests too deeply.

    If it may contain `repeats` of a key, the last one counts.
    """

    def refuse(wrong: str, remedy: str, position: Position | str = name) -> NoReturn:
        raise ContractError.at(position, wrong, remedy) from None

    def mapping(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
        table = dict(pairs)
        if len(table) != len(pairs) and not repeats:
            keys = [key for key, _ in pairs]
            twice = next(key for key in keys if keys.count(key) > 1)
            refuse(f"duplicate key `{twice}`", "keep one of the two")
        return table

    def constant(word: str) -> NoReturn:
        refuse(f"`{word}` is not allowed in JSON", "use a finite number")

    def number(word: str) -> float:
        whole = word.removeprefix("-").isdigit()
        if len(word) > MOST_DIGITS or (not whole and not math.isfinite(float(word))):
            refuse(f"`{word[:20]}…` is too large for a number", "write a smaller number")
        return int(word) if whole else float(word)

    try:
        return json.loads(
            text, object_pairs_hook=mapping, parse_constant=constant, parse_float=number, parse_int=number
        )
    except json.JSONDecodeError as error:
        refuse(f"not valid JSON: {error.msg}", "fix the syntax there", Position(name, error.lineno, error.colno))
    except RecursionError:
        refuse("nested too deeply", "move inner parts into components")


def is_json(text: str) -> bool:
    """Returns whether a text is JSON, because YAML may look like JSON."""
    try:
        json.loads(text, parse_int=str)  # `load_json` rejects long numbers, with a message
    except RecursionError:
        return True
    except ValueError:
        return False
    return True


class JsonPositions:
    """The positions of the parts of a JSON text."""

    def __init__(self, text: str, name: str) -> None:
        self.text = text
        self.name = name
        self.ends = [match.start() for match in _END.finditer(text)]
        self.decoder = json.JSONDecoder()
        self.children: dict[int, dict[str, tuple[int, int]]] = {}
        """start of a container -> token -> (where its key or item starts, where its value starts)"""

    def position(self, pointer: str) -> Position:
        """Returns the position of a part, or of the innermost existing part around it."""
        shown = start = self._skip(0)
        for token in split(pointer):
            inside = self._inside(start).get(token)
            if inside is None:
                break
            shown, start = inside
        line = bisect_left(self.ends, shown)
        return Position(self.name, line + 1, shown - (self.ends[line - 1] + 1 if line else 0) + 1)

    def _skip(self, index: int) -> int:
        match = _BLANK.match(self.text, index)
        return match.end() if match else index

    def _inside(self, start: int) -> dict[str, tuple[int, int]]:
        """Returns the members of the mapping, or the items of the list, that starts there."""
        known = self.children.get(start)
        if known is not None:
            return known
        found: dict[str, tuple[int, int]] = {}
        opening = self.text[start]
        index = self._skip(start + 1)
        while opening in "{[" and self.text[index] not in "}]":
            key_at, token = index, str(len(found))
            if opening == "{":
                token, index = scanstring(self.text, index + 1)
                index = self._skip(self._skip(index) + 1)
            found[token] = (key_at, index)
            _, index = self.decoder.raw_decode(self.text, index)
            index = self._skip(index)
            if self.text[index] == ",":
                index = self._skip(index + 1)
        self.children[start] = found
        return found
