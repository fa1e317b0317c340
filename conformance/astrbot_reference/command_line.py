"""The command-line parser of all commands: it reports each mistake in one line."""

from __future__ import annotations

import argparse
import difflib
import os
import sys
from collections.abc import Collection, Sequence
from typing import Any, NoReturn

from .output import Output, finished

Formatter = argparse.RawDescriptionHelpFormatter


class UsageError(Exception):
    """The command line or the environment is wrong; the text is one line that says what to do."""


class Parser(argparse.ArgumentParser):
    """Reports a wrong command line in one line, with a similar option if there is one.

    A blank argument or option value is rejected: it usually comes from an unset variable of a script, and must not
    select a default.
    """

    def error(self, message: str) -> NoReturn:
        """Raise UsageError instead of printing the usage and exiting."""
        words = message.split()
        unknown = next((word for word in words if word.startswith("-")), "")
        options = [option for action in self._actions for option in action.option_strings]
        near = nearest(unknown, options) if message.startswith("unrecognized") else ""
        raise UsageError(f"{message}{near}; see astrbot-contract {self.prog} --help")

    def print_help(self, file: Any = None) -> None:
        """Print the help to standard output. Exits with 2 if it cannot be written."""
        if file is not None:
            super().print_help(file)
            return
        out = Output(sys.stdout)
        out.write_styled(self.format_help())
        if code := finished(self.prog, out, 0):
            self.exit(code)

    def _get_values(self, action: argparse.Action, arg_strings: list[str]) -> Any:
        """The values of one argument. Raises argparse.ArgumentError if one of them is empty."""
        if any(not text.strip() for text in arg_strings):
            raise argparse.ArgumentError(action, "the value is empty (an unset variable?); give one, or leave it out")
        return super()._get_values(action, arg_strings)


def nearest(word: str, words: Collection[str]) -> str:
    """`; did you mean …?` if one of `words` is similar, else an empty text."""
    near = difflib.get_close_matches(word, list(words), n=1, cutoff=0.6)
    return f"; did you mean {near[0]}?" if near else ""


def reject_empty_variables(names: Sequence[str]) -> None:
    """Raise UsageError if one of these environment variables is set but empty: it must not count as unset."""
    for name in names:
        if os.environ.get(name) == "":
            raise UsageError(f"{name} is set but empty; give it a value, or unset it")
