"""Text from outside as Markdown that stays text: no link, mention, reference, markup or table cell comes of it."""

import html
import re

from astrbot_reference.safe_text import inert, one_line


def code(text: str) -> str:
    """The text as a span of code on one line, also in a cell of a table.

    In code, a page makes no links of addresses, names and numbers; a backslash escape outside code does not prevent it.
    """
    line = one_line(" ".join(text.split()) or " ").replace("|", r"\x7c")
    fence = "`" * (_longest_run(line) + 1)
    room = " " if line[0] in "` " or line[-1] in "` " else ""
    return f"{fence}{room}{line}{room}{fence}"


def html_code(text: str) -> str:
    """The same within a line of HTML."""
    return f"<code>{html.escape(one_line(text))}</code>"


def block(text: str, language: str) -> str:
    """The text as a block of code that nothing in it can end."""
    safe = inert(text)
    fence = "`" * max(3, _longest_run(safe) + 1)
    return f"{fence}{language}\n{safe}\n{fence}"


def _longest_run(text: str) -> int:
    """The length of the longest run of backticks."""
    return max((len(run) for run in re.findall(r"`+", text)), default=0)
