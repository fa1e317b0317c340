"""Bounds on the data that a target sends, and decoding within these bounds.

Every response passes through `received`. The result is safe to handle: a body of at most 8 MiB after decoding, few and
short headers with printable values, and no lone surrogates.
"""

import time
import zlib
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from typing import Literal

import httpx2

from astrbot_conformance.http.failure import reason_of

OFFERED = (("Accept", "*/*"), ("Accept-Encoding", "gzip, deflate"), ("User-Agent", "astrbot-contract"))
LARGEST_BODY = 8 * 1024 * 1024  # bytes after decoding
LARGEST_HEADERS = 32 * 1024  # bytes of all names and values; servers and proxies allow 8 to 32 KiB
MOST_HEADERS = 200
LONGEST_WAIT = 5.0  # seconds; the longest wait that a 429 may request
SHORTEST_WAIT = 0.2
DEFAULT_WAIT = 1.0  # seconds, if a 429 has no readable wait
GZIP, ZLIB, DEFLATE = 31, 15, -15  # window sizes, as zlib names the formats
FORMATS = {"gzip": GZIP, "x-gzip": GZIP, "deflate": ZLIB}

Ending = Literal["closed", "silent", "slow", "large", "broken", "left"]


class UnusableError(Exception):
    """A response cannot be used. The text states the reason."""


@dataclass(frozen=True, slots=True)
class Received:
    """A response after decoding. `ending`: how its body ended.

    "closed" by the target; "silent": no more bytes came; "slow": bytes kept coming until the time was up; "large":
    it is longer than the suite reads; "broken": the connection failed; "left": the suite closed the connection.
    """

    status: int
    headers: dict[str, str]
    body: bytes
    ending: Ending
    detail: str = ""  # why the connection failed, if the body is "broken"


def received(
    response: httpx2.Response, *, seconds: float, largest: int = LARGEST_BODY, leaving: bool = False
) -> Received:
    """The response of a transport. Reads its body for at most `seconds` and decodes up to `largest` bytes.

    With `leaving`, the body ends after its first piece. Raises UnusableError if the headers or the coding exceed
    the limits. Raises httpx2.TransportError if the connection fails before the first byte of the body.
    """
    headers = clean_headers(response.headers.raw)
    body = BodyDecoder(headers.get("content-encoding", ""), largest)
    ending, detail = _read(response, body, time.monotonic() + seconds, leaving=leaving)
    if ending == "closed" and not body.is_complete:
        ending, detail = "broken", "the compressed body ends in the middle"
    return Received(response.status_code, headers, bytes(body.content), ending, detail)


def _read(response: httpx2.Response, body: "BodyDecoder", until: float, *, leaving: bool) -> tuple[Ending, str]:
    if not isinstance(response.stream, httpx2.SyncByteStream):
        raise TypeError("the transport gives no stream of bytes")
    try:
        for piece in response.stream:
            body.feed(piece)
            if leaving and body.content:
                return "left", ""
            if body.is_full:
                return "large", ""
            if time.monotonic() > until:
                return "slow", ""
    except httpx2.ReadTimeout:  # a stream that stays open and sends nothing more
        return "silent", ""
    except (httpx2.RemoteProtocolError, httpx2.ReadError) as error:
        if not body.content:
            raise
        return "broken", reason_of(error)
    return "closed", ""


