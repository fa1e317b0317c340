"""A request as it is sent: unchanged path and query, and the headers with the key."""

import httpx2

from astrbot_conformance.http.key import Key, KeyHeader
from astrbot_conformance.http.limits import OFFERED
from astrbot_conformance.http.request import HttpRequest

LONGEST_TARGET = 64 * 1024


class WireURL(httpx2.URL):
    """An address whose path and query are sent unchanged. httpx2 would normalise them."""

    def __init__(self, base: httpx2.URL, target: bytes) -> None:
        """Send `target` to the host of `base`. Raises httpx2.InvalidURL if it is longer than any address."""
        if len(target) > LONGEST_TARGET:
            raise httpx2.InvalidURL(f"the path and the query are longer than {LONGEST_TARGET} bytes")
        super().__init__(base)
        self._target = target

    @property
    def raw_path(self) -> bytes:
        """The path and query that follow the host."""
        return self._target


def http_request(request: HttpRequest, key: Key | None, key_header: KeyHeader, base: str) -> httpx2.Request:
    """The request to the target at `base`, with `key` in the header that `key_header` names.

    Raises httpx2.InvalidURL or UnicodeError if a text from the target fits in no address or header.
    """
    headers = httpx2.Headers(OFFERED)
    shown = [(key_header.value[0], key_header.value[1] + key.secret.reveal())] if key else []
    headers.update([*request.wire_headers(), *shown])
    url = httpx2.URL(base)
    sent = httpx2.Request(request.method, url, headers=headers, content=request.body)
    sent.url = WireURL(url, request.wire_target(base))
    return sent


def shows_a_key(request: HttpRequest, key: Key | None) -> bool:
    """Whether a request carries a text that a target takes for a developer key. The target has to look it up."""
    in_headers = {name.lower(): value.removeprefix("Bearer").strip() for name, value in request.headers}
    if request.presented or (key is not None and key.id != ""):
        return True
    return any(in_headers.get(name) for name in ("authorization", "x-api-key"))
