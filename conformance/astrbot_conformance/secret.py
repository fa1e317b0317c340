"""Credentials, and how the suite keeps them out of its output.

A `Secret` registers itself when it is created. From then on `mask` replaces it in every encoding that `masking`
decodes. Text in the form of a developer key is masked even if it is not registered: a target may show its own keys.
"""

import os
import re
import threading

from astrbot_conformance.masking.ordinary import folds_to_ordinary, is_ordinary
from astrbot_conformance.masking.search import SecretSearch, Shape, masked

_KEY_FORM = r"abk_[A-Za-z0-9_-]{16,}"
# The match begins at the start of a run of its characters, or soon after. This keeps the search linear.
_TOKEN_FORM = r"(?<![A-Za-z0-9_-])[A-Za-z0-9_-]{0,64}?(eyJ[A-Za-z0-9_-]++\.[A-Za-z0-9_-]++\.[A-Za-z0-9_-]++)"  # noqa: S105  a pattern
_HASH_FORM = (
    r"\$(?:argon2(?:id|i|d)|2[abxy]|[156]|scrypt|pbkdf2[\w-]{0,20})\$[^\s\"]{8,}"
    r"|(?:pbkdf2[_:]|scrypt:)[^\s\"$]{1,100}\$[^\s\"]{8,}|\{S?SHA\d{0,4}\}[\w+/=]{16,}"
)
KEY_SHAPE, TOKEN_SHAPE, HASH_SHAPE = re.compile(_KEY_FORM), re.compile(_TOKEN_FORM), re.compile(_HASH_FORM)
_SHAPES = (
    Shape("MASKED_KEY", re.compile(_KEY_FORM.encode()), (b"abk_",)),
    Shape("MASKED_TOKEN", re.compile(_TOKEN_FORM.encode()), (b"eyJ",)),
    Shape("MASKED_HASH", re.compile(_HASH_FORM.encode()), (b"$", b"{SHA", b"{SSHA")),
)
_LEAKS = {"MASKED_KEY": "a developer key", "MASKED_TOKEN": "a token", "MASKED_HASH": None}
LONG_ENOUGH = 8  # characters; a shorter text may equal a secret by accident
UNMISTAKABLE = 12  # characters; a longer secret occurs nowhere by accident, in any encoding
ROUNDS = 3  # passes of `mask`: a masked span may complete another one
MARGIN = 16 * 1024  # characters beyond a quotation that are searched before it is cut; half a key is a secret too
UNSURE = 8 * 1024  # characters at the end of these that may belong to a secret that continues
EVERYTHING = "$MASKED"

UNSENDABLE = "contains a character that no key has; remove extra spaces and line ends"

CREDENTIAL = re.compile(r"[A-Za-z0-9_.~+/=-]{16,4096}")
DIFFERENT = 8  # different characters that a credential has at least
USABLE = "a usable one has at least 16 letters and digits and is not an ordinary word"

PLANTED = "ASTRBOT_CANARY_"  # the variables of planted secrets begin with this

_held: dict[str, str] = {}
_lock = threading.Lock()
_search = SecretSearch(_SHAPES)


class Secret:
    """A credential. Its text appears only in a request that is being sent, through `reveal`."""

    __slots__ = ("_text", "variable")

    def __init__(self, text: str, variable: str) -> None:
        """Hold `text`. Output shows `$variable` in its place."""
        self._text = text
        self.variable = variable
        with _lock:
            if text not in _held:
                _search.add(text, variable)
                _held[text] = variable

    def reveal(self) -> str:
        """The credential itself."""
        return self._text

    def __reduce__(self) -> tuple[type["Secret"], tuple[str, str]]:
        """Pickle the secret so that it registers itself in the receiving process, which then masks it too."""
        return Secret, (self._text, self.variable)

    def __repr__(self) -> str:
        """The variable that replaces the secret."""
        return f"${self.variable}"

    __str__ = __repr__


def secret_in(variable: str) -> Secret | None:
    """The credential in an environment variable. None if it is not set, or empty."""
    text = os.environ.get(variable)
    return Secret(text, variable) if text else None


def is_sendable(text: str) -> bool:
    """Whether a credential can be sent in a header. A credential from a file may end in extra characters."""
    return text.isascii() and text.isprintable() and text == text.strip()


def is_credential(text: object) -> bool:
    """Whether `text` can be a key or token that a target issues: it is random enough not to be a word.

    Any other text would be masked wherever that word appears, and would be reported as a leak there.
    """
    if not isinstance(text, str) or not CREDENTIAL.fullmatch(text):
        return False
    return len(set(text)) >= DIFFERENT and not is_ordinary(text) and not folds_to_ordinary(text)


def mask(text: str) -> str:
    """`text` with each registered secret, in any usual encoding, replaced by its variable."""
    data = text.encode("utf-8", "surrogatepass")
    for _ in range(ROUNDS):
        spans = list(_search.spans(data))
        if not spans:
            return data.decode("utf-8", "surrogatepass")
        data = masked(data, spans, _LEAKS)
    return EVERYTHING


def mask_beginning(text: str, longest: int) -> str:
    """The first `longest` characters of `text`, masked before they are cut, and `…` if there are more."""
    masked_text = mask(text[: longest + MARGIN])
    if len(text) <= longest + MARGIN:
        return masked_text if len(masked_text) <= longest else f"{masked_text[:longest]}…"
    return f"{masked_text[:-UNSURE][:longest]}…"


def secrets_in(text: str | bytes) -> list[str]:
    """The variables of the registered secrets in `text`, and the text that has the form of an unregistered secret."""
    data = text if isinstance(text, bytes) else text.encode("utf-8", "surrogatepass")
    names = {_LEAKS.get(span.name, span.name) for span in _search.spans(data)}
    return sorted(name for name in names if name is not None)


def held_in(text: str | bytes) -> frozenset[str]:
    """The variables of the registered secrets in `text`, in any encoding, if too long to occur by accident."""
    names = secrets_in(text)
    long = {variable for held, variable in list(_held.items()) if len(held) >= UNMISTAKABLE} if names else set()
    return frozenset(long.intersection(names))


def all_held() -> list[Secret]:
    """Every registered secret, for another process of the run."""
    with _lock:
        held = list(_held.items())
    return [Secret(text, variable) for text, variable in held]


def is_held(text: str) -> bool:
    """Whether `text` is exactly a registered credential, and long enough not to be an ordinary word."""
    with _lock:
        return len(text) >= LONG_ENOUGH and text in _held and not is_planted(_held[text])


def is_planted(variable: str) -> bool:
    """Whether a registered secret is no credential, but was planted in a resource to see where it is shown."""
    return variable.startswith(PLANTED)


def planted() -> frozenset[str]:
    """The variables of the planted secrets."""
    with _lock:
        return frozenset(variable for variable in _held.values() if is_planted(variable))


def planted_in(data: bytes) -> frozenset[str]:
    """The variables of the planted secrets that `data` contains as they are."""
    with _lock:
        held = [(text, variable) for text, variable in _held.items() if is_planted(variable)]
    return frozenset(variable for text, variable in held if text.encode() in data)


def forget() -> None:
    """Drop every registered secret. Later calls mask only secrets that are created later."""
    global _search  # noqa: PLW0603  one register for the process
    with _lock:
        _held.clear()
        _search = SecretSearch(_SHAPES)
