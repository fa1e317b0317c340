"""The exact bounds of what a run reads of a response, and of what it stores."""

import gzip
import zlib
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from typing import Self

import httpx2
import pytest
from astrbot_conformance.http import HttpResponse, harmless
from astrbot_conformance.http import limits as under_test
from astrbot_conformance.http.limits import BodyDecoder, UnusableError, clean_headers, received, wait_of
from astrbot_conformance.http.memory import Memory, size_of
from astrbot_conformance.json_text import MOST_VALUES

from tests.conformance.http.scripted import answer
from tests.conformance.made import new, operation, response_to

READ = harmless(operation())
MIB_8 = 8_388_608


@pytest.mark.parametrize("coding", ["", "gzip", "deflate"])
@pytest.mark.parametrize(("size", "is_full"), [(MIB_8, False), (MIB_8 + 1, True)])
def test_a_body_has_at_most_8_mib(coding: str, size: int, is_full: bool) -> None:  # noqa: FBT001  by pytest
    """After decoding."""
    content = b"\0" * size
    packed = {"": content, "gzip": gzip.compress(content, 1), "deflate": zlib.compress(content, 1)}[coding]

    result = received(response=answer(200, packed, content_encoding=coding), seconds=60)

    assert (len(result.body), result.ending) == (MIB_8, "large" if is_full else "closed")
    decoder = BodyDecoder(coding)
    decoder.feed(packed)
    assert decoder.is_full is is_full


def test_a_full_body_stays_full() -> None:
    """What comes after it does not matter."""
    decoder = BodyDecoder("", largest=1)
    for piece in (b"", b"a", b""):
        decoder.feed(piece)
        assert not decoder.is_full
    decoder.feed(b"b")
    decoder.feed(b"")

    assert (decoder.is_full, bytes(decoder.content)) == (True, b"a")


@pytest.mark.parametrize("count", [1, 2, 3])
def test_members_of_a_file_are_joined(count: int) -> None:
    """With zeros after the last one. Other bytes after "deflate" are ignored."""
    packed = gzip.compress(b"abc") * count
    for content in (packed, packed + b"\0" * 9):
        decoder = BodyDecoder("gzip")
        decoder.feed(content)
        assert (bytes(decoder.content), decoder.is_complete) == (b"abc" * count, True)
    decoder = BodyDecoder("deflate")
    decoder.feed(zlib.compress(b"abc") + b"more")
    assert bytes(decoder.content) == b"abc"


@pytest.mark.parametrize("level", range(10))
def test_deflate_has_a_header_or_not(level: int) -> None:
    """Many servers send it without the header. Its first two bytes tell both forms apart."""
    packed = zlib.compress(b"some text", level)
    for content in (packed, packed[2:-4]):
        decoder = BodyDecoder("deflate")
        decoder.feed(content[:1])
        assert (bytes(decoder.content), decoder.is_complete) == (b"", True)
        decoder.feed(content[1:])
        assert (bytes(decoder.content), decoder.is_complete) == (b"some text", True)


@pytest.mark.parametrize("first", [b"\x58\x89", b"\x78\x02", b"\x63\x62"])
def test_raw_data_is_not_taken_for_a_header(first: bytes) -> None:
    """A header has the method 8, and its two bytes are a multiple of 31."""
    is_header = first[0] % 16 == 8 and (first[0] * 256 + first[1]) % 31 == 0

    assert under_test._has_zlib_header(first + b"more") is is_header  # noqa: SLF001
    assert under_test._has_zlib_header(b"\x78\x9c\xff")  # noqa: SLF001


@pytest.mark.parametrize("coding", ["gzip", "deflate"])
def test_a_compressed_body_may_end_in_the_middle(coding: str) -> None:
    """Then it is broken, even if all its text has come."""
    text = b"some text" * 9
    packed = gzip.compress(text) if coding == "gzip" else zlib.compress(text)

    cut = received(answer(200, packed[:-3], content_encoding=coding), seconds=5)

    assert (cut.ending, cut.detail) == ("broken", "the compressed body ends in the middle")
    assert received(answer(200, packed, content_encoding=coding), seconds=5).ending == "closed"


def test_a_connection_that_breaks_leaves_the_reason() -> None:
    """If bytes of the body have come; else the request has no response. Time-outs and other endings have no reason."""
    error = httpx2.ReadError("x")
    packed = gzip.compress(b"some text" * 99)[:-9]
    for response in (answer(200, b"a", failure=error), answer(200, packed, failure=error, content_encoding="gzip")):
        broken = received(response, seconds=5)
        assert (broken.ending, broken.detail) == ("broken", "the connection was reset")
    with pytest.raises(httpx2.ReadError):
        received(answer(200, b"", failure=error), seconds=5)
    silent = received(answer(200, b"", failure=httpx2.ReadTimeout("x")), seconds=5)
    assert (silent.ending, silent.detail) == ("silent", "")


@pytest.mark.parametrize(("after", "ending"), [(4.0, "closed"), (5.0, "closed"), (6.0, "slow")])
def test_a_body_may_take_that_long(monkeypatch: pytest.MonkeyPatch, after: float, ending: str) -> None:
    """Bytes that come later are not read."""
    times = iter([100.0, 100.0 + after])
    monkeypatch.setattr("time.monotonic", lambda: next(times))

    assert received(answer(200, b"a"), seconds=5).ending == ending


