"""Turns a regular expression of a JSON Schema into automata. Patterns follow ECMA-262 and match anywhere in a string.

A pattern becomes one automaton, and one more for each lookahead at its beginning. Other lookarounds, back references
and flags are not supported: they are not regular, or mean something else in Python.
"""

from __future__ import annotations

import re
import warnings
from dataclasses import dataclass, field
from functools import cache
from importlib import import_module
from typing import Any, Literal, NamedTuple

_parser: Any = import_module("re._parser")  # private, so type checkers do not know it

Ranges = tuple[tuple[int, int], ...]
"""Code points, as sorted ranges that do not overlap."""
Condition = Literal["", "start", "end", "boundary", "inside"]
"""The position at which an edge without a character can be followed; empty for every position."""

LAST = 0x10FFFF
EVERY: Ranges = ((0, 0xD7FF), (0xE000, LAST))
"""All characters; halves of surrogate pairs are none."""
WORD: Ranges = ((0x30, 0x39), (0x41, 0x5A), (0x5F, 0x5F), (0x61, 0x7A))
_DIGIT: Ranges = ((0x30, 0x39),)
_SPACE: Ranges = (
    (0x09, 0x0D), (0x20, 0x20), (0xA0, 0xA0), (0x1680, 0x1680), (0x2000, 0x200A), (0x2028, 0x2029), (0x202F, 0x202F),
    (0x205F, 0x205F), (0x3000, 0x3000), (0xFEFF, 0xFEFF),
)  # fmt: skip
_NEW_LINES: Ranges = ((0x0A, 0x0A), (0x0D, 0x0D), (0x2028, 0x2029))
_CATEGORIES = {"DIGIT": _DIGIT, "SPACE": _SPACE, "WORD": WORD}
_CONDITIONS: dict[str, Condition] = {
    "AT_BEGINNING": "start",
    "AT_END": "end",
    "AT_BOUNDARY": "boundary",
    "AT_NON_BOUNDARY": "inside",
}
_LONGEST = 2_000
_MOST_STATES = 3_000
_MOST_PARTS = 20_000
_TOKEN = re.compile(
    r"(?P<escape>\\.)|(?P<set>\[\^?(?:\\.|[^\]\\])*\])|(?P<name>\(\?<(?![=!]))|(?P<other>[^\\\[])", re.DOTALL
)
_ONLY_PYTHON = re.compile(r"\{,|\(\?[#(>P]|[*+?}]\+")
_ONLY_PYTHON_ESCAPES = ("\\A", "\\Z", "\\a")
"""Syntax that Python reads in another way than ECMA-262."""


class NotSupported(Exception):
    """A pattern has no automaton, or one that is too large."""


class Edge(NamedTuple):
    """A way from one state to another."""

    target: int
    characters: Ranges = ()
    """The characters that it consumes; empty if it consumes none."""
    condition: Condition = ""


@dataclass
class Automaton:
    """A nondeterministic automaton that reads a whole string. State 0 is the first, state 1 the accepting one."""

    edges: list[list[Edge]] = field(default_factory=lambda: [[], []])
    sets: dict[int, Ranges] = field(default_factory=dict)
    """The characters of each set, which is parsed once but repeated."""
    parts: int = 0
    """How many parts of the pattern were added, including repetitions."""

    def state(self) -> int:
        """Returns a new state."""
        if len(self.edges) >= _MOST_STATES:
            raise NotSupported
        self.edges.append([])
        return len(self.edges) - 1

    def add(self, source: int, *edge: Any) -> None:
        """Adds an edge."""
        self.edges[source].append(Edge(*edge))


class Pattern(NamedTuple):
    """A string matches if it matches every automaton in `all_of` and none in `none_of`."""

    all_of: tuple[Automaton, ...]
    none_of: tuple[Automaton, ...]


@cache
def pattern_of(text: str) -> Pattern | None:
    """Returns the automata of a pattern; None if it is not supported."""
    python = _in_python(text) if len(text) <= _LONGEST else None
    if python is None:
        return None
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            parsed = _parser.parse(python)
        if parsed.state.flags != re.UNICODE:
            return None
        return _pattern(list(parsed))
    except (re.error, RecursionError, OverflowError, ValueError, NotSupported):
        return None


def _in_python(text: str) -> str | None:
    """Returns a pattern in the syntax of Python; None if Python reads a part of it in another way."""
    plain, python = [], []
    for match in _TOKEN.finditer(text):
        if match["escape"] in _ONLY_PYTHON_ESCAPES:
            return None
        plain.append(match["name"] or match["other"] or " ")
        python.append("(?P<" if match["name"] else match[0])
    whole = "".join(python)
    lost = len(whole) - python.count("(?P<") != len(text)
    return None if lost or _ONLY_PYTHON.search("".join(plain)) else whole


