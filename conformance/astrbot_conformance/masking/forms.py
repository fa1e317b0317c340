"""How a secret may be written: the exact forms to search for, and the folded forms that ignore case and separators.

Which forms apply depends on the length. Every form of a long secret is unmistakable. A short one, such as the password
`admin`, may be an ordinary word, so only forms that do not occur by accident are searched for.
"""

import base64
import html
import json
import quopri
import re
from collections.abc import Iterator
from dataclasses import dataclass
from urllib.parse import quote, quote_plus
from xml.sax.saxutils import escape as xml_escape

from astrbot_conformance.masking.readings import unescaped

SHORTEST = 4  # bytes; a shorter secret is in every text
BOUNDED = 8  # bytes; a shorter secret is searched for only as a whole word
UNPACKED = 11  # bytes; the decoders leave shorter runs of base64, base32 and hexadecimal alone
SHORTEST_BASE64 = 6  # bytes
SHORTEST_FOLDED = 10  # letters and digits; a shorter form is too likely to occur by accident
FOLDED_ITSELF = 8  # letters and digits of the secret itself, which must be no ordinary words
PLAIN = re.compile(r"[A-Za-z0-9_.-]*")  # written the same everywhere
LETTERS = bytes(range(0x30, 0x3A)) + bytes(range(0x61, 0x7B))
LOWER = bytes(byte + 32 if 0x41 <= byte <= 0x5A else byte for byte in range(256))
OTHERS = bytes(byte for byte in range(256) if LOWER[byte] not in LETTERS)


def fold(text: bytes) -> bytes:
    """The ASCII letters and digits of `text` in lower case. Case, separators and quoting do not change them."""
    return text.translate(LOWER, OTHERS)


@dataclass(frozen=True, slots=True)
class Forms:
    """The forms to search for. exact: the form as it is; words: as a whole word; folded: in the folded text."""

    exact: frozenset[bytes]
    words: frozenset[bytes]
    folded: frozenset[bytes]


def forms_of(secret: str, *, is_ordinary: bool, folds_to_ordinary: bool) -> Forms:
    """The forms of `secret`. is_ordinary: it is a word of our own texts; folds_to_ordinary: it folds to such words."""
    raw = secret.encode("utf-8", "surrogatepass")
    if len(raw) < SHORTEST:
        return Forms(frozenset(), frozenset(), frozenset())
    is_short = len(raw) < BOUNDED
    own = {form for form in _own_folded(secret) if len(form) >= FOLDED_ITSELF and not folds_to_ordinary}
    plain = frozenset() if is_ordinary or own else frozenset(_written(secret))
    changed = frozenset() if is_ordinary or is_short else frozenset(_changed(secret))
    packed = {form for text in (raw, *(changed if len(raw) < UNPACKED else ())) for form in _packed(text)}
    folded = {fold(form) for form in (*packed, *_spelled(secret), *_written(secret))} - {fold(raw)}
    folded = {form for form in folded if len(form) >= SHORTEST_FOLDED} | own
    folded |= {form[::-1] for form in folded}
    unfolded = {form for form in packed if fold(form) not in folded}
    return Forms(
        exact=frozenset(unfolded if is_short else unfolded | plain | (frozenset() if own else changed)),
        words=plain if is_short else frozenset(),
        folded=frozenset(folded),
    )


def _own_folded(secret: str) -> Iterator[bytes]:
    """The folded forms of `secret` itself, in each case, and with the escapes in it decoded."""
    raw = secret.encode("utf-8", "surrogatepass")
    cases = (text.encode("utf-8", "surrogatepass") for text in (secret.upper(), secret.lower()))
    yield from map(fold, (raw, *cases, *unescaped(raw)))


def _changed(secret: str) -> set[bytes]:
    """`secret` reversed, in another case, with and without blanks, and with the escapes in it decoded."""
    changed = [secret[::-1], secret.upper(), secret.lower(), secret.swapcase(), "".join(secret.split())]
    changed += [between.join(secret) for between in (" ", "\n", "-")]
    forms = {form.encode("utf-8", "surrogatepass") for form in changed}
    decoded = {form for text in (secret, secret[::-1]) for form in unescaped(text.encode("utf-8", "surrogatepass"))}
    return {form for form in forms | decoded if len(form) >= BOUNDED}


def _written(secret: str) -> set[bytes]:
    """`secret` as URLs, JSON, Python, XML, HTML and mail write it."""
    if PLAIN.fullmatch(secret):
        return {secret.encode()}
    markup = html.escape(secret)
    forms = {secret, quote(secret, safe="", errors="replace"), quote(secret, errors="replace")}
    forms |= {quote_plus(secret, errors="replace"), repr(secret)[1:-1], ascii(secret)[1:-1]}
    forms |= {markup, markup.replace("&quot;", "&#34;").replace("&#x27;", "&#39;"), html.escape(secret, quote=False)}
    forms |= {xml_escape(secret, {'"': "&quot;"})}
    for text in (secret, markup):
        forms |= {json.dumps(text)[1:-1], json.dumps(text, ensure_ascii=False)[1:-1]}
    encoded = {form.encode("utf-8", "surrogatepass") for form in forms}
    return encoded | {quopri.encodestring(secret.encode("utf-8", "surrogatepass"))}


def _packed(raw: bytes) -> Iterator[bytes]:
    """`raw` in hexadecimal, base64 and base32, at any position in the encoded data.

    A digit that also depends on the bytes next to `raw` is left out.
    """
    yield from (raw.hex().encode(), raw.hex().upper().encode(), raw.hex()[::-1].encode())
    if len(raw) < SHORTEST_BASE64:
        return
    for encode, bits, size in ((base64.b64encode, 6, 3), (base64.urlsafe_b64encode, 6, 3), (base64.b32encode, 5, 5)):
        for before in range(size):
            digits = encode(bytes(before) + raw)
            first, last = -(-before * 8 // bits), (before + len(raw)) * 8 // bits
            yield digits[first:last]
            yield digits[first:last][::-1]


def _spelled(secret: str) -> Iterator[bytes]:
    """`secret` as escapes or numbers of its bytes and of its UTF-16 units.

    Folding leaves the digits, and the letter that marks an escape.
    """
    units = secret.encode("utf-16-be", "surrogatepass")
    numbers = [int.from_bytes(units[index : index + 2]) for index in range(0, len(units), 2)]
    for form in ("u{:04x}", "x{:02x}", "{}", "{:o}", "{:03o}", "0x{:02x}", "x{:x}"):
        yield "".join(map(form.format, numbers)).encode()
        yield "".join(map(form.format, secret.encode("utf-8", "surrogatepass"))).encode()
