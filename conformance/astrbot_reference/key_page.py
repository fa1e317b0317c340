"""The page at `/` where a person makes developer keys. It asks nothing but the operations of the contract.

It keeps what the product document promises of the web UI: choosing a scope chooses what follows from it, dropping that
drops the scope, a key is shown once.
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
        """The page with the scopes in it. It loads nothing from elsewhere."""
        return PAGE.read_text(encoding="utf-8").replace(PLACE, scopes_of(self._contract))


def scopes_of(contract: Contract) -> str:
    """The scopes on offer as JSON that can stand in a script."""
    return json.dumps(offered(contract), ensure_ascii=False).replace("<", "\\u003c")


def offered(contract: Contract) -> list[dict[str, Any]]:
    """Each scope that a key can be granted, a sub-scope after the scope that it needs."""
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