class BodyDecoder:
    """Decodes a body piece by piece and never holds more than `largest` bytes of it."""

    def __init__(self, coding: str, largest: int = LARGEST_BODY) -> None:
        """Decode `coding`, the value of Content-Encoding. Raises UnusableError for several or unknown codings."""
        names = [name for name in (part.strip().lower() for part in coding.split(",")) if name not in ("", "identity")]
        if len(names) > 1:
            raise UnusableError(f"its body is compressed {len(names)} times; one content coding is allowed")
        if names and names[0] not in FORMATS:
            raise UnusableError(f"its content coding is `{names[0][:40]}`; the request accepts only gzip and deflate")
        self.content = bytearray()
        self.is_full = False
        self._largest = largest
        self._format = FORMATS[names[0]] if names else None
        self._begun = b""  # the beginning of data in a format that is not known yet
        self._inflating = zlib.decompressobj(GZIP) if self._format == GZIP else None

    @property
    def is_complete(self) -> bool:
        """Whether the compressed data reached its declared end. True for an empty body or one without a coding."""
        return self._format is None or not self.content or (self._inflating is not None and self._inflating.eof)

    def feed(self, piece: bytes) -> None:
        """Decode a piece. Raises UnusableError if it is not compressed as the header declares."""
        if self._format is None:
            self._add(piece)
            return
        if self._inflating is None:
            piece = self._begun = self._begun + piece
            if len(piece) < 2:
                return
            self._inflating = zlib.decompressobj(ZLIB if _has_zlib_header(piece) else DEFLATE)
        try:
            self._inflate(piece, self._inflating)
        except zlib.error:
            raise UnusableError("its body is not compressed in the format that its Content-Encoding names") from None

    def _inflate(self, piece: bytes, inflating: "zlib._Decompress") -> None:
        while piece and not self.is_full:
            self._add(inflating.decompress(piece, self._largest - len(self.content) + 1))
            piece = inflating.unconsumed_tail
            if inflating.eof and inflating.unused_data.strip(b"\0") and self._format == GZIP:
                piece = inflating.unused_data  # another member of the same file
                self._inflating = inflating = zlib.decompressobj(GZIP)

    def _add(self, decoded: bytes) -> None:
        room = self._largest - len(self.content)
        self.content += decoded[:room]
        self.is_full = self.is_full or len(decoded) > room


def _has_zlib_header(content: bytes) -> bool:
    """Whether data begins with the header of RFC 1950. Many servers send "deflate" without that header."""
    return content[0] & 0x0F == zlib.DEFLATED and int.from_bytes(content[:2], "big") % 31 == 0


def clean_headers(raw: Iterable[tuple[bytes, bytes]]) -> dict[str, str]:
    """The headers by lower-case name. Repeated headers are joined, unprintable characters are replaced.

    Raises UnusableError if there are more than 200 headers, or more than 32 KiB of them.
    """
    pairs = list(raw)
    if len(pairs) > MOST_HEADERS:
        raise UnusableError(f"it has {len(pairs)} headers; {MOST_HEADERS} are allowed")
    size = sum(len(name) + len(value) for name, value in pairs)
    if size > LARGEST_HEADERS:
        raise UnusableError(f"its headers have {size:,} bytes; {LARGEST_HEADERS:,} are allowed")
    headers: dict[str, str] = {}
    for name, value in pairs:
        key, text = _printable(name).lower(), _printable(value)
        headers[key] = f"{headers[key]}, {text}" if key in headers else text
    return headers


def _printable(raw: bytes) -> str:
    text = raw.decode("utf-8", "replace")
    return text if text.isprintable() else "".join(one if one.isprintable() else "\ufffd" for one in text)


def wait_of(retry_after: str | None) -> float:
    """Seconds to wait by a Retry-After header with a number or a date: from 0.2 to 5, or 1 if it cannot be read."""
    text = (retry_after or "").strip()[:100]
    whole, _, part = text.partition(".")
    if whole.isascii() and whole.isdigit() and (not part or (part.isascii() and part.isdigit())):
        seconds = float(text) if len(text) < 10 else LONGEST_WAIT  # 9 characters are more than 3 years
    else:
        seconds = _seconds_until(text)
    return min(max(seconds, SHORTEST_WAIT), LONGEST_WAIT)


def _seconds_until(date: str) -> float:
    try:
        moment = parsedate_to_datetime(date)
        moment = moment if moment.tzinfo else moment.replace(tzinfo=UTC)
        return (moment - datetime.now(UTC)).total_seconds()
    except (ValueError, TypeError, OverflowError, IndexError):
        return DEFAULT_WAIT
