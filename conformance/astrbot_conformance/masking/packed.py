"""Runs of base64, base32, hexadecimal digits, decimal numbers and letters between tags, and the bytes they give."""

import binascii
import re
from collections.abc import Iterator

from astrbot_conformance.masking.decoders import Piece

SHORTEST = 10  # bytes that a run gives at least
RUN = re.compile(rb"[A-Za-z0-9+/_-]{14,}")  # base64, and all digits of base32 and hexadecimal
BASE32_RUN = re.compile(rb"[A-Z2-7]{16,}|[a-z2-7]{16,}")
HEX_RUN = re.compile(rb"[0-9A-Fa-f]{20,}")
NUMBERS = re.compile(rb"[0-9]{1,3}(?:[,;\s]{1,4}[0-9]{1,3}){7,}+")
DENSE = re.compile(rb"[A-Za-z0-9]{16,}")  # a run that may be base32 or hexadecimal
TAGGED = re.compile(rb"(?:[^<>]{1,4}</?[A-Za-z][^<>]{0,80}>){7,}+[^<>]{1,4}")
TAG = re.compile(rb"<[^<>]*>")
STANDARD = bytes.maketrans(b"-_", b"+/")
BASE32_DIGITS = bytes.maketrans(b"ABCDEFGHIJKLMNOPQRSTUVWXYZ234567", b"0123456789abcdefghijklmnopqrstuv")


def packed(text: bytes) -> Iterator[Piece]:
    """What each run of encoded bytes gives. A run may begin with other text, so it is read from each offset."""
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
            yield Piece(match.start(), match.end(), bytes(values), match.end() - match.start(), len(values))

    for match in TAGGED.finditer(text) if b"<" in text else ():
        letters = TAG.sub(b"", match[0])
        yield Piece(match.start(), match.end(), letters, match.end() - match.start(), len(letters))


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
        groups = (digits[place : place + 8].ljust(8, "0") for place in range(start, len(digits), 8))
        decoded = b"".join(int(group, 32).to_bytes(5) for group in groups)
        yield Piece(start, len(digits), decoded[: (len(digits) - start) * 5 // 8], 8, 5)


def _hexadecimal(run: bytes) -> Iterator[Piece]:
    for start in range(2):
        end = len(run) - (len(run) - start) % 2
        yield Piece(start, end, bytes.fromhex(run[start:end].decode()), 2, 1)
