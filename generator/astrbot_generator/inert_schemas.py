"""Hides the text of a contract from datamodel-code-generator, whose quoting this project does not control.

The tool gets schemas in which every description is a placeholder, and so is every name, choice or default with unsafe
characters. In the module that it writes, each placeholder is a whole string constant. `restored` replaces it by the
text, quoted by `quoted_text`.
"""

from __future__ import annotations

import re
import unicodedata
from typing import Any

from astrbot_generator.quoted_text import docstring, literal

_HARMLESS = re.compile(r"[\w !%&*+,./:;<=>?@|~$^-]*")
_PLACEHOLDER = re.compile(r"zq\d+zq")
_CONSTANT = re.compile(r"""(?P<quotes>\"{3}|'|\")(?P<name>(?:[0-9A-Za-z-]*-)?zq(?P<number>\d+)zq)(?P=quotes)""")
_LONGEST_HINT = 40


class InertSchemas:
    """Reduced schemas (see `model_schemas`) whose free text is replaced by placeholders."""

    def __init__(self, schemas: dict[str, Any]) -> None:
        self._names: dict[str, str] = {}
        self._texts: list[str] = []
        self.schemas: dict[str, Any] = {name: self._schema(schema) for name, schema in schemas.items()}
        """Class name -> schema."""

    def restored(self, module: str) -> str:
        """Returns the module with every placeholder replaced by its text."""
        return _CONSTANT.sub(self._constant, module)

    def _schema(self, schema: Any) -> Any:
        if not isinstance(schema, dict):
            return schema
        result = {word: self._value(word, value) for word, value in schema.items()}
        if isinstance(schema.get("description"), str):
            result["description"] = self._placeholder(schema["description"])
        return result

    def _value(self, word: str, value: Any) -> Any:
        if word == "properties":
            return {self._name(name): self._schema(inner) for name, inner in value.items()}
        if word == "required":
            return [self._name(name) for name in value]
        if word in ("enum", "default"):
            return [self._text(item) for item in value] if isinstance(value, list) else self._text(value)
        if word == "discriminator":
            return {**value, "mapping": {self._text(name): reference for name, reference in value["mapping"].items()}}
        if isinstance(value, list):
            return [self._schema(item) for item in value]
        return self._schema(value)

    def _text(self, value: Any) -> Any:
        return value if not isinstance(value, str) or _is_harmless(value) else self._placeholder(value)

    def _name(self, name: str) -> str:
        """Returns the name of a member; a placeholder begins with the safe part, which becomes the attribute name."""
        if _is_harmless(name):
            return name
        if name not in self._names:
            hint = re.sub(r"[^0-9A-Za-z]+", "-", name)[:_LONGEST_HINT].strip("-")
            self._names[name] = f"{hint}-{self._placeholder(name)}"
        return self._names[name]

    def _placeholder(self, text: str) -> str:
        self._texts.append(text)
        return f"zq{len(self._texts) - 1}zq"

    def _constant(self, match: re.Match[str]) -> str:
        text = self._texts[int(match["number"])]
        return f'"""{docstring(text)}"""' if len(match["quotes"]) == 3 else literal(text)


def _is_harmless(text: str) -> bool:
    """Returns whether text needs no escapes in any kind of quotes and contains no look-alike characters."""
    if not _HARMLESS.fullmatch(text) or _PLACEHOLDER.search(text):
        return False
    return text.isascii() or (unicodedata.is_normalized("NFKC", text) and f"_{text}".isidentifier())
