"""The generator and the reference server must not import each other, but escape the same characters."""

import sys

from astrbot_generator.printable import printable, printable_json, printable_line
from astrbot_reference.safe_text import inert, inert_json, one_line


def test_both_packages_escape_the_same_characters() -> None:
    """Every character of Unicode becomes the same text in both, alone on a line, in a text, and in JSON."""
    everything = "".join(map(chr, range(sys.maxunicode + 1)))

    assert printable(everything) == inert(everything)
    assert printable_line(everything) == one_line(everything)
    assert printable_json(everything) == inert_json(everything)
