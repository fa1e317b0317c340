"""The readings of a text: the text itself, and its decoded forms, up to two different encodings deep."""

import re
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

from astrbot_conformance.masking.decoders import (
    ESCAPES,
    QUOTED_PRINTABLE,
    SEPARATORS,
    TAGGED,
    TAGS,
    ZERO_WIDTH,
    Decoder,
    Piece,
)
from astrbot_conformance.masking.packed import packed

DEPTH = 4  # passes over the escapes, for JSON in JSON in JSON in a page
BETWEEN = b"\0"  # separates the readings of different runs; no match extends across it
WRAPPED = re.compile(rb"[A-Za-z0-9+/]{57}\r?\n")  # base64 as mail wraps it
BROKEN = re.compile(rb"%\s[0-9A-Fa-f]\s")
# The reversed form of text with escapes.
REVERSED = re.compile(
    rb"[%\\#](?:(?<=[0-9A-Fa-f]{2}%)|(?<=[0-9A-Fa-f][uUxX]\\)|(?<=[0-7]{2}\\)|(?<=[0-9A-Fa-f]\#)&|(?<=[xX]\#)&)"
)


@dataclass(frozen=True, eq=False)
class Reading:
    """One way to read a text: `parent` after a step, or the text itself.

    step: the decoder of this reading; None for the result of `packed`, and for a reversed text. is_tight: whether
    the white space was removed, so that the ends of words are unknown.
    """

    data: bytes
    parent: "Reading | None" = None
    step: Decoder | None = None
    is_reversed: bool = False
    is_tight: bool = False

    def origin(self, start: int, end: int) -> tuple[int, int]:
        """The position of `start:end` of this reading in the text itself. `end` is above `start`."""
        if self.parent is None:
            return start, end
        if self.is_reversed:
            size = len(self.data)
            return self.parent.origin(size - end, size - start)
        return self.parent.origin(self._source(start)[0], self._source(end - 1)[1])

    def _source(self, index: int) -> tuple[int, int]:
        """The slice of the parent that produced byte `index` of this reading."""
        number = bisect_right(self._begins, index) - 1
        if number < 0:
            return index, index + 1
        piece, offset = self._pieces[number], index - self._begins[number]
        if offset >= len(piece.decoded):  # the text that follows the piece
            source = piece.end + offset - len(piece.decoded)
            return source, source + 1
        source = piece.start + offset // piece.result * piece.source
        return source, min(source + piece.source, piece.end)

    @cached_property
    def _pieces(self) -> list[Piece]:
        """The decoded pieces. They are computed only if something was found, because they need much memory."""
        source = self.parent.data if self.parent else b""
        return list(self.step.pieces(source) if self.step else packed(source))

    @cached_property
    def _begins(self) -> list[int]:
        """The start of each piece in this reading."""
        begins, index, end = [], 0, 0
        for piece in self._pieces:
            index += piece.start - end if self.step else 0
            begins.append(index)
            index += len(piece.decoded) + (0 if self.step else len(BETWEEN))
            end = piece.end
        return begins


def readings(text: bytes) -> Iterator[Reading]:
    """Every reading of `text`, the text itself first."""
    whole = Reading(text)
    escaped = [whole, *_unescaped(whole)]
    for one in escaped:
        yield one
        yield from _untagged(one)
    for one in escaped[:1] + escaped[1:][-1:]:
        if b"=" in one.data:
            yield from _with_escapes(_decoded(one, QUOTED_PRINTABLE))
        if _is_broken(one.data):
            tight = _decoded(one, SEPARATORS)
            yield from _with_escapes(tight)
            yield from _with_escapes(_unpacked(tight)) if tight else ()
        yield from _with_escapes(_unpacked(one))
    if (b"%" in text or b"\\" in text or b"#&" in text) and REVERSED.search(text):
        yield from _unescaped(Reading(text[::-1], whole, is_reversed=True))


def _is_broken(text: bytes) -> bool:
    """Whether base64 is broken into lines, or escapes or words by invisible separators."""
    return (
        (b"\n" in text and WRAPPED.search(text) is not None)
        or (b"%" in text and BROKEN.search(text) is not None)
        or (not text.isascii() and ZERO_WIDTH.search(text) is not None)
    )


def _untagged(reading: Reading) -> Iterator[Reading]:
    """The text without its tags, if the tags split words into letters."""
    if b"<" in reading.data and TAGGED.search(reading.data):
        without = _decoded(reading, TAGS)
        if without is not None:
            yield without


def unescaped(text: bytes) -> list[bytes]:
    """`text` after each pass over its escapes, while there are any."""
    return [reading.data for reading in _unescaped(Reading(text))]


def _with_escapes(reading: Reading | None) -> Iterator[Reading]:
    if reading is None:
        return
    for one in (reading, *_unescaped(reading)):
        yield one
        yield from _untagged(one)


def _unescaped(reading: Reading) -> Iterator[Reading]:
    """The text after each pass over its escapes, while there are any."""
    current: Reading | None = reading
    for _ in range(DEPTH):
        data = current.data if current else b""
        if current is None or not (b"%" in data or b"\\" in data or b"&" in data):
            return
        current = _decoded(current, ESCAPES)
        if current is not None:
            yield current


def _decoded(reading: Reading, step: Decoder) -> Reading | None:
    """The text after `step` decoded its matches in place. None if there are no matches."""
    data = step.text(reading.data)
    if data == reading.data:
        return None
    return Reading(data, reading, step, is_tight=reading.is_tight or step is SEPARATORS)


def _unpacked(reading: Reading) -> Reading | None:
    """The decoded runs of encoded bytes, without the rest of the text. None if there are no runs."""
    runs = [piece.decoded for piece in packed(reading.data)]
    return Reading(BETWEEN.join(runs), reading, is_tight=reading.is_tight) if runs else None
