"""Decodes runs of base64, base32 and hexadecimal digits, and lists of numbers and of letters."""

import binascii
import re
from collections.abc import Iterator

from astrbot_conformance.masking.decoders import CONTROLS, Piece

SHORTEST = 10  # bytes that a run gives at least
RUN = re.compile(rb"[A-Za-z0-9+/_-]{14,}")  # base64, and all digits of base32 and hexadecimal
BASE32_RUN = re.compile(rb"[A-Z2-7]{16,}|[a-z2-7]{16,}")
HEX_RUN = re.compile(rb"[0-9A-Fa-f]{20,}")
NUMBERS = re.compile(rb"[0-9]{1,3}(?:[,;\s]{1,4}[0-9]{1,3}){7,}+")
DENSE = re.compile(rb"[A-Za-z0-9]{16,}")  # a run that may be base32 or hexadecimal
PAIRS = re.compile(rb"(?:[0-9A-Fa-f]{2}[:,\s-]{1,3}){9,}[0-9A-Fa-f]{2}(?![0-9A-Za-z])")
SOME_PAIRS = re.compile(rb"[:,\s-][0-9A-Fa-f][0-9A-Fa-f][:,\s-][:,\s-]?[0-9A-Fa-f][0-9A-Fa-f][:,\s-]")  # faster
PAIR = re.compile(rb"[0-9A-Fa-f]{2}")
LETTER = re.compile(rb"[\"'](?:\\(.)|([\xc2-\xf4][\x80-\xbf]{1,3}|[^\\\n]))[\"']", re.DOTALL)
LETTERS = re.compile(rb"(?:" + LETTER.pattern + rb"[,;\s]{1,4}){7,}" + LETTER.pattern, re.DOTALL)
SOME_LETTERS = re.compile(rb"[\"'].[\"'][,;\s]")
STANDARD = bytes.maketrans(b"-_", b"+/")
BASE32_DIGITS = bytes.maketrans(b"ABCDEFGHIJKLMNOPQRSTUVWXYZ234567", b"0123456789abcdefghijklmnopqrstuv")


def packed(text: bytes) -> Iterator[Piece]:
    """The bytes of each run of encoded bytes. A run may begin with other text, so it is decoded from each offset."""
    for match in RUN.finditer(text):
        run, start = match[0], match.start()
        if not run.islower() and not run.isdigit():  # base64 has capitals
            yield from _moved(_base64(run), start)
        for dense in DENSE.finditer(run):
            for inner in HEX_RUN.finditer(run, *dense.span()):
                yield from _moved(_hexadecimal(inner[0]), start + inner.start())
            for inner in BASE32_RUN.finditer(run, *dense.span()):
                yield from _moved(_base32(inner[0]), start + inner.start())
    for match in NUMBERS.finditer(text):
        values = [int(number) for number in re.findall(rb"[0-9]+", match[0])]
        if max(values) <= 0xFF:
            yield _piece(match, bytes(values))

    for match in PAIRS.finditer(text) if SOME_PAIRS.search(text) else ():
        yield _piece(match, bytes.fromhex(b"".join(PAIR.findall(match[0])).decode()))
    for match in LETTERS.finditer(text) if SOME_LETTERS.search(text) else ():
        letters = LETTER.findall(match[0])
        yield _piece(match, b"".join(CONTROLS.get(escaped, escaped) or plain for escaped, plain in letters))


def _piece(match: re.Match[bytes], decoded: bytes) -> Piece:
    """All of `match` as `decoded`. The source of each single byte is not recorded."""
    return Piece(match.start(), match.end(), decoded, match.end() - match.start(), len(decoded))


def _moved(pieces: Iterator[Piece], by: int) -> Iterator[Piece]:
    for piece in pieces:
        yield piece._replace(start=piece.start + by, end=piece.end + by)


def _base64(run: bytes) -> Iterator[Piece]:
    digits = run.translate(STANDARD)
    for start in range(4):
        size = len(digits) - start
        end = len(digits) - (size % 4 == 1)
        yield Piece(start, end, binascii.a2b_base64(digits[start:end] + b"=" * (-(end - start) % 4)), 4, 3)


def _base32(run: bytes) -> Iterator[Piece]:
    digits = run.upper().translate(BASE32_DIGITS).decode()
    for start in range(8):
        groups = (digits[index : index + 8].ljust(8, "0") for index in range(start, len(digits), 8))
        decoded = b"".join(int(group, 32).to_bytes(5) for group in groups)
        yield Piece(start, len(digits), decoded[: (len(digits) - start) * 5 // 8], 8, 5)


def _hexadecimal(run: bytes) -> Iterator[Piece]:
    for start in range(2):
        end = len(run) - (len(run) - start) % 2
        yield Piece(start, end, bytes.fromhex(run[start:end].decode()), 2, 1)
