"""The page at `/` that creates developer keys. It uses operations of the contract only.

It implements the web UI of the product document: selecting a scope selects the scopes that it implies, deselecting one
of these deselects the scope, and a key is shown once.
"""

from __future__ import annotations

import json
from importlib.resources import files
from typing import Any

from astrbot_api.contract import Contract
from fastapi import FastAPI
from fastapi.responses import HTMLResponse

from .http.page_headers import page_headers

PAGE = files(__package__) / "catalogue" / "key_page.html"
PLACE = "{{ scopes }}"


class KeyPage:
    """The page at `/`. It offers the scopes of a contract."""

    def __init__(self, contract: Contract) -> None:
        self._contract = contract

    def serve(self, app: FastAPI) -> None:
        """Show the page at `/`."""
        page = self.markup()
        headers = page_headers(page)

        @app.get("/", include_in_schema=False)
        async def key_page() -> HTMLResponse:
            return HTMLResponse(page, headers=headers)

    def markup(self) -> str:
        """The page with the scopes in it. It loads nothing from other hosts."""
        return PAGE.read_text(encoding="utf-8").replace(PLACE, scopes_of(self._contract))


def scopes_of(contract: Contract) -> str:
    """The offered scopes as JSON that is safe inside a script."""
    return json.dumps(offered(contract), ensure_ascii=False).replace("<", "\\u003c")


def offered(contract: Contract) -> list[dict[str, Any]]:
    """Each scope that a key can hold; a sub-scope follows the scope that it requires."""
    order = [scope for plain in contract.scopes for scope in (plain, *_subs(contract, plain))]
    return [
        {
            "id": scope,
            "en": contract.meanings[scope].en,
            "zh": contract.meanings[scope].zh,
            "implies": [implied for implied in contract.scopes if implied in contract.implies.get(scope, ())],
            "requires": contract.sub_scopes.get(scope),
        }
        for scope in order
    ]


def _subs(contract: Contract, scope: str) -> list[str]:
    return [sub for sub, needed in contract.sub_scopes.items() if needed == scope]
