"""Markdown without its code, by the rules of CommonMark: the rest is the text that can become links and markup."""

import re

BLOCK = re.compile(r"^(?P<fence>`{3,})[^`\n]*\n.*?^(?P=fence)`*[ \t]*$", re.MULTILINE | re.DOTALL)
SPAN = re.compile(r"(?<!`)(?P<fence>`+)(?!`).*?(?<!`)(?P=fence)(?!`)")
HTML_CODE = re.compile(r"<code>[^<>]*</code>")


def outside_code(text: str) -> str:
    """The text without code blocks, code spans, and code in lines of HTML."""
    return HTML_CODE.sub("", SPAN.sub("", BLOCK.sub("", text)))
