"""The names that generated code gives to what a contract names.

The naming rule: a name is made of the letters, digits and underscores of the text, normalized as Python normalizes it
(NFKC), and never is a keyword or a name that generated code needs itself. Two texts may get one name; the checks of a
contract report that.
"""

from __future__ import annotations

import builtins
import keyword
import re
import unicodedata

from astrbot_generator.quoted_text import Identifier

LONGEST_MODULE = 200
"""The most bytes of UTF-8 that the name of a module may have: file systems take 255, suffixes included."""
_TAKEN_CLASSES = frozenset(dir(builtins)) | {
    "Annotated",
    "Any",
    "BaseModel",
    "ConfigDict",
    "Field",
    "Literal",
    "MISSING",
    "Optional",
    "RootModel",
    "Union",
}
_TAKEN_METHODS = frozenset("bool bytes conforms delimited float int list models str".split())
"""What the annotations of a protocol name: a method of that name would stand before it."""
_TAKEN_MODULES = frozenset(
    "answers app authenticate authorize bodies contract dataclass derive exactness list mount route router routers "
    "routes routing security services sorted".split()
)
"""What lies beside the modules of the tags, and what the module that imports all of them names itself."""
_TAKEN_ARGUMENTS = frozenset({"caller", "body", "self", "service", "request"})
_WORD = re.compile(r"[A-Z][A-Z0-9]*(?![a-z])|[A-Z]?[a-z][a-z0-9]*|[A-Z]|[0-9]+|[^\W\dA-Za-z_]+")


def class_name(name: str) -> Identifier:
    """The class of a component: its own name where that can be one, else the name in PascalCase."""
    name = _normalized(name)
    if not name.isidentifier() or name.startswith("_"):
        words = [word for word in re.split(r"\W+|^_+", name) if word]
        name = "".join(word[:1].upper() + word[1:] for word in words)
    return _free(name, "Model", _TAKEN_CLASSES)


def pascal(text: str) -> str:
    """The words of a text as one name, each with a capital; it may begin with a digit."""
    words = _WORD.findall(_normalized(text))
    return _normalized("".join(word[:1].upper() + word[1:] for word in words)) or "Part"


def protocol_name(tag: str) -> Identifier:
    """The protocol of the service of a tag."""
    return _free(f"{pascal(tag)}Service", "Tag")


def snake(text: str) -> Identifier:
    """The words of a text as a name for a variable or argument; never a keyword."""
    return _free("_".join(word.lower() for word in _WORD.findall(_normalized(text))) or "_", "n")


def method_name(operation: str) -> Identifier:
    """The method of an operation."""
    return _free(snake(operation), "n", _TAKEN_METHODS)


def parameter_name(text: str) -> Identifier:
    """The keyword argument for a parameter: its own name where that can be one."""
    usable = text.isidentifier() and not text.startswith("_") and text.isascii()
    return _free(text if usable and not keyword.iskeyword(text) else snake(text), "n", _TAKEN_ARGUMENTS)


def module_name(tag: str) -> Identifier:
    """The module of a tag."""
    name = snake(tag)
    return Identifier(f"{name}_tag") if name in _TAKEN_MODULES else name


def operation_name(method: str, path: str) -> str:
    """The id of an operation that has none: its method and the words of its path."""
    words = [method]
    for segment in path.split("/"):
        parts = re.findall(r"\{[^}]*\}|[^{}]+", segment)
        words += [f"by_{snake(part[1:-1])}" if part.startswith("{") else snake(part) for part in parts]
    return "_".join(words) if len(words) > 1 else f"{method}_root"


def constant(text: str) -> Identifier:
    """The words of a text as the name of a constant or enum member."""
    return _free("_".join(word.upper() for word in _WORD.findall(_normalized(text))) or "_", "N")


def _normalized(text: str) -> str:
    """The text as Python reads names, with a blank for every character that no name can hold."""
    if text.isascii():
        return text
    text = unicodedata.normalize("NFKC", text)
    return "".join(letter if letter.isascii() or f"_{letter}".isidentifier() else " " for letter in text)


def _free(name: str, prefix: str, taken: frozenset[str] = frozenset()) -> Identifier:
    """The name without characters that no name can hold; with a prefix if it is none, with `_` if it is taken."""
    name = re.sub(r"\W", "", _normalized(name))
    if not name.isidentifier():
        name = f"{prefix}{name}"
    return Identifier(f"{name}_" if keyword.iskeyword(name) or name in taken else name)
