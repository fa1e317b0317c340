"""Escapes the text of a contract for Markdown, so that it is shown literally.

In a page, or in the comment that a CI job posts, unescaped text can notify a person, become a link or a heading, fetch
an image, or be read as HTML. `code_span`, `prose` and `fenced` prevent that. Contract text enters Markdown only through
them.
"""

from __future__ import annotations

import re
from html import escape

from astrbot_generator.printable import printable, printable_line
from astrbot_generator.quoted_text import MarkdownText, markdown

_CODE = re.compile(r"(?<!`)(`+)(?!`)(.+?)(?<!`)\1(?!`)")
_MARKUP = re.compile(
    r"(?P<mark>[\\`*\[\]<~$]|(?<!\w)_|_(?!\w))"
    r"|(?P<letter>&(?=[#\w])|:(?=//)|(?<=\b[wW]{3})\.|(?<=\b[gG][hH])-(?=\d))"  # entity, address, number of an issue
    r"|(?P<reference>[#@](?=\w))"
)
_BLOCK_MARK = re.compile(r">|[-+](?=[-+\s]|$)|#(?=[#\s]|$)|=(?=[=\s]*$)|\d{1,9}(?=[.)](?:\s|$))")
_MARKS_IN_HTML = re.compile(r"[\\`*\[\]~$@|]|:(?=//)|(?<!\w)_|_(?!\w)|(?<=\b[wW]{3})\.")
_TICKS = re.compile("`+")


def code_span(text: str) -> MarkdownText:
    """Returns a text on one line as a code span, even if it contains backticks."""
    text = printable_line(text)
    ticks = "`" * (max(map(len, _TICKS.findall(text)), default=0) + 1)
    blank = " " if len(ticks) > 1 or not text or text != text.strip() else ""
    return MarkdownText(f"{ticks}{blank}{text}{blank}{ticks}")


def prose(text: str) -> MarkdownText:
    """Returns a text on one line that Markdown shows literally, except for its `code` spans."""
    parts = []
    end = 0
    text = " ".join(text.split())
    for match in _CODE.finditer(text):
        parts += [_literal(text[end : match.start()]), code_span(match[2].strip())]
        end = match.end()
    whole = "".join([*parts, _literal(text[end:])])
    return MarkdownText(_BLOCK_MARK.sub(_escaped_mark, whole, count=1) if _BLOCK_MARK.match(whole) else whole)


def sentence(text: str) -> MarkdownText:
    """Returns a message as a sentence."""
    text = " ".join(text.split())
    return prose(text[:1].upper() + text[1:] + ("" if text.endswith((".", "!", "?")) else "."))


def cell(text: MarkdownText) -> MarkdownText:
    """Returns one line of Markdown for a table cell."""
    return MarkdownText(markdown("{}", text).replace("|", "\\|"))


def html_code(text: str) -> MarkdownText:
    """Returns a text for the inside of `<code>`, with every Markdown and HTML mark escaped."""
    return MarkdownText(_MARKS_IN_HTML.sub(lambda match: f"&#{ord(match[0])};", escape(printable_line(text))))


def fenced(text: str, indent: int = 0) -> MarkdownText:
    """Returns a text of many lines as a fenced block, each line `indent` blanks from the left."""
    fence = "`" * max(3, max(map(len, _TICKS.findall(text)), default=0) + 1)
    lines = [f"{fence}text", *printable(text).split("\n"), fence]
    return MarkdownText("\n".join(" " * indent + line for line in lines))


def anchor(heading: str) -> MarkdownText:
    """Returns the anchor of a heading."""
    return MarkdownText(re.sub(r"[^\w\- ]", "", printable_line(heading).lower()).replace(" ", "-"))


def _literal(text: str) -> str:
    """Returns text between code spans, with everything escaped that Markdown or GitHub would interpret."""
    return _MARKUP.sub(_escaped, printable_line(text))


def _escaped(match: re.Match[str]) -> str:
    """Returns an escaped mark, a letter as an HTML entity, or a reference separated from its target."""
    if match["mark"]:
        return f"\\{match[0]}"
    return f"&#{ord(match[0])};" if match["letter"] else f"{match[0]}&#8203;"


def _escaped_mark(match: re.Match[str]) -> str:
    """Returns the beginning of a list, heading or rule, escaped."""
    return f"\\{match[0]}" if not match[0].isdigit() else f"{match[0][:-1]}&#{ord(match[0][-1])};"
