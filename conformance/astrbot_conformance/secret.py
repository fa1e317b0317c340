"""Credentials, and how they are kept out of everything that is shown.

A `Secret` registers itself when it is made; from then on `mask` knows it, in every encoding that `masking` decodes.
Text that looks like a developer key is masked even if nobody registered it: a target may show keys of its own.
"""

import re
import threading

from astrbot_conformance.masking.ordinary import folds_to_ordinary, is_ordinary
from astrbot_conformance.masking.search import SecretSearch, Shape, masked

_KEY_FORM = r"abk_[A-Za-z0-9_-]{16,}"
# It begins where a run of its characters begins, or soon after: so the time to find it is linear.
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
UNMISTAKABLE = 12  # characters; a longer secret is nowhere by accident, in no encoding
ROUNDS = 3  # passes of `mask`: a masked span may complete another one
MARGIN = 16 * 1024  # characters beyond a quotation that are searched too, before it is cut: half a key is a secret too
UNSURE = 8 * 1024  # characters at the end of these that may belong to a secret that goes on
EVERYTHING = "$MASKED"

UNSENDABLE = "holds a character that no key has; is there a blank or a line end too many?"

CREDENTIAL = re.compile(r"[A-Za-z0-9_.~+/=-]{16,4096}")
DIFFERENT = 8  # different characters that a credential has at least
USABLE = "a usable one has 16 or more letters and digits, and is no ordinary text"

_held: dict[str, str] = {}
_lock = threading.Lock()
_search = SecretSearch(_SHAPES)


class Secret:
    """A credential whose text appears only where `reveal` is called: in a request that is being sent."""

    __slots__ = ("_text", "variable")

    def __init__(self, text: str, variable: str) -> None:
        """Hold `text`; `$variable` is shown in its place."""
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
        """Register where it arrives too: another process of the run masks it as well."""
        return Secret, (self._text, self.variable)

    def __repr__(self) -> str:
        """The variable that stands for it."""
        return f"${self.variable}"

    __str__ = __repr__


def is_sendable(text: str) -> bool:
    """Whether a credential can be sent in a header: one that was read from a file may end in more than it should."""
    return text.isascii() and text.isprintable() and text == text.strip()


def is_credential(text: object) -> bool:
    """Whether `text` is usable as the key or token that a target issues: it is random enough not to be a word.

    Anything else would be masked wherever that word appears, and would be reported as a leak there.
    """
    if not isinstance(text, str) or not CREDENTIAL.fullmatch(text):
        return False
    return len(set(text)) >= DIFFERENT and not is_ordinary(text) and not folds_to_ordinary(text)


def mask(text: str) -> str:
    """`text` with each secret ever held, in any usual encoding, replaced by the variable that stands for it."""
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
    """The variables of the held secrets that `text` shows, and what looks like a secret that nobody held."""
    data = text if isinstance(text, bytes) else text.encode("utf-8", "surrogatepass")
    names = {_LEAKS.get(span.name, span.name) for span in _search.spans(data)}
    return sorted(name for name in names if name is not None)


def held_in(text: str | bytes) -> frozenset[str]:
    """The variables of the held secrets that `text` shows in any encoding, if too long to be there by accident."""
    names = secrets_in(text)
    long = {variable for held, variable in list(_held.items()) if len(held) >= UNMISTAKABLE} if names else set()
    return frozenset(long.intersection(names))


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
    global _search  # noqa: PLW0603  one register for the process
    with _lock:
        _held.clear()
        _search = SecretSearch(_SHAPES)
