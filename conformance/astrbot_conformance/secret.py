"""Credentials, and how they are kept out of everything that is shown.

A `Secret` registers itself when it is made; from then on `mask` knows it. What looks like a developer key is masked
even when nobody registered it: a target may show keys of its own.
"""

import base64
import html
import json
import re
import threading
from functools import cache
from urllib.parse import quote, quote_plus
from xml.sax.saxutils import escape as xml_escape

KEY_SHAPE = re.compile(r"abk_[A-Za-z0-9_-]{16,}")
TOKEN_SHAPE = re.compile(r"eyJ[A-Za-z0-9_-]+\.[A-Za-z0-9_-]+\.[A-Za-z0-9_-]+")
HASH_SHAPE = re.compile(
    r"\$(argon2(id|i|d)|2[abxy]|[156]|scrypt|pbkdf2[\w-]*)\$[^\s\"]{8,}"
    r"|(pbkdf2[_:]|scrypt:)[^\s\"$]+\$[^\s\"]{8,}|\{S?SHA\d*\}[\w+/=]{16,}"
)
SHORTEST = 4  # shorter ones would mask ordinary words
LONG_ENOUGH = 8  # for an equal text to be no accident

UNSENDABLE = "holds a character that no key has; is there a blank or a line end too many?"

_held: dict[str, str] = {}
_lock = threading.Lock()


class Secret:
    """A credential whose text appears only where `reveal` is called: in a request that is being sent."""

    __slots__ = ("_text", "variable")

    def __init__(self, text: str, variable: str) -> None:
        """Hold `text`; wherever it would be shown, `$variable` stands instead."""
        self._text = text
        self.variable = variable
        with _lock:
            if len(text) >= SHORTEST:
                _held[text] = variable

    def reveal(self) -> str:
        """The credential itself."""
        return self._text

    def __reduce__(self) -> tuple[type["Secret"], tuple[str, str]]:
        """Register where it arrives too: another process of the run masks it as well."""
        return Secret, (self._text, self.variable)

    def __repr__(self) -> str:
        """The variable that stands for it."""
        return f"${self.variable}"

    __str__ = __repr__


def is_sendable(text: str) -> bool:
    """Whether a credential can stand in a header: one that was read from a file may end in more than it should."""
    return text.isascii() and text.isprintable() and text == text.strip()


def mask(text: str) -> str:
    """`text` with each secret ever held, in any usual encoding, replaced by the variable that stands for it."""
    with _lock:
        held = sorted(_held.items(), key=lambda pair: -len(pair[0]))
    for secret, variable in held:
        for form in _forms(secret):
            if form in text:
                text = text.replace(form, f"${variable}")
    for shape, shown in ((KEY_SHAPE, "$MASKED_KEY"), (TOKEN_SHAPE, "$MASKED_TOKEN"), (HASH_SHAPE, "$MASKED_HASH")):
        text = shape.sub(shown, text)
    return text


def secrets_in(text: str) -> list[str]:
    """The variables of the held secrets that `text` shows, and what looks like a secret that nobody held."""
    with _lock:
        held = list(_held.items())
    shown = {variable for secret, variable in held if any(form in text for form in _forms(secret))}
    shapes = {"a developer key": KEY_SHAPE, "a token": TOKEN_SHAPE}
    return sorted(shown | {name for name, shape in shapes.items() if shape.search(text)})


def all_held() -> list[Secret]:
    """Every secret held so far, to be handed to another process of the run."""
    with _lock:
        held = list(_held.items())
    return [Secret(text, variable) for text, variable in held]


def is_held(text: str) -> bool:
    """Whether `text` is a held secret, neither more nor less, and long enough not to be an ordinary word."""
    with _lock:
        return len(text) >= LONG_ENOUGH and text in _held


def forget() -> None:
    """Drop every secret held so far; what is masked afterwards is only what is made afterwards."""
    with _lock:
        _held.clear()
    _forms.cache_clear()


@cache
def _forms(secret: str) -> tuple[str, ...]:
    """`secret` as URLs, JSON, Python, XML and HTML write it; as base64 where that is long enough to be told apart."""
    markup = html.escape(secret)
    forms = {secret, quote(secret, safe=""), quote(secret), quote_plus(secret), repr(secret)[1:-1]}
    forms |= {markup, markup.replace("&quot;", "&#34;").replace("&#x27;", "&#39;"), html.escape(secret, quote=False)}
    forms |= {xml_escape(secret, {'"': "&quot;"})}
    for text in (secret, markup):
        forms |= {json.dumps(text)[1:-1], json.dumps(text, ensure_ascii=False)[1:-1]}
    if len(secret) >= 12:
        forms.add(base64.b64encode(secret.encode()).decode().rstrip("="))
        forms.add(base64.urlsafe_b64encode(secret.encode()).decode().rstrip("="))
    return tuple(sorted(forms, key=len, reverse=True))
