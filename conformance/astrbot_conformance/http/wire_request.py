"""A request as it is sent: unchanged path and query, and the headers with the key."""

import httpx2

from astrbot_conformance.http.key import Key, KeyHeader
from astrbot_conformance.http.limits import OFFERED
from astrbot_conformance.http.request import HttpRequest

LONGEST_TARGET = 64 * 1024
LOOKED_UP = ("Bearer", "ApiKey")  # the authentication schemes of developer keys, as AstrBot spells them


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
    if key is not None and key.id != "":
        return True
    if any(one.in_query for one in request.presented):
        return True
    headers = [(name.lower(), text) for name, text in request.wire_headers()]
    schemes = [text.partition(" ") for name, text in headers if name == "authorization"]
    if any(scheme in LOOKED_UP and rest.strip() for scheme, _, rest in schemes):
        return True
    return any(name == "x-api-key" and text.strip() for name, text in headers)
