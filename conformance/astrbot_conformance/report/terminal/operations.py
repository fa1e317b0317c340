"""The grid for a terminal: each operation, and the scopes whose keys it authorizes."""

from collections.abc import Iterator, Sequence
from itertools import zip_longest

from rich.cells import cell_len, set_cell_size
from rich.console import RenderableType
from rich.text import Text

from astrbot_conformance.report.grid import MARKS, STATES, Row, State

CELL_STYLES: dict[State, str] = {
    "allowed": "green",
    "refused": "dim",
    "leak": "bold white on red",
    "over-refused": "bold red",
    "not-judged": "yellow",
}
CELL_WORDS: dict[State, str] = {
    "allowed": "allowed",
    "refused": "rejected, as required",
    "leak": "leak: allowed, must be rejected",
    "over-refused": "wrongly rejected, must be allowed",
    "not-judged": "not judged",
}
LONGEST_NAME = 62  # columns of an operation's method and path
PREFIX = "/api/v1"


def grid_lines(rows: Sequence[Row], width: int) -> Iterator[RenderableType]:
    """One line for each judged operation; closed operations only if they are not closed on the target."""
    shown = [row for row in rows if row.operation.scope or not row.is_sound]
    if shown:
        yield from _operations(shown, list(shown[0].cells), width)
    if sound := len(rows) - len(shown):
        yield Text(f"{sound} closed operations reject every scope, as required.", style="dim")


def _operations(shown: Sequence[Row], scopes: Sequence[str], width: int) -> Iterator[RenderableType]:
    """A heading, as many rows side by side as fit into the width, and the legend of the marks."""
    name_width = min(LONGEST_NAME, max(cell_len(_name(row)) for row in shown))
    cell = 4 if width >= name_width + 4 * len(scopes) else 3 if width >= 30 + 3 * len(scopes) else 2
    name_width = min(name_width, width - cell * len(scopes))
    across = max(1, (width + 3) // (name_width + cell * len(scopes) + 3))
    heading = " " * name_width + "".join(f"{scope[: cell - 1]:>{cell}}" for scope in scopes)
    lines = [_grid_line(row, name_width, cell) for row in shown]
    height = -(-len(lines) // across)
    yield Text("   ").join([Text(heading, style="bold")] * min(across, len(lines)))
    for side_by_side in zip_longest(*(lines[start : start + height] for start in range(0, len(lines), height))):
        yield Text("   ").join(line for line in side_by_side if line)
    states = {state for row in shown for state in row.cells.values()}
    legend = [Text.assemble((MARKS[s], CELL_STYLES[s]), f" {CELL_WORDS[s]}") for s in STATES if s in states]
    yield Text("   ").join(legend)


def _grid_line(row: Row, name_width: int, cell: int) -> Text:
    name = _name(row)
    cut = name if cell_len(name) <= name_width else set_cell_size(name, name_width - 1) + "…"
    line = Text(set_cell_size(cut, name_width), style="" if row.is_sound else "bold", end="")
    for state in row.cells.values():
        line.append(" " * (cell - 1))
        line.append(MARKS[state], CELL_STYLES[state])
    return line


def _name(row: Row) -> str:
    return f"{row.operation.method:<6} {row.operation.path.removeprefix(PREFIX)}"
