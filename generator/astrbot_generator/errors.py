"""Problems of a contract: what is wrong, where, and what to do about it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple, Self

from astrbot_generator.printable import printable_line, shortened


class Position(NamedTuple):
    """A position in a file; lines and columns count from 1."""

    file: str
    line: int
    column: int

    def __str__(self) -> str:
        return f"{self.file}:{self.line}:{self.column}"


@dataclass(frozen=True)
class Problem:
    """One problem. Its text is one line that is safe to print, even if the contract contains control characters."""

    position: Position | str
    """The position in a file, or a whole file or folder."""
    pointer: str | None
    """Its JSON pointer, in the bundled document if there is one; None if it has no pointer."""
    wrong: str
    """A description of the problem."""
    remedy: str
    """How to fix it."""

    def __str__(self) -> str:
        pointer = "" if self.pointer is None else f" #{shortened(self.pointer)}:"
        text = f"{self.position}:{pointer} {shortened(self.wrong)}; {shortened(self.remedy)}"
        return printable_line(" ".join(text.split()))


class ContractError(Exception):
    """The contract cannot be used. Contains every problem, in the order of the files."""

    def __init__(self, *problems: Problem) -> None:
        super().__init__("\n".join(str(problem) for problem in problems))
        self.problems = problems

    @classmethod
    def at(cls, position: Position | str, wrong: str, remedy: str) -> Self:
        """Returns the error for one problem without a JSON pointer."""
        return cls(Problem(position, None, wrong, remedy))
