"""Proposes strings that match regular expressions."""

from __future__ import annotations

import re
from importlib import import_module
from typing import Any

_parser: Any = import_module("re._parser")  # private, so type checkers do not know it
_CATEGORIES = {"CATEGORY_DIGIT": "0", "CATEGORY_SPACE": " ", "CATEGORY_WORD": "a"}
_NOT_CATEGORIES = {"CATEGORY_NOT_DIGIT": "a", "CATEGORY_NOT_SPACE": "a", "CATEGORY_NOT_WORD": "-"}
_MOST_REPEATS = 64


def example_of(pattern: str, extra: int = 0) -> str | None:
    """Returns a short string that matches, with `extra` more repetitions; None if none was found."""
    try:
        text = _text(_parser.parse(pattern), extra)
        return text if re.search(pattern, text) else None
    except (re.error, RecursionError, ValueError, OverflowError):
        return None


def _text(parsed: Any, extra: int) -> str:
    return "".join(_piece(str(word), value, extra) for word, value in parsed)


def _piece(word: str, value: Any, extra: int) -> str:
    if word == "LITERAL":
        return chr(value)
    if word == "NOT_LITERAL":
        return "a" if value != ord("a") else "b"
    if word == "ANY":
        return "a"
    if word == "IN":
        return _of_set(value)
    if word in ("MAX_REPEAT", "MIN_REPEAT", "POSSESSIVE_REPEAT"):
        least, most, inner = value
        return _text(inner, extra) * min(int(least) + (extra if most > least + extra else 0), _MOST_REPEATS)
    if word == "SUBPATTERN":
        return _text(value[-1], extra)
    if word == "ATOMIC_GROUP":
        return _text(value, extra)
    if word == "BRANCH":
        branches = value[1]
        return _text(branches[extra % len(branches)], extra)
    return ""  # AT, ASSERT and similar match no characters


def _of_set(items: Any) -> str:
    negated = bool(items) and str(items[0][0]) == "NEGATE"
    pattern_items = items[1:] if negated else items
    for candidate in "a0A-_ .b1Z9/@é~" if negated else "":
        if not any(_in(candidate, str(word), value) for word, value in pattern_items):
            return candidate
    for word, value in pattern_items:
        if str(word) == "LITERAL":
            return chr(value)
        if str(word) == "RANGE":
            return chr(value[0])
        if str(word) == "CATEGORY":
            return {**_CATEGORIES, **_NOT_CATEGORIES}[str(value)]
    return ""


def _in(text: str, word: str, value: Any) -> bool:
    if word == "LITERAL":
        return bool(ord(text) == value)
    if word == "RANGE":
        return bool(value[0] <= ord(text) <= value[1])
    tests = {
        "CATEGORY_DIGIT": text.isdigit(),
        "CATEGORY_SPACE": text.isspace(),
        "CATEGORY_WORD": text.isalnum() or text == "_",
    }
    name = str(value)
    return tests.get(name, False) if name in tests else not tests.get(name.replace("NOT_", ""), False)
