"""What is wrong with a contract, where, and what to do about it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple

from astrbot_generator.printable import printable_line, shortened


class Position(NamedTuple):
    """Where something stands in a file; lines and columns count from 1."""

    file: str
    line: int
    column: int

    def __str__(self) -> str:
        return f"{self.file}:{self.line}:{self.column}"


@dataclass(frozen=True)
class Problem:
    """One thing that is wrong; its text is one line for a person, safe to print whatever the contract holds."""

    position: Position | str
    """Where: a place in a file, or a file or folder as a whole."""
    pointer: str | None
    """The JSON pointer of it, in the bundled document where there is one already; None where it has none."""
    wrong: str
    """What is wrong."""
    remedy: str
    """What to do about it."""

    def __str__(self) -> str:
        pointer = "" if self.pointer is None else f" #{shortened(self.pointer)}:"
        text = f"{self.position}:{pointer} {shortened(self.wrong)}; {shortened(self.remedy)}"
        return printable_line(" ".join(text.split()))


class ContractError(Exception):
    """The contract cannot be generated from: it carries every problem that was found, in the order of the files."""

    def __init__(self, *problems: Problem) -> None:
        super().__init__("\n".join(str(problem) for problem in problems))
        self.problems = problems
