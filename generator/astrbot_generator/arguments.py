"""The command lines of the generator: one parser for all of its commands."""

from __future__ import annotations

import argparse
import keyword
import re
import sys
from collections.abc import Sequence
from typing import NoReturn

from astrbot_generator.output import USAGE, complain
from astrbot_generator.printable import printable_line

_EMPTY_OPTION = re.compile(r"(--[a-z-]+)=\s*")


RUN_TIME = ("fastapi", "jsonschema_rs", "packaging", "pydantic", "pydantic_core", "starlette")
"""The packages that generated code imports; the server also needs `python-multipart` for forms."""


def package_name(text: str) -> str:
    """Returns the name of a package to generate. Raises ArgumentTypeError if it cannot be used."""
    if not (text.isascii() and text.isidentifier()) or keyword.iskeyword(text):
        raise argparse.ArgumentTypeError(f"`{text}` is not a name of a package; use letters, digits and underscores")
    if text in sys.stdlib_module_names or text in RUN_TIME or text == "docs":
        raise argparse.ArgumentTypeError(f"`{text}` is taken; choose another name")
    return text


class CommandParser(argparse.ArgumentParser):
    """A parser that rejects empty values and states every error in one line.

    An empty value usually comes from a variable that is not set. If the command treated it like a missing option, it
    could read or judge the wrong contract and report success.
    """

    def __init__(self, command: str, about: str | None, epilog: str) -> None:
        """`about`: the docstring of the command; the help shows its first line."""
        super().__init__(
            prog=f"astrbot-contract {command}",
            description=(about or "").partition("\n")[0],
            epilog=epilog,
            formatter_class=argparse.RawDescriptionHelpFormatter,
        )

    def parse_known_args(  # type: ignore[override] # `parse_args` calls this, always without a namespace
        self, args: Sequence[str] | None = None, namespace: None = None
    ) -> tuple[argparse.Namespace, list[str]]:
        """Returns the options and the unknown arguments; ends the process with USAGE if a value is empty or wrong."""
        given = list(sys.argv[1:] if args is None else args)
        for before, argument in zip(["", *given], given, strict=False):
            option = _EMPTY_OPTION.fullmatch(argument)
            if option or not argument.strip():
                name = option[1] if option else before if before.startswith("-") else "an argument"
                self.error(f"{name}: the value is empty; give a value, or leave it out (is a variable not set?)")
        return super().parse_known_args(given, namespace)

    def error(self, message: str) -> NoReturn:
        """Ends the process with USAGE and one line."""
        complain(printable_line(f"{self.prog}: {message}; `{self.prog} --help` lists the options"))
        raise SystemExit(USAGE)