def _pattern(parsed: list[Any]) -> Pattern:
    """Splits the lookaheads at the beginning from the rest."""
    sides: dict[str, list[Automaton]] = {"ASSERT": [], "ASSERT_NOT": []}
    anchored = bool(parsed) and str(parsed[0][0]) == "AT" and str(parsed[0][1]) == "AT_BEGINNING"
    while anchored and len(parsed) > 1 and str(parsed[1][0]) in sides:
        word, (direction, inner) = parsed.pop(1)
        if direction != 1:
            raise NotSupported
        sides[str(word)].append(_automaton([parsed[0], *inner]))
    return Pattern((_automaton(parsed), *sides["ASSERT"]), tuple(sides["ASSERT_NOT"]))


def _automaton(parsed: list[Any]) -> Automaton:
    automaton = Automaton()
    first = automaton.state()
    automaton.add(0, 0, EVERY)
    automaton.add(0, first)
    automaton.add(_sequence(automaton, first, parsed), 1)
    automaton.add(1, 1, EVERY)
    return automaton


def _sequence(automaton: Automaton, state: int, parsed: Any) -> int:
    """Adds the parts of a sequence; returns the state after them."""
    for word, value in parsed:
        state = _part(automaton, state, str(word), value)
        automaton.parts += 1
    if automaton.parts > _MOST_PARTS:
        raise NotSupported
    return state


def _part(automaton: Automaton, state: int, word: str, value: Any) -> int:
    if word in ("MAX_REPEAT", "MIN_REPEAT"):
        return _repeated(automaton, state, *value)
    if word == "SUBPATTERN":
        _, added, dropped, inner = value
        if added or dropped:
            raise NotSupported
        return _sequence(automaton, state, inner)
    after = automaton.state()
    if word == "BRANCH":
        for branch in value[1]:
            automaton.add(_sequence(automaton, state, branch), after)
    elif word == "AT":
        if str(value) not in _CONDITIONS:
            raise NotSupported
        automaton.add(state, after, (), _CONDITIONS[str(value)])
    else:
        if id(value) not in automaton.sets or word != "IN":
            automaton.sets[id(value)] = characters_of(word, value)
        automaton.add(state, after, automaton.sets[id(value)])
    return after


def _repeated(automaton: Automaton, state: int, least: int, most: Any, inner: Any) -> int:
    if least > _MOST_STATES:
        raise NotSupported
    for _ in range(least):
        automaton.parts += 1
        state = _sequence(automaton, state, inner)
    if str(most) == "MAXREPEAT":
        loop, after = automaton.state(), automaton.state()
        automaton.add(state, loop)
        automaton.add(_sequence(automaton, loop, inner), loop)
        automaton.add(loop, after)
        return after
    after = automaton.state()
    automaton.add(state, after)
    if int(most) - least > _MOST_STATES:
        raise NotSupported
    for _ in range(int(most) - least):
        automaton.parts += 1
        state = _sequence(automaton, state, inner)
        automaton.add(state, after)
    return after


def characters_of(word: str, value: Any) -> Ranges:
    """Returns the characters that a part of a parsed pattern matches."""
    if word == "ANY":
        return without(_NEW_LINES)
    if word in ("LITERAL", "NOT_LITERAL"):
        one = ((value, value),)
        return one if word == "LITERAL" else without(one)
    if word == "RANGE":
        return (tuple(value),)
    if word == "CATEGORY":
        _, _, name = str(value).partition("_")
        return without(_CATEGORIES[name.removeprefix("NOT_")]) if name.startswith("NOT_") else _CATEGORIES[name]
    if word == "IN":
        negated = bool(value) and str(value[0][0]) == "NEGATE"
        found = [one for item in value[negated:] for one in characters_of(str(item[0]), item[1])]
        return without(tuple(found)) if negated else _merged(found)
    raise NotSupported


def _merged(ranges: Any) -> Ranges:
    found: list[tuple[int, int]] = []
    for low, high in sorted(ranges):
        if found and low <= found[-1][1] + 1:
            found[-1] = (found[-1][0], max(high, found[-1][1]))
        else:
            found.append((low, high))
    return tuple(found)


def without(ranges: Ranges) -> Ranges:
    """Returns all other characters."""
    found = []
    start = 0
    for low, high in _merged([*ranges, (0xD800, 0xDFFF)]):
        if start < low:
            found.append((start, low - 1))
        start = high + 1
    return (*found, (start, LAST)) if start <= LAST else tuple(found)
