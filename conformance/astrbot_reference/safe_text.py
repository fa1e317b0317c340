r"""Makes text from outside safe to print: no character moves the cursor, is invisible, or reorders text.

Escape sequences of terminals begin with a control character. Bidirectional controls and invisible characters make a
text look like another. Each of them becomes a readable escape such as `\x1b` or `\u202e`.
"""

from __future__ import annotations

import re

# `astrbot_generator.printable` has the same characters; a test compares them.
_UNSAFE = (
    r"\x00-\x08\x0b-\x1f\x7f-\x9f"  # control characters but line feed and tab
    r"\xad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b-\u200f\u2028-\u202e\u2060-\u206f"  # no shape, or bidi
    r"\u3164\ufe00-\ufe0d\ufeff\uffa0\ufff0-\ufffb\U0001d173-\U0001d17a"
    r"\ud800-\udfff\ue000-\uf8ff\ufdd0-\ufdef\ufffe\uffff\U000e0000-\U0010ffff"  # half a pair, private, tags
)
_IN_TEXT = re.compile(f"[{_UNSAFE}]")
_IN_LINE = re.compile(rf"[{_UNSAFE}\t\n]")


def inert(text: str) -> str:
    """The text with every unsafe character as an escape; line feeds and tabs stay."""
    return _IN_TEXT.sub(_escape, text)


def one_line(text: str) -> str:
    """The text as one line: line feeds and tabs are escapes, too."""
    return _IN_LINE.sub(_escape, text)


def inert_json(text: str) -> str:
    """A JSON text of the same value, with every unsafe character as an escape of JSON."""
    return _IN_TEXT.sub(_escape_json, text)


def _escape(match: re.Match[str]) -> str:
    return match[0].encode("unicode_escape").decode("ascii")


def _escape_json(match: re.Match[str]) -> str:
    code = ord(match[0])
    if code < 0x10000:
        return f"\\u{code:04x}"
    code -= 0x10000
    return f"\\u{0xD800 + (code >> 10):04x}\\u{0xDC00 + (code & 0x3FF):04x}"
