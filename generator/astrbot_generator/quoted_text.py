"""The boundary between the text of a contract and the files that are generated from it.

Templates, and functions that build a file, can only print quoted values: `PythonText` in code and `MarkdownText` in
pages. Text of a contract is a plain `str`. Only a quoting function turns it into one of the two: `literal`, `docstring`
and `Identifier` here, `prose` and `code_span` in `markdown_text`. A template that prints unquoted text raises
UnquotedText when it is rendered, so the file is never written.

Operations on these types (`+`, f-strings, `str.join`) return a plain `str`, which cannot be printed. To combine parts,
use `python`, `markdown` and `joined`.
"""

from __future__ import annotations

import json
import keyword
import math
import re
from collections.abc import Callable, Iterable
from typing import Any, Self, TypeVar

from astrbot_generator.printable import printable

_QUOTES = re.compile(r'"""|^"|"$')
"""Quotes that could end a docstring, or merge with its opening quotes."""
Printed = TypeVar("Printed", "PythonText", "MarkdownText")


class UnquotedText(TypeError):
    """Unquoted text would have reached a generated file: a bug in a template or renderer."""


class PythonText(str):
    """Python source text: written in this package, or quoted text of a contract."""

    __slots__ = ()


class MarkdownText(str):
    """Markdown source text: written in this package, or quoted text of a contract."""

    __slots__ = ()


class Identifier(PythonText):
    """A name in generated code.

    Raises UnquotedText if it is not a valid Python name.
    """

    __slots__ = ()

    def __new__(cls, name: str) -> Self:
        """Returns the name if it is valid."""
        if not name.isidentifier() or keyword.iskeyword(name):
            raise UnquotedText(f"{name!a} is not a name in Python")
        return super().__new__(cls, name)


def python(template: str, *values: PythonText | int) -> PythonText:
    """Returns Python text: a literal template with quoted values in place of `{}`."""
    return PythonText(template.format(*_checked(PythonText, values)))


def markdown(template: str, *values: MarkdownText | int) -> MarkdownText:
    """Returns Markdown: a literal template with quoted values in place of `{}`."""
    return MarkdownText(template.format(*_checked(MarkdownText, values)))


def joined(separator: Printed, items: Iterable[Printed]) -> Printed:
    """Returns the items with the separator between them, as text of the same kind."""
    kind = type(separator)
    return kind(separator.join(_checked(kind, items)))


def finalizer(kind: type[PythonText | MarkdownText]) -> Callable[[Any], Any]:
    """Returns the function that checks every value a template prints; it raises UnquotedText for any other kind."""

    def finalize(value: Any) -> Any:
        (checked,) = _checked(kind, [value])
        return checked

    return finalize


def literal(value: Any) -> PythonText:
    """Returns a JSON value, or a tuple, as a Python literal of ASCII and printable characters.

    Raises UnquotedText for anything else.
    """
    if isinstance(value, str):
        return PythonText(printable(json.dumps(str(value), ensure_ascii=False)))
    if value is None or isinstance(value, bool | int) or (isinstance(value, float) and math.isfinite(value)):
        return PythonText(repr(value))
    comma = python(", ")
    if isinstance(value, tuple):
        inside = joined(comma, map(literal, value))
        return python("({},)", inside) if len(value) == 1 else python("({})", inside)
    if isinstance(value, list):
        return python("[{}]", joined(comma, map(literal, value)))
    if isinstance(value, dict):
        members = (python("{}: {}", literal(key), literal(item)) for key, item in value.items())
        return python("{{{}}}", joined(comma, members))
    raise UnquotedText(f"{type(value).__name__} has no literal")


def docstring(text: str) -> PythonText:
    '''Returns a text as one line that is safe at any position inside `"""`, also at the beginning and the end.'''
    text = printable(" ".join(text.split()).replace("\\", "\\\\"))
    return PythonText(_QUOTES.sub(lambda match: '\\"' * len(match[0]), text))


def _checked(kind: type[Any], values: Iterable[Any]) -> list[Any]:
    """Returns the values if each may be printed in text of this kind."""
    checked = list(values)
    for value in checked:
        if not isinstance(value, kind) and type(value) not in (int, bool):
            raise UnquotedText(f"a {type(value).__name__} would be printed as {kind.__name__}; quote it first")
    return checked
