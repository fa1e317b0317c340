"""Headers that isolate a page: its own scripts only, no other host, no frame."""

from __future__ import annotations

import re
from base64 import b64encode
from hashlib import sha256

INLINE = re.compile(r"<(script|style)(?: [^>]*)?>(.*?)</\1>", re.DOTALL)
NOSNIFF = {"X-Content-Type-Options": "nosniff"}
# For uploaded pages: their scripts run without an origin and cannot read anything of this server.
UPLOADED = {"Content-Security-Policy": "sandbox allow-scripts", **NOSNIFF}


def page_headers(markup: str) -> dict[str, str]:
    """The headers of a page that loads nothing. They allow its inline scripts and styles by digest."""
    digests: dict[str, list[str]] = {"script": [], "style": []}
    for kind, text in INLINE.findall(markup):
        digests[kind].append(f"'sha256-{b64encode(sha256(text.encode()).digest()).decode()}'")
    policy = [
        "default-src 'none'",
        "connect-src 'self'",
        "img-src data:",
        *(f"{kind}-src {' '.join(found) or chr(39) + 'none' + chr(39)}" for kind, found in digests.items()),
        "base-uri 'none'",
        "form-action 'none'",
        "frame-ancestors 'none'",
    ]
    return {
        "Cache-Control": "no-store",
        "Content-Security-Policy": "; ".join(policy),
        "Cross-Origin-Opener-Policy": "same-origin",
        "Referrer-Policy": "no-referrer",
        "X-Frame-Options": "DENY",
        **NOSNIFF,
    }
