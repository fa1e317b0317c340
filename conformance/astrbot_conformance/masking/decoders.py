"""Decoders of text: what each encoding means, and which part of the encoded text it comes from.

A decoder never fails: it leaves text unchanged that it cannot decode. Its time is linear in the length of the text.
"""

import html.entities
import re
from collections.abc import Callable, Iterator
from functools import lru_cache
from typing import NamedTuple

Match = re.Match[bytes]
Meaning = Callable[[Match], bytes | None]


class Piece(NamedTuple):
    """`start:end` of a text decodes to `decoded`. Each `source` bytes of it give `result` bytes, in order."""

    start: int
    end: int
    decoded: bytes
    source: int
    result: int


class Decoder(NamedTuple):
    """Decodes each match of `pattern` with `meaning`. Leaves the match unchanged if the result is None."""

    pattern: re.Pattern[bytes]
    meaning: Meaning

    def text(self, encoded: bytes) -> bytes:
        """`encoded` with each match decoded in place."""
        meaning = self.meaning

        def replacement(match: Match) -> bytes:
            decoded = meaning(match)
            return match[0] if decoded is None else decoded

        return self.pattern.sub(replacement, encoded)

    def pieces(self, encoded: bytes) -> Iterator[Piece]:
        """The matches that can be decoded, from left to right."""
        for match in self.pattern.finditer(encoded):
            decoded = self.meaning(match)
            if decoded is not None:
                start, end = match.span()
                result = max(1, len(decoded))
                width = (end - start) // result if match.lastgroup in EVEN else 0
                yield Piece(start, end, decoded, width or end - start, 1 if width else result)


EVEN = ("percent", "slashes", "bytes")  # groups in which each decoded byte takes the same number of encoded bytes
CONTROLS = {b"n": b"\n", b"r": b"\r", b"t": b"\t", b"b": b"\b", b"f": b"\f", b"v": b"\v", b"a": b"\a"}
NAMED = {name.removesuffix(";").lower(): text.encode() for name, text in html.entities.html5.items()} | {
    name.removesuffix(";"): text.encode() for name, text in html.entities.html5.items()
}


def _unescaped(match: Match) -> bytes | None:
    """The bytes that an escape, or a run of equal ones, represents. None if it represents none."""
    kind = match.lastgroup or ""
    if kind == "percent":
        return bytes.fromhex(match[0].replace(b"%", b"").decode())
    return match[0][::2] if kind == "slashes" else _meaning(kind, match[kind])


@lru_cache(maxsize=4096)
def _meaning(kind: str, value: bytes) -> bytes | None:
    if kind == "simple":
        return CONTROLS.get(value, value)
    if kind == "name":
        return NAMED.get(value.decode()) or NAMED.get(value.decode().lower())
    if kind == "byte":
        return bytes.fromhex(value.decode())
    if kind == "octal":
        return bytes([int(value, 8)])
    if kind == "pair":
        high, low = int(value[:4], 16), int(value[6:], 16)
        return _character(0x10000 + ((high - 0xD800) << 10) + (low - 0xDC00))
    return _character(int(value, 10 if kind == "decimal" else 16))


def _character(number: int) -> bytes | None:
    return chr(number).encode("utf-8", "surrogatepass") if number <= 0x10FFFF else None


ESCAPES = Decoder(
    re.compile(
        rb"[%\\&](?:"
        rb"(?<=%)(?P<percent>[0-9A-Fa-f]{2}(?:%[0-9A-Fa-f]{2})*)"
        rb"|(?<=\\)(?P<slashes>\\(?:\\\\)*)"
        rb"|(?<=\\)[uU](?P<pair>[dD][89abAB][0-9A-Fa-f]{2}\\[uU][dD][c-fC-F][0-9A-Fa-f]{2})"
        rb"|(?<=\\)U000(?P<long>[0-9A-Fa-f]{5})"
        rb"|(?<=[\\%])[uU](?P<unicode>[0-9A-Fa-f]{4})"
        rb"|(?<=\\)[uU]\{0{0,8}(?P<braced>[0-9A-Fa-f]{1,6})\}"
        rb"|(?<=\\)[xX](?P<byte>[0-9A-Fa-f]{2})"
        rb"|(?<=\\)(?P<octal>[0-3]?[0-7]{1,2})"
        rb"|(?<=\\)(?P<simple>.)"
        rb"|(?<=&)\#0{0,8}(?P<decimal>[0-9]{1,7});?"
        rb"|(?<=&)\#[xX]0{0,8}(?P<hexadecimal>[0-9A-Fa-f]{1,6});?"
        rb"|(?<=&)(?P<name>[A-Za-z][A-Za-z0-9]{1,31});"
        rb")",
        re.DOTALL,
    ),
    _unescaped,
)
"""Percent escapes, HTML entities, and the backslash escapes of JSON, JavaScript and Python."""

QUOTED_PRINTABLE = Decoder(
    re.compile(rb"=(?:(?P<bytes>[0-9A-Fa-f]{2}(?:=[0-9A-Fa-f]{2})*)|(?P<soft>[ \t]*\r?\n))"),
    lambda match: bytes.fromhex(match[0].replace(b"=", b"").decode()) if match["bytes"] else b"",
)
"""The escapes and the soft line breaks of quoted-printable."""

ZERO_WIDTH = re.compile(rb"(?:\xc2\xad|\xe2\x80[\x8b-\x8f]|\xe2\x81[\xa0-\xa4]|\xef\xbb\xbf)+")
"""Soft hyphen, U+200B to U+200F, U+2060 to U+2064, and the byte order mark."""

TAG = rb"</?[A-Za-z][^<>]{0,80}>"
TAGS = Decoder(re.compile(TAG), lambda _: b"")
"""The tags of HTML."""
TAGGED = re.compile(rb"(?:[^<>]{1,4}" + TAG + rb"){7,}+")
"""Text that tags break into pieces of a few letters."""

SEPARATORS = Decoder(re.compile(rb"\s+|" + ZERO_WIDTH.pattern), lambda _: b"")
"""White space and zero-width characters."""
