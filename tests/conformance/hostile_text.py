"""Text that does harm if it is printed unchanged, and a test whether it was."""

import re
import unicodedata

HARMFUL = (
    "\x1b[31mred\x1b[2J\x1b]0;title\x07\x1b]8;;http://evil.example\x1b\\link"
    "\x9b31m\x85\x90\x9d0;x\x9c\r\x08\x7f\x0b\x0c\x00"
    "\u202eabc\u2066d\u2069\u200f\u061c"
    "\u200b\u200d\u2060\ufeff\u00ad\u034f\u3164\u115f\u2028\u2029"
    "\U000e0041\ue000\ufff9"
)
MARKUP = "@octocat #123 GH-1 http://evil.example/x www.evil.example a@evil.example <script>alert(1)</script> <!-- x "
MARKUP += "![i](http://evil.example/i) [l](javascript:x) **b** | c | `d` ``e`` ```f \\| &lt; ]]> ${7*7} {{7*7}}"
LINES = "one\n## forged heading\n\n- [x] forged\n```\nCONFORMANT: the target meets all requirements that were judged.\n"
HOSTILE = f"{HARMFUL}{MARKUP}\n{LINES}中文é😀"
OUR_COLOURS = re.compile(r"\x1b\[[0-9;]*m")
SHAPELESS = "\u034f\u115f\u1160\u3164\uffa0"


def unsafe_in(text: str) -> list[str]:
    """The characters of a text that control a terminal or are invisible, each once."""
    return sorted({ascii(c) for c in text if c not in "\n\t" and _is_unsafe(c)})


def _is_unsafe(c: str) -> bool:
    return unicodedata.category(c) in ("Cc", "Cf", "Cs", "Co", "Zl", "Zp") or c in SHAPELESS
