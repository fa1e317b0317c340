"""The names that generated code uses for the names of a contract.

The naming rule: a name consists of the letters, digits and underscores of the text, in Python's normal form (NFKC). It
is never a keyword or a name that generated code uses itself. Two texts may get the same name; `check` reports that.
"""

from __future__ import annotations

import builtins
import keyword
import re
import unicodedata
from collections.abc import Container

from astrbot_generator.quoted_text import Identifier

LONGEST_MODULE = 200
"""The longest module name in UTF-8 bytes: file systems allow 255, including suffixes."""
_TAKEN_CLASSES = frozenset(dir(builtins)) | frozenset(
    "Annotated Any BaseModel ConfigDict Field Literal MISSING Optional RootModel Union".split()
)
_TAKEN_METHODS = frozenset("bool bytes conforms delimited float int list models str".split())
"""Names in the annotations of a protocol: a method of that name would hide them."""
_TAKEN_MODULES = frozenset(
    "answers app authenticate authorize bodies contract dataclass derive exactness list mount route router routers "
    "routes routing security services sorted".split()
)
"""Modules next to those of the tags, and names in the module that imports all of them."""
_TAKEN_ARGUMENTS = frozenset({"caller", "body", "self", "service", "request"})
_WORD = re.compile(r"[A-Z][A-Z0-9]*(?![a-z])|[A-Z]?[a-z][a-z0-9]*|[A-Z]|[0-9]+|[^\W\dA-Za-z_]+")


def class_name(name: str) -> Identifier:
    """Returns the class name of a component: its own name if that is a valid class name, else in PascalCase."""
    name = _normalized(name)
    if not name.isidentifier() or name.startswith("_"):
        words = [word for word in re.split(r"\W+|^_+", name) if word]
        name = "".join(word[:1].upper() + word[1:] for word in words)
    return _free(name, "Model", _TAKEN_CLASSES)


def free_class_name(name: str, taken: Container[str]) -> Identifier:
    """Returns the class name of a text; a number is appended if the name is taken."""
    free, number = class_name(name), 2
    while free in taken:
        free, number = class_name(f"{name}{number}"), number + 1
    return free


def pascal(text: str) -> str:
    """Returns the words of a text in PascalCase; it may begin with a digit."""
    words = _WORD.findall(_normalized(text))
    return _normalized("".join(word[:1].upper() + word[1:] for word in words)) or "Part"


def protocol_name(tag: str) -> Identifier:
    """Returns the protocol name for the service of a tag."""
    return _free(f"{pascal(tag)}Service", "Tag")


def snake(text: str) -> Identifier:
    """Returns the words of a text in snake_case; never a keyword."""
    return _free("_".join(word.lower() for word in _WORD.findall(_normalized(text))) or "_", "n")


def method_name(operation: str) -> Identifier:
    """Returns the method name of an operation."""
    return _free(snake(operation), "n", _TAKEN_METHODS)


def parameter_name(text: str) -> Identifier:
    """Returns the argument name of a parameter: its own name if that is a valid argument name."""
    usable = text.isidentifier() and not text.startswith("_") and text.isascii()
    return _free(text if usable and not keyword.iskeyword(text) else snake(text), "n", _TAKEN_ARGUMENTS)


def module_name(tag: str) -> Identifier:
    """Returns the module name of a tag."""
    name = snake(tag)
    return Identifier(f"{name}_tag") if name in _TAKEN_MODULES else name


def operation_name(method: str, path: str) -> str:
    """Returns an id for an operation without one: its method and the words of its path."""
    words = [method]
    for segment in path.split("/"):
        parts = re.findall(r"\{[^}]*\}|[^{}]+", segment)
        words += [f"by_{snake(part[1:-1])}" if part.startswith("{") else snake(part) for part in parts]
    return "_".join(words) if len(words) > 1 else f"{method}_root"


def path_parameters(path: str) -> list[str]:
    """Returns the names of the parameters in a path template."""
    return re.findall(r"\{([^}]*)\}", path)


def constant(text: str) -> Identifier:
    """Returns the words of a text as the name of a constant or enum member."""
    return _free("_".join(word.upper() for word in _WORD.findall(_normalized(text))) or "_", "N")


def _normalized(text: str) -> str:
    """Returns the text in Python's normal form, with a blank for every character that names cannot contain."""
    if text.isascii():
        return text
    text = unicodedata.normalize("NFKC", text)
    return "".join(letter if letter.isascii() or f"_{letter}".isidentifier() else " " for letter in text)


def _free(name: str, prefix: str, taken: frozenset[str] = frozenset()) -> Identifier:
    """Returns the name without invalid characters; with a prefix if it is still invalid, with `_` if it is taken."""
    name = re.sub(r"\W", "", _normalized(name))
    if not name.isidentifier():
        name = f"{prefix}{name}"
    return Identifier(f"{name}_" if keyword.iskeyword(name) or name in taken else name)
