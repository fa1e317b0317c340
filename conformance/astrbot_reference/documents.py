"""The published documents."""

from __future__ import annotations

from collections.abc import Callable
from importlib.resources import files
from typing import Any

from astrbot_api.models import PublishedDocument
from astrbot_api.server import Raw

PAGE = files(__package__) / "catalogue" / "docs.html"


class Documents:
    """The operations of the tag `documents`.

    derive: gives the OpenAPI document of the routes that are mounted; asked once, when first needed.
    """

    def __init__(self, derive: Callable[[], dict[str, Any]]) -> None:
        self._derive = derive
        self._document: PublishedDocument | None = None

    async def get_openapi_document(self) -> PublishedDocument:
        """What this server offers, read off its routes."""
        if self._document is None:
            self._document = PublishedDocument.model_validate(self._derive())
        return self._document

    async def get_docs_page(self) -> Raw:
        """A page that shows the published document and sends requests. It loads nothing from elsewhere."""
        return Raw(content=PAGE.read_bytes(), media_type="text/html")
