"""Makes text from a contract safe to show: escapes characters that move the cursor, are invisible or reorder text.

A contract may contain any character. ANSI and OSC sequences begin with a control character, and bidirectional controls
make text look like other text. They become readable escapes. The set is written out instead of taken from the Unicode
database, so that it is the same in every Python version.
"""

from __future__ import annotations

import re

# `astrbot_reference.safe_text` has the same characters; a test compares them.
_UNSAFE = (
    r"\x00-\x08\x0b-\x1f\x7f-\x9f"  # control characters; line feed and tab are added where they are unsafe
    r"\xad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b-\u200f\u2028-\u202e\u2060-\u206f"  # no shape, or bidi
    r"\u3164\ufe00-\ufe0d\ufeff\uffa0\ufff0-\ufffb\U0001d173-\U0001d17a"
    r"\ud800-\udfff\ue000-\uf8ff\ufdd0-\ufdef\ufffe\uffff\U000e0000-\U0010ffff"  # unassigned, private or tag characters
)
_IN_TEXT = re.compile(f"[{_UNSAFE}]")
_IN_LINE = re.compile(rf"[{_UNSAFE}\t\n]")
_LONGEST = 1000


def printable(text: str) -> str:
    r"""Returns text of many lines with each unsafe character as `\x1b`, `\u202e` or `\U000e0001`."""
    return _IN_TEXT.sub(_escape, text)


def printable_line(text: str) -> str:
    """Returns the text as one line, with each unsafe character, line feeds and tabs included, as an escape."""
    return _IN_LINE.sub(_escape, text)


def printable_json(text: str) -> str:
    """Returns a JSON text of the same value in which each unsafe character is an escape of JSON."""
    return _IN_TEXT.sub(_escape_json, text)


def shortened(text: str, most: int = _LONGEST) -> str:
    """Returns the text, or its beginning and end around `…` if it has more than `most` characters."""
    half = (most - 3) // 2
    return text if len(text) <= most else f"{text[:half]} … {text[-half:]}"


def _escape(match: re.Match[str]) -> str:
    return match[0].encode("unicode_escape").decode("ascii")


def _escape_json(match: re.Match[str]) -> str:
    code = ord(match[0])
    if code < 0x10000:
        return f"\\u{code:04x}"
    code -= 0x10000
    return f"\\u{0xD800 + (code >> 10):04x}\\u{0xDC00 + (code & 0x3FF):04x}"
