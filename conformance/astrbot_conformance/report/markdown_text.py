"""External text as Markdown without effect: it cannot become a link, mention, reference, markup or table cell."""

import html
import re

from astrbot_reference.safe_text import inert, one_line


def code(text: str) -> str:
    """The text as inline code on one line; also valid in a table cell.

    Markdown pages do not turn addresses, names and numbers in code into links. Backslash escapes outside code do not
    prevent links.
    """
    line = one_line(" ".join(text.split()) or " ").replace("|", r"\x7c")
    fence = "`" * (_longest_run(line) + 1)
    room = " " if line[0] in "` " or line[-1] in "` " else ""
    return f"{fence}{room}{line}{room}{fence}"


def html_code(text: str) -> str:
    """The text as inline code within a line of HTML."""
    return f"<code>{html.escape(one_line(text))}</code>"


def block(text: str, language: str) -> str:
    """The text as a code block that no part of the text can end."""
    safe = inert(text)
    fence = "`" * max(3, _longest_run(safe) + 1)
    return f"{fence}{language}\n{safe}\n{fence}"


def _longest_run(text: str) -> int:
    """The length of the longest sequence of backticks."""
    return max((len(run) for run in re.findall(r"`+", text)), default=0)
