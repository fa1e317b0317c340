"""Searches every reading of a text for held secrets, and for text in the form of a secret."""

import re
from collections.abc import Collection, Iterable, Iterator
from itertools import compress, pairwise
from typing import NamedTuple

from astrbot_conformance.masking.forms import OTHERS, SHORTEST, fold, forms_of
from astrbot_conformance.masking.needles import Needles
from astrbot_conformance.masking.ordinary import folds_to_ordinary, is_ordinary
from astrbot_conformance.masking.readings import Reading, readings

WINDOW = 256 * 1024  # bytes that are searched at a time; this limits the memory
OVERLAP = 32 * 1024  # bytes that two windows share; more than any encoded secret
WIDEST_GAP = 12  # bytes between two letters of a secret; allows a form in pieces, but not two unrelated texts
IS_KEPT = bytes(byte not in OTHERS for byte in range(256))
NAMES_A_SECRET = rb"(?i:password|passwd|pwd|secret|token|key)(?:\\*[\"']?\s*:\s*\\*[\"']|=[\"']?)"
WORD = re.compile(rb"[A-Za-z0-9]")


class Span(NamedTuple):
    """`start:end` of a text shows the secret called `name`."""

    start: int
    end: int
    name: str


class Shape(NamedTuple):
    """The form of secrets of one kind: the first group of `pattern`. signs: each match contains one of these texts."""

    name: str
    pattern: re.Pattern[bytes]
    signs: tuple[bytes, ...]


class SecretSearch:
    """Finds the given secrets, and text in one of the given forms. Several threads can read it at the same time."""

    def __init__(self, shapes: Iterable[Shape]) -> None:
        """Start with the matches of `shapes` only."""
        self._shapes = tuple(shapes)
        self._needles = Needles()
        self._exact: dict[bytes, str] = {}
        self._words: dict[bytes, str] = {}
        self._named: dict[re.Pattern[bytes], str] = {}

    def add(self, secret: str, name: str) -> None:
        """Find `secret` from now on under `name`, in every form that cannot be an ordinary text."""
        ordinary = is_ordinary(secret)
        forms = forms_of(secret, is_ordinary=ordinary, folds_to_ordinary=ordinary or folds_to_ordinary(secret))
        self._needles.add(sorted(forms.folded), name)
        self._exact |= dict.fromkeys(forms.exact, name)
        self._words |= dict.fromkeys(forms.words, name)
        raw = secret.encode("utf-8", "surrogatepass")
        if ordinary and len(raw) >= SHORTEST:
            self._named[re.compile(NAMES_A_SECRET + b"(" + re.escape(raw) + rb")(?![A-Za-z0-9])")] = name

    def spans(self, text: bytes) -> Iterator[Span]:
        """Each span of `text` that shows a secret, in no order. Several readings may find the same secret."""
        for begin in range(0, max(len(text) - OVERLAP, 1), WINDOW - OVERLAP):
            for reading in readings(text[begin : begin + WINDOW]):
                for match in self._matches(reading):
                    start, end = reading.origin(*match[:2])
                    yield Span(begin + start, begin + end, match[2])

    def _matches(self, reading: Reading) -> Iterator[tuple[int, int, str]]:
        """The matches in one reading."""
        data = reading.data
        for shape in self._shapes if not reading.is_tight else ():
            if any(sign in data for sign in shape.signs):
                for match in shape.pattern.finditer(data):
                    yield *match.span(match.lastindex or 0), shape.name
        for form, name in list(self._exact.items()):
            yield from ((start, start + len(form), name) for start in _occurrences(data, form))
        for form, name in list(self._words.items()):
            for start in _occurrences(data, form):
                if not WORD.match(data, start + len(form)) and not WORD.match(data[max(0, start - 1) : start]):
                    yield start, start + len(form), name
        for pattern, name in list(self._named.items()):
            yield from ((*match.span(1), name) for match in pattern.finditer(data))
        matches = list(self._needles.find(fold(data)))
        if matches:
            yield from _unfolded(data, matches)


def _occurrences(data: bytes, form: bytes) -> Iterator[int]:
    start = data.find(form)
    while start >= 0:
        yield start
        start = data.find(form, start + 1)


def _unfolded(data: bytes, matches: list[tuple[int, int, str]]) -> Iterator[tuple[int, int, str]]:
    """The positions in `data` of matches in the folded text, without matches whose letters are too far apart."""
    indexes = list(compress(range(len(data)), data.translate(IS_KEPT)))
    for first, end, name in matches:
        inside = indexes[first:end]
        if all(later - sooner <= WIDEST_GAP + 1 for sooner, later in pairwise(inside)):
            yield inside[0], _end_of(data, inside[-1] + 1), name


def _end_of(data: bytes, index: int) -> int:
    """`index`, moved past any padding of base64 that follows."""
    while data[index : index + 1] == b"=":
        index += 1
    return index


def masked(text: bytes, spans: list[Span], shapes: Collection[str]) -> bytes:
    """`text` with `$NAME` in place of each group of overlapping spans. A held secret's name comes before a shape's."""
    parts: list[bytes] = []
    end = 0
    for group in _groups(Span(*_whole_characters(text, span.start, span.end), span.name) for span in spans):
        name = min(group, key=lambda span: (span.name in shapes, span.start - span.end)).name
        parts += text[end : group[0].start], b"$" + name.encode()
        end = max(span.end for span in group)
    return b"".join([*parts, text[end:]])


def _groups(spans: Iterable[Span]) -> Iterator[list[Span]]:
    """The spans in groups that overlap, from left to right."""
    group: list[Span] = []
    end = 0
    for span in sorted(spans):
        if group and span.start >= end:
            yield group
            group = []
        group.append(span)
        end = max(end, span.end)
    if group:
        yield group


def _whole_characters(text: bytes, start: int, end: int) -> tuple[int, int]:
    """The span, extended to the whole characters that it touches."""
    while start > 0 and text[start] & 0xC0 == 0x80:
        start -= 1
    while end < len(text) and text[end] & 0xC0 == 0x80:
        end += 1
    return start, end
