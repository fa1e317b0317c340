"""Encodings in which a server may return a secret, and a decoder that finds it. Neither uses code of the suite."""

import base64
import binascii
import html
import json
import quopri
import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from urllib.parse import quote, unquote_to_bytes

Encoder = Callable[[str], str]
LETTERS = 14  # consecutive letters and digits of a secret that must not occur
SHORTEST = 10  # characters of a part, if the secret has fewer letters and digits
DIGITS = 20  # consecutive digits of an encoded secret: about 14 bytes of it


def _bytes(form: str) -> Encoder:
    return lambda text: "".join(form.format(byte) for byte in text.encode())


def _characters(form: str) -> Encoder:
    return lambda text: "".join(form.format(ord(character)) for character in text)


def _base64(before: bytes, after: bytes = b"") -> Encoder:
    return lambda text: base64.b64encode(before + text.encode() + after).decode()


def _utf16(text: str) -> str:
    units = text.encode("utf-16-be")
    return "".join(f"\\u{units[place : place + 2].hex()}" for place in range(0, len(units), 2))


def _partly_percent(text: str) -> str:
    return "".join(quote(c, safe="") if n % 2 else f"%{ord(c):02x}" if c.isascii() else c for n, c in enumerate(text))


ENCODERS: Mapping[str, Encoder] = {
    "plain": str,
    "hexadecimal": lambda text: text.encode().hex(),
    "hexadecimal in capitals": lambda text: text.encode().hex().upper(),
    "hexadecimal with colons": lambda text: text.encode().hex(":"),
    "reversed": lambda text: text[::-1],
    "in capitals": str.upper,
    "in small letters": str.lower,
    "fully percent-encoded": _bytes("%{:02x}"),
    "fully percent-encoded in capitals": _bytes("%{:02X}"),
    "percent-encoded": lambda text: quote(text, safe=""),
    "partly percent-encoded": _partly_percent,
    "unicode escapes": _utf16,
    "byte escapes": _bytes("\\x{:02x}"),
    "octal escapes": _bytes("\\{:03o}"),
    "decimal entities": _characters("&#{};"),
    "hexadecimal entities": _characters("&#x{:x};"),
    "in HTML": html.escape,
    "in JSON": lambda text: json.dumps(text)[1:-1],
    "as Python shows it": lambda text: repr(text)[1:-1],
    "base64": _base64(b""),
    "base64 after one byte": _base64(b"?"),
    "base64 after two bytes": _base64(b"a:", b"."),
    "URL-safe base64": lambda text: base64.urlsafe_b64encode(text.encode()).decode().rstrip("="),
    "base64 in lines": lambda text: base64.encodebytes(
        b"a text that goes on for a line and more: " + text.encode()
    ).decode(),
    "base32": lambda text: base64.b32encode(text.encode()).decode(),
    "quoted-printable": lambda text: quopri.encodestring(text.encode()).decode(),
    "fully quoted-printable": _bytes("={:02X}"),
    "broken by blanks": " ".join,
    "broken by dashes": "-".join,
    "broken by line ends": "\n".join,
    "broken by zero-width spaces": "\u200b".join,
    "broken by tags": "<wbr>".join,
    "a list of numbers": lambda text: str(list(text.encode())),
    "a list of letters": lambda text: json.dumps(list(text)),
}


def shows(text: str, secret: str) -> bool:
    """Whether `text` shows a part of `secret` after it is decoded up to twice."""
    return shown_of([secret], text) != []


def shown_of(secrets: Iterable[str], text: str) -> list[str]:
    """The secrets of which `text` shows a part after it is decoded up to twice."""
    owners = {part: secret for secret in secrets for part in _parts(secret)}
    read = set()
    for squeezed in {_squeezed(reading) for reading in _decoded_twice(text)}:
        for size in {len(part) for part in owners}:
            read |= {squeezed[at : at + size] for at in range(len(squeezed)) if squeezed[at : at + size] in owners}
    return sorted({owners[part] for part in read})


def _parts(secret: str) -> Iterator[str]:
    """Text that must not occur: parts of the secret, and of its base64, base32 and hexadecimal forms."""
    raw = secret.encode()
    packed = [base64.b64encode(bytes(before) + raw) for before in range(3)]
    packed += [base64.b32encode(bytes(before) + raw) for before in range(5)]
    for form, size in [
        (secret, LETTERS),
        (secret.upper(), LETTERS),
        (raw.hex(), DIGITS),
        *((form.decode(), DIGITS) for form in packed),
    ]:
        for squeezed in (_squeezed(form), _squeezed(form)[::-1]):
            for place in range(5 if size == DIGITS else 0, max(len(squeezed) - size - 5, 1)):
                part = squeezed[place : place + size]
                if len(part) >= SHORTEST:
                    yield part


def _decoded_twice(text: str) -> Iterator[str]:
    yield text
    for once in _decoded(text):
        yield once
        yield from _decoded(once)


def _decoded(text: str) -> Iterator[str]:
    yield _text(unquote_to_bytes(text.encode("utf-8", "replace")))
    yield html.unescape(text)
    yield _unescaped(text)
    yield _text(quopri.decodestring(text.encode("utf-8", "replace")))
    yield text[::-1]
    for form, decode, offsets in (
        (r"[A-Za-z0-9+/_-]{16,}", _from_base64, 4),
        (r"[A-Z2-7]{16,}", _from_base32, 8),
        (r"[0-9A-Fa-f]{16,}", _from_hexadecimal, 2),
    ):
        runs = re.findall(form, text)
        for offset in range(offsets):
            yield "\n".join(decode(run[offset:]) for run in runs)


def _unescaped(text: str) -> str:
    def meaning(match: re.Match[str]) -> str:
        code, octal, other = match.groups()
        return chr(int(code[1:], 16)) if code else chr(int(octal, 8)) if octal else other

    return re.sub(r"(?s)\\(?:(u[0-9A-Fa-f]{4}|x[0-9A-Fa-f]{2})|([0-7]{2,3})|(.))", meaning, text)


def _from_base64(run: str) -> str:
    whole = run[: len(run) - len(run) % 4].translate(str.maketrans("-_", "+/"))
    return _text(binascii.a2b_base64(whole))


def _from_base32(run: str) -> str:
    return _text(base64.b32decode(run[: len(run) - len(run) % 8]))


def _from_hexadecimal(run: str) -> str:
    return _text(bytes.fromhex(run[: len(run) - len(run) % 2]))


def _text(data: bytes) -> str:
    return data.decode("utf-8", "replace")


def _squeezed(text: str) -> str:
    return re.sub(r"[^0-9a-z]", "", text.lower())
