"""Lines for a terminal: a label with an indented text, and the text that a console prints."""

import io
from collections.abc import Iterable

from astrbot_reference.safe_text import one_line
from rich.console import RenderableType
from rich.table import Table
from rich.text import Text

from astrbot_conformance.report.safe_console import SafeConsole

NARROWEST = 40


def labelled(name: str, text: str) -> Table:
    """A table with a name and an indented text."""
    table = Table.grid(padding=(0, 1, 0, 0))
    table.add_column(min_width=10, no_wrap=True)
    table.add_row(name, Text(one_line(text)))
    return table


def printed(parts: Iterable[RenderableType], width: int, *, colour: bool) -> list[str]:
    """The lines of these parts in at most `width` columns. A text with `no_wrap` is never broken."""
    out = io.StringIO()
    console = SafeConsole(
        file=out,
        width=max(width, NARROWEST),
        force_terminal=colour,
        no_color=not colour,
        color_system="standard" if colour else None,
        highlight=False,
        markup=False,
        emoji=False,
        legacy_windows=False,
    )
    for part in parts:
        console.print(part, soft_wrap=isinstance(part, Text) and part.no_wrap is True)
    return [line.rstrip() for line in out.getvalue().splitlines()]
