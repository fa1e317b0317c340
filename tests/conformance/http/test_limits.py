"""Every response is decoded within limits, and the result is safe to handle."""

import gzip
import tracemalloc
import zlib
from collections.abc import Iterator
from functools import partial
from itertools import repeat

import httpx2
import pytest
from astrbot_conformance.http.limits import (
    LARGEST_BODY,
    LONGEST_WAIT,
    BodyDecoder,
    UnusableError,
    clean_headers,
    received,
    wait_of,
)

from tests.conformance.http.scripted import Pieces

# Without the time: it would make the names of tests differ between processes.
packed = partial(gzip.compress, mtime=0)
BOMB = packed(b"\0" * (64 * 1024 * 1024))
TEXT = b'{"status": "ok"}' * 50


def response(
    pieces: Iterator[bytes] | list[bytes], failure: Exception | None = None, **headers: str
) -> httpx2.Response:
    """A response as a transport returns it."""
    sent = [(name.replace("_", "-"), value) for name, value in headers.items()]
    return httpx2.Response(200, headers=sent, stream=Pieces(pieces, failure))


def raw_deflate(content: bytes) -> bytes:
    """The content as many servers send "deflate": without the zlib header."""
    packer = zlib.compressobj(wbits=-15)
    return packer.compress(content) + packer.flush()


@pytest.mark.parametrize(
    ("coding", "content"),
    [
        ("", TEXT),
        ("identity", TEXT),
        ("gzip", packed(TEXT)),
        ("X-GZIP", packed(TEXT)),
        ("gzip, identity", packed(TEXT)),
        ("gzip", packed(TEXT[:300]) + packed(TEXT[300:])),
        ("gzip", packed(TEXT) + b"\0\0"),
        ("deflate", zlib.compress(TEXT)),
        ("deflate", raw_deflate(TEXT)),
    ],
)
@pytest.mark.parametrize("size", [1, 7, 100_000])
def test_a_valid_body_is_decoded(coding: str, content: bytes, size: int) -> None:
    """In each coding that the suite offers, and in any pieces."""
    pieces = [content[start : start + size] for start in range(0, len(content), size)]

    result = received(response(pieces, content_encoding=coding), seconds=5)

    assert (result.body, result.ending) == (TEXT, "closed")


@pytest.mark.parametrize(
    ("coding", "content", "reason"),
    [
        ("gzip, gzip", packed(packed(TEXT)), "compressed 2 times"),
        ("deflate,gzip,gzip", b"", "compressed 3 times"),
        ("br", b"\x0b\x02\x80", "its content coding is `br`"),
        ("zstd", b"", "accepts only gzip and deflate"),
        ("\x7f" * 500, b"", "accepts only gzip and deflate"),
        ("gzip", b"no gzip at all", "not compressed in the format"),
        ("gzip", packed(TEXT)[:60] + b"?" * 60, "not compressed in the format"),
        ("deflate", b"\xff\xff\xff\xff", "not compressed in the format"),
    ],
)
def test_a_body_that_cannot_be_decoded_is_unusable(coding: str, content: bytes, reason: str) -> None:
    """The reason names the problem with the coding, and is short."""
    with pytest.raises(UnusableError, match=reason) as unusable:
        received(response([content], content_encoding=coding), seconds=5)

    assert len(str(unusable.value)) < 120


@pytest.mark.parametrize("coding", ["gzip", "deflate"])
def test_an_empty_body_needs_no_decoding(coding: str) -> None:
    """Responses to HEAD and responses with 304 have the header and no body."""
    assert received(response([], content_encoding=coding), seconds=5).ending == "closed"


def test_a_body_that_is_cut_short_is_broken() -> None:
    """The compressed data or the connection may end early. The received part is kept."""
    cut = received(response([packed(TEXT)[:-10]], content_encoding="gzip"), seconds=5)
    reset = received(response([b"{"], httpx2.ReadError("reset")), seconds=5)

    assert (cut.ending, reset.ending, reset.body) == ("broken", "broken", b"{")


def test_a_bomb_takes_no_memory() -> None:
    """64 MiB in 64 KiB are decoded only up to the limit."""
    tracemalloc.start()
    result = received(response([BOMB], content_encoding="gzip"), seconds=30)
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()

    assert (len(result.body), result.ending) == (LARGEST_BODY, "large")
    assert peak < 6 * LARGEST_BODY


def test_an_endless_body_ends() -> None:
    """The limit is the size or the time."""
    assert received(response(repeat(b"x" * 65536)), seconds=30).ending == "large"
    assert received(response(repeat(b"x")), seconds=0.05).ending == "slow"
    assert received(response(repeat(b"x")), seconds=30, leaving=True).ending == "left"


def test_a_decoder_is_full_exactly_at_its_limit() -> None:
    """A body of exactly the largest size is complete."""
    decoder = BodyDecoder("gzip", largest=len(TEXT))
    decoder.feed(packed(TEXT))
    assert (bytes(decoder.content), decoder.is_full, decoder.is_complete) == (TEXT, False, True)
    decoder.feed(packed(b""))
    decoder = BodyDecoder("", largest=3)
    decoder.feed(b"abcd")
    assert (bytes(decoder.content), decoder.is_full) == (b"abc", True)


def test_headers_are_made_safe() -> None:
    """Names are in lower case, repeated headers are joined, and every value is printable."""
    raw = [(b"X-Odd", b"a\x1b[31m\xe2\x80\xae\xff"), (b"x-odd", b"b"), (b"ETag", "é".encode())]

    assert clean_headers(raw) == {"x-odd": "a\ufffd[31m\ufffd\ufffd, b", "etag": "é"}


@pytest.mark.parametrize("raw", [[(b"a", b"b")] * 201, [(b"a", b"b" * 40_000)]])
def test_headers_beyond_the_limits_are_unusable(raw: list[tuple[bytes, bytes]]) -> None:
    """Too many headers, or too long ones."""
    with pytest.raises(UnusableError, match="headers"):
        clean_headers(raw)


SOON = "Thu, 31 Dec 2099 23:59:59 GMT"
PAST = "Fri, 31 Dec 1999 23:59:59 GMT"


@pytest.mark.parametrize(
    ("retry_after", "seconds"),
    [
        (None, 1.0),
        ("", 1.0),
        ("3", 3.0),
        ("0.5", 0.5),
        ("0", 0.2),
        ("99999", LONGEST_WAIT),
        ("9" * 5000, LONGEST_WAIT),
        (SOON, LONGEST_WAIT),
        (PAST, 0.2),
        *(
            (odd, 1.0)
            for odd in ("nan", "inf", "-inf", "-1", "1e999", "soon", "٣", "1_0", "Mon, 99 Foo 99999 99:99:99")
        ),
    ],
)
def test_a_wait_is_limited(retry_after: str | None, seconds: float) -> None:
    """For any Retry-After of a 429, the result is a number of seconds that a run can wait."""
    assert wait_of(retry_after) == seconds
