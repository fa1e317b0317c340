"""The names that generated code uses for the names of a contract.

The naming rule: a name consists of the letters, digits and underscores of the text, in Python's normal form (NFKC). It
is never a keyword. `distinct` gives every text a separate name, which generated code does not use itself.
"""

from __future__ import annotations

import builtins
import keyword
import re
import unicodedata
from collections.abc import Callable, Container, Iterable

from astrbot_generator.quoted_text import Identifier

LONGEST_MODULE = 200
"""The longest module name in UTF-8 bytes: file systems allow 255, including suffixes and numbers."""
_TAKEN_CLASSES = frozenset(dir(builtins)) | frozenset(
    "Annotated Any BaseModel ConfigDict Field Literal MISSING Nullable Optional RootModel Union".split()
)
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


def distinct(
    texts: Iterable[str], wish: Callable[[str], str], reserved: Container[str] = (), joint: str = "_"
) -> dict[str, Identifier]:
    """Returns a name for each text, all different and none reserved.

    wish: returns the preferred name of a text. A text that is its own preferred name gets it; of all others, the first
    one gets it. A reserved name gets a `_`; a name that another text has gets `joint` and a number.
    """
    ordered = list(dict.fromkeys(texts))
    names: dict[str, Identifier] = {}
    given: set[str] = set()
    for text in sorted(ordered, key=lambda text: text != wish(text)):
        names[text] = free_name(wish(text), given, reserved, joint)
        given.add(names[text])
    return {text: names[text] for text in ordered}


def free_name(wanted: str, given: Container[str], reserved: Container[str] = (), joint: str = "_") -> Identifier:
    """Returns the preferred name; with a `_` if it is reserved, with `joint` and a number if it is given already."""
    name, number = f"{wanted}_" if wanted in reserved else wanted, 2
    while name in given or name in reserved:
        name, number = f"{wanted}{joint}{number}", number + 1
    return Identifier(name)


def pascal(text: str) -> str:
    """Returns the words of a text in PascalCase; it may begin with a digit."""
    words = _WORD.findall(_normalized(text))
    return _normalized("".join(word[:1].upper() + word[1:] for word in words)) or "Part"


def protocol_name(tag: str) -> Identifier:
    """Returns the protocol name for the service of a tag."""
    return _free(f"{pascal(tag)}Service", "Tag")


def snake(text: str) -> Identifier:
    """Returns the words of a text in snake_case; never a keyword."""
    return _free("_".join(word.lower() for word in _WORD.findall(_normalized(text))) or "unnamed", "n")


def parameter_name(text: str) -> Identifier:
    """Returns the argument name of a parameter: its own name if that is a valid argument name."""
    usable = text.isidentifier() and not text.startswith("_") and text.isascii()
    return _free(text if usable and not keyword.iskeyword(text) else snake(text), "n")


def module_name(tag: str) -> Identifier:
    """Returns the module name of a tag; a long one is cut."""
    name = snake(tag)
    return Identifier(name.encode()[:LONGEST_MODULE].decode("utf-8", "ignore"))


def operation_name(method: str, path: str) -> str:
    """Returns an id for an operation without one: its method and the words of its path."""
    words = [method]
    for segment in path.split("/"):
        parts = re.findall(r"\{[^}]*\}|[^{}]+", segment)
        named = [part for part in parts if part.startswith("{") or _WORD.search(_normalized(part))]
        words += [f"by_{snake(part[1:-1])}" if part.startswith("{") else snake(part) for part in named]
    return "_".join(words) if len(words) > 1 else f"{method}_root"


def path_parameters(path: str) -> list[str]:
    """Returns the names of the parameters in a path template."""
    return re.findall(r"\{([^}]*)\}", path)


def constant(text: str) -> Identifier:
    """Returns the words of a text as the name of a constant or enum member."""
    return _free("_".join(word.upper() for word in _WORD.findall(_normalized(text))) or "UNNAMED", "N")


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