@pytest.mark.parametrize(("leaving", "ending", "body"), [(True, "left", b"a"), (False, "closed", b"ab")])
def test_a_body_is_left_after_its_first_bytes(leaving: bool, ending: str, body: bytes) -> None:  # noqa: FBT001
    """An empty piece is not enough."""
    result = received(answer(200, b"", b"a", b"b"), seconds=5, leaving=leaving)

    assert (result.ending, result.body) == (ending, body)
    assert received(answer(200, b"a", b"b"), seconds=5).body == b"ab"


def test_a_response_may_have_200_headers() -> None:
    """Together 32 KiB of names and values, which servers and proxies allow too."""
    assert len(clean_headers((b"%d" % number, b"") for number in range(200))) == 200
    with pytest.raises(UnusableError, match="it has 201 headers; 200 are allowed"):
        clean_headers([(b"a", b"")] * 201)

    assert len(clean_headers([(b"ab", b"x" * 32_766)])["ab"]) == 32_766
    with pytest.raises(UnusableError, match="its headers have 32,769 bytes; 32,768 are allowed"):
        clean_headers([(b"ab", b"x" * 32_767)])


def test_a_long_coding_is_quoted_in_part() -> None:
    """Forty characters of it."""
    with pytest.raises(UnusableError, match=f"its content coding is `{'x' * 40}`;"):
        BodyDecoder("x" * 41)
    with pytest.raises(UnusableError, match="compressed 2 times"):
        BodyDecoder("gzip, identity, deflate")


WAITS = {"0.1": 0.2, "0.25": 0.25, "4.75": 4.75, "6": 5.0, "1.x": 1.0, "2.": 2.0, " 3 ": 3.0}
LONG_WAITS = {"0.0000000": 0.2, "0.00000000": 5.0, "2" + " " * 200: 2.0, "x" * 99 + "2": 1.0}


@pytest.mark.parametrize(("retry_after", "seconds"), [*WAITS.items(), *LONG_WAITS.items()])
def test_a_wait_is_between_a_fifth_of_a_second_and_five(retry_after: str, seconds: float) -> None:
    """A number of ten or more characters is a long wait."""
    assert wait_of(retry_after) == seconds


@pytest.mark.parametrize("in_utc", [True, False])
def test_a_wait_until_a_date(in_utc: bool) -> None:  # noqa: FBT001  by pytest
    """A date without a time zone is in UTC."""
    moment = datetime.now(UTC) + timedelta(seconds=4)
    date = format_datetime(moment if in_utc else moment.replace(tzinfo=None))

    assert 2.5 < wait_of(date) <= 4


def _response(body: bytes, **headers: str) -> HttpResponse:
    return response_to(READ, body, headers=headers)


def test_the_size_of_a_response_is_estimated() -> None:
    """4 KiB, its headers, its body twice, and 100 bytes for each value up to a limit."""
    assert size_of(_response(b"")) == 4096
    assert size_of(_response(b"12345", ab="cde")) == 4096 + 5 + 10
    assert size_of(_response(b'[{"a":1},2]')) == 4096 + 22 + 400
    assert size_of(_response(b"," * MOST_VALUES)) == 4096 + 102 * MOST_VALUES
    assert size_of(_response(b"," * (MOST_VALUES + 1))) == 4096 + 102 * MOST_VALUES + 2


def test_memory_drops_the_oldest_responses() -> None:
    """If they exceed the limit. The last one always stays."""
    sent = list[str]()
    memory = Memory(most_bytes=3 * 4096)

    def once(name: str, size: int = 0) -> None:
        def send() -> HttpResponse:
            sent.append(name)
            return _response(b"x" * size)

        memory.once(name, send)

    for name in ("a", "b", "c", "a", "b", "c"):
        once(name)
    assert sent == ["a", "b", "c"]
    for name in ("d", "b", "c", "d", "a"):
        once(name)
    assert sent == ["a", "b", "c", "d", "a"]
    once("large", 10_000)
    once("large", 10_000)
    once("c")
    assert sent[5:] == ["large", "c"]
    memory.forget()
    for name in ("x", "y", "z", "x", "y", "z"):
        once(new(name))
    assert sent[7:] == ["x", "y", "z"]


def test_memory_has_96_mib() -> None:
    """It stores the responses of a usual run."""
    sent = list[int]()

    def once(number: int, size: int) -> None:
        def send() -> HttpResponse:
            sent.append(number)
            return response

        response = _response(b"")
        response.__dict__["body"] = Sized(size)
        memory.once(number, send)

    memory = Memory()
    for _ in range(2):
        once(1, (100_663_296 - 2 * 4096) // 2)
        once(2, 0)
    assert sent == [1, 2]
    memory.forget()
    for _ in range(2):
        once(3, (100_663_296 - 2 * 4096) // 2 + 1)
        once(4, 0)
    assert sent[2:] == [3, 4, 3, 4]


class Sized(bytes):
    """A body that claims a size."""

    def __new__(cls, size: int) -> Self:
        """Without the bytes."""
        made = super().__new__(cls)
        made.size = size
        return made

    size: int

    def __len__(self) -> int:
        """The claimed size."""
        return self.size
