"""Two keys in one request: in both headers, in either order, and twice in one header."""

from dataclasses import dataclass, replace
from functools import partial

from astrbot_conformance.http import HttpRequest, Key, KeyHeader, Presented


@dataclass(frozen=True, slots=True)
class Arrangement:
    """Two keys in one request, of which AstrBot uses the first and ignores the second.

    words: the places of the keys, as text. is_reversed: whether the second key is sent before the first one.
    """

    words: str
    of_first: KeyHeader
    of_second: KeyHeader
    is_reversed: bool = False

    def presented(self, first: Key, second: Key) -> tuple[Presented, ...]:
        """The two keys in their headers, in the order in which they are sent."""
        both = (_presented(first, self.of_first), _presented(second, self.of_second))
        return both[::-1] if self.is_reversed else both

    def put(self, request: HttpRequest, first: Key, second: Key) -> HttpRequest:
        """The request with the two keys."""
        return replace(request, presented=self.presented(first, second))


IN_BOTH = partial(Arrangement, of_first=KeyHeader.BEARER, of_second=KeyHeader.HEADER)
ARRANGEMENTS = (
    IN_BOTH("in `Authorization: Bearer` and `X-API-Key`"),
    IN_BOTH("in `Authorization: Bearer` and `X-API-Key`, sent in reverse order", is_reversed=True),
    Arrangement("in two headers `Authorization: Bearer`", KeyHeader.BEARER, KeyHeader.BEARER),
    Arrangement("in two headers `X-API-Key`", KeyHeader.HEADER, KeyHeader.HEADER),
)


def beside_an_empty_bearer(request: HttpRequest, key: Key) -> HttpRequest:
    """The request with a key in `X-API-Key`, and with an `Authorization: Bearer` that contains no key."""
    headers = (*request.headers, ("Authorization", "Bearer"))
    return replace(request, headers=headers, presented=(_presented(key, KeyHeader.HEADER),))


def _presented(key: Key, key_header: KeyHeader) -> Presented:
    name, before = key_header.value
    return Presented(key, name, before)
