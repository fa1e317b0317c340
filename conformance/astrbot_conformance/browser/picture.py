"""Screenshots of a page without readable secrets."""

from collections.abc import Sequence
from functools import cache
from pathlib import Path

from playwright.sync_api import Page

SCRIPT = Path(__file__).parent / "picture.js"
BLACK = "color: #000 !important; background: #000 !important; -webkit-text-fill-color: #000 !important;"
BLOTTED = f"""
[data-blot], [data-blot] * {{ {BLACK} text-shadow: none !important; caret-color: transparent; }}
[data-blot]::placeholder {{ {BLACK} }}
"""
UNMARK = """() => { for (const element of document.querySelectorAll("[data-blot]")) delete element.dataset.blot; }"""


def blotted(page: Page, secrets: Sequence[str]) -> bytes | None:
    """A screenshot as PNG with every secret covered; None if a visible secret cannot be covered."""
    marked = page.evaluate(_mark(), list(secrets))
    beyond_reach = not marked and any(page.get_by_text(secret).count() for secret in secrets)
    try:
        return None if beyond_reach else page.screenshot(style=BLOTTED, animations="disabled", timeout=10_000)
    finally:
        page.evaluate(UNMARK)


@cache
def _mark() -> str:
    return SCRIPT.read_text(encoding="utf-8")
