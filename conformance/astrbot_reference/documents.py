"""The published documents."""

from __future__ import annotations

from collections.abc import Callable
from importlib.resources import files
from typing import Any

from astrbot_api.models import PublishedDocument
from astrbot_api.server import Raw

from .http.page_headers import page_headers
from .threads import elsewhere

PAGE = files(__package__) / "catalogue" / "docs.html"


_PUBLISHED: dict[str, PublishedDocument] = {}  # by release: each server of one mounts the same routes


class Documents:
    """The operations of the tag `documents`.

    derive: returns the OpenAPI document of the mounted routes. It is called once for each release, on first use.
    """

    def __init__(self, release: str, derive: Callable[[], dict[str, Any]]) -> None:
        self._release = release
        self._derive = derive

    async def get_openapi_document(self) -> PublishedDocument:
        """The OpenAPI document, derived from the routes of this server."""
        if self._release not in _PUBLISHED:
            _PUBLISHED[self._release] = await elsewhere(self._published)
        return _PUBLISHED[self._release]

    def _published(self) -> PublishedDocument:
        document = self._derive()
        paths: dict[str, dict[str, Any]] = document["paths"]
        listed = {path: item for path, item in paths.items() if not any(map(_is_socket, item.values()))}
        return PublishedDocument.model_validate(document | {"paths": listed})

    async def get_docs_page(self) -> Raw:
        """A page that shows the published document and sends requests. It loads nothing from other hosts."""
        page = PAGE.read_text(encoding="utf-8")
        return Raw(content=page, media_type="text/html", headers=page_headers(page))


def _is_socket(operation: dict[str, Any]) -> bool:
    """Whether an operation is a WebSocket. AstrBot does not publish those."""
    return "x-websocket" in operation
