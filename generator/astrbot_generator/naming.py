"""The names that generated code gives to what a contract names."""

from __future__ import annotations

import builtins
import keyword
import re

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
_TAKEN_MODULES = frozenset({"answers", "bodies", "routing", "security"})
_WORD = re.compile(r"[A-Z][A-Z0-9]*(?![a-z])|[A-Z]?[a-z][a-z0-9]*|[A-Z]|[0-9]+|[^\W\dA-Za-z_]+")


def class_name(name: str) -> str:
    """The class of a component: its own name where that can be one, else the name in PascalCase."""
    if not name.isidentifier() or name.startswith("_"):
        words = [word for word in re.split(r"\W+|^_+", name) if word]
        name = "".join(word[:1].upper() + word[1:] for word in words)
        if not name.isidentifier():
            name = f"Model{name}"
    return f"{name}_" if keyword.iskeyword(name) or name in _TAKEN_CLASSES else name


def pascal(text: str) -> str:
    """The words of a text as one name, each with a capital."""
    return "".join(word[:1].upper() + word[1:] for word in _WORD.findall(text)) or "Part"


def snake(text: str) -> str:
    """The words of a text as a name for a variable, method or module; never a keyword."""
    name = "_".join(word.lower() for word in _WORD.findall(text)) or "_"
    if not name.isidentifier():
        name = f"n{name}"
    return f"{name}_" if keyword.iskeyword(name) else name


def parameter_name(text: str) -> str:
    """The keyword argument for a parameter: its own name where that can be one."""
    usable = text.isidentifier() and not text.startswith("_") and text.isascii()
    name = text if usable and not keyword.iskeyword(text) else snake(text)
    return f"{name}_" if name in ("caller", "body", "self", "service", "request") else name


def module_name(tag: str) -> str:
    """The module of a tag."""
    name = snake(tag)
    return f"{name}_tag" if name in _TAKEN_MODULES else name


def operation_name(method: str, path: str) -> str:
    """The id of an operation that has none: its method and the words of its path."""
    words = [method]
    for segment in path.split("/"):
        parts = re.findall(r"\{[^}]*\}|[^{}]+", segment)
        words += [f"by_{snake(part[1:-1])}" if part.startswith("{") else snake(part) for part in parts]
    return "_".join(words) if len(words) > 1 else f"{method}_root"


def constant(text: str) -> str:
    """The words of a text as the name of a constant or enum member."""
    name = "_".join(word.upper() for word in _WORD.findall(text)) or "_"
    return name if name.isidentifier() else f"N{name}"
