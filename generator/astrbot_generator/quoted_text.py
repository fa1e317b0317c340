"""The boundary between the text of a contract and the files that are generated from it.

A template, and any function that puts a file together, can only print values that know how to print themselves:
`PythonText` in code and `MarkdownText` in pages. Text of a contract is a plain `str` and becomes one of them only
through a function that quotes it: `literal`, `docstring` and `Identifier` here, `prose` and `code_span` in
`markdown_text`. A template that forgets it raises UnquotedText when it is rendered, so no such file is ever written.

Operations on these types (`+`, f-strings, `str.join`) return a plain `str` again, which cannot be printed either. To
put parts together, use `python`, `markdown` and `joined`.
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
"""The quotes that could end a docstring, or begin one with too many."""
Printed = TypeVar("Printed", "PythonText", "MarkdownText")


class UnquotedText(TypeError):
    """Text that was not quoted would have reached a generated file: a mistake in a template or a renderer."""


class PythonText(str):
    """Source text of Python: written in this package, or made of a contract by a function that quotes it."""

    __slots__ = ()


class MarkdownText(str):
    """Source text of Markdown: written in this package, or made of a contract by a function that quotes it."""

    __slots__ = ()


class Identifier(PythonText):
    """A name in generated code.

    Raises UnquotedText if Python would not read it as one name that is spelled exactly so.
    """

    __slots__ = ()

    def __new__(cls, name: str) -> Self:
        """Returns the name, if it is one."""
        if not name.isidentifier() or keyword.iskeyword(name):
            raise UnquotedText(f"{name!a} is not a name in Python")
        return super().__new__(cls, name)


def python(template: str, *values: PythonText | int) -> PythonText:
    """Returns Python text: a template, written out where this is called, with quoted values in place of its `{}`."""
    return PythonText(template.format(*_checked(PythonText, values)))


def markdown(template: str, *values: MarkdownText | int) -> MarkdownText:
    """Returns Markdown: a template, written out where this is called, with quoted values in place of its `{}`."""
    return MarkdownText(template.format(*_checked(MarkdownText, values)))


def joined(separator: Printed, items: Iterable[Printed]) -> Printed:
    """Returns the items with the separator between them, as text of the same kind."""
    kind = type(separator)
    return kind(separator.join(_checked(kind, items)))


def finalizer(kind: type[PythonText | MarkdownText]) -> Callable[[Any], Any]:
    """Returns what a template environment calls on every value it prints: raises UnquotedText for any other kind."""

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
        return python(
            "{{{}}}", joined(comma, (python("{}: {}", literal(key), literal(item)) for key, item in value.items()))
        )
    raise UnquotedText(f"{type(value).__name__} has no literal")


def docstring(text: str) -> PythonText:
    '''Returns a text as one line that can stand anywhere inside `"""`, at its beginning and at its end too.'''
    text = printable(" ".join(text.split()).replace("\\", "\\\\"))
    return PythonText(_QUOTES.sub(lambda match: '\\"' * len(match[0]), text))


def _checked(kind: type[Any], values: Iterable[Any]) -> list[Any]:
    """Returns the values if each of them may be printed in text of this kind."""
    checked = list(values)
    for value in checked:
        if not isinstance(value, kind) and type(value) not in (int, bool):
            raise UnquotedText(f"a {type(value).__name__} would be printed as {kind.__name__}; quote it first")
    return checked
