"""Every hostile target by name: it is hostile at first contact, at the login, to new keys, in lists, or everywhere."""

import json
from collections.abc import Callable, Mapping
from typing import Any

from tests.conformance import hostile_bytes as sent
from tests.conformance.hostile import Talk, dripping, dripping_later, endless, resetting, saying, silent
from tests.conformance.hostile_bytes import CHUNKED, MEBIBYTE, OK, REFUSAL
from tests.conformance.hostile_servers import Exchange, Spoil, plain

NAN = "Retry-After: nan\r\n"
KEYS, LOGIN, CHAT = "/api/v1/api-keys", "/api/v1/auth/login", "/api/v1/chat"
DOCUMENT, VERSION = "/api/v1/openapi.json", "/api/v1/stats/version"
BY_THEN = 60  # good responses before a target becomes hostile

FIRST_CONTACT: dict[str, Talk] = {
    "says nothing": silent,
    "a head byte by byte": dripping,
    "a body byte by byte": dripping_later,
    "a body without end": endless,
    "hangs up": saying(b""),
    "resets": resetting(b""),
    "resets in the body": resetting(OK + b"Content-Length: 99\r\n\r\nab"),
    "cut short": saying(OK + b"Content-Length: 99\r\n\r\nab"),
    "a negative length": saying(OK + b"Content-Length: -1\r\n\r\nab"),
    "a length of 5,000 digits": saying(OK + b"Content-Length: " + b"9" * 5000 + b"\r\n\r\nab"),
    "two lengths": saying(OK + b"Content-Length: 2\r\nContent-Length: 3\r\n\r\nab"),
    "a bad chunk": saying(OK + CHUNKED + b"many\r\n"),
    "chunks of a byte": sent.repeating(OK + CHUNKED, b"1\r\n \r\n"),
    "a chunk extension without end": sent.repeating(OK + CHUNKED + b"1;a=", b"b"),
    "trailers without end": sent.repeating(OK + CHUNKED + b"2\r\n{}\r\n0\r\n", b"X-A: b\r\n"),
    "a header without end": sent.repeating(OK + b"X-A: ", b"a"),
    "headers without end": sent.repeating(OK, b"X-A: b\r\n"),
    "300 headers": saying(OK + b"X-A: b\r\n" * 300 + b"\r\n{}"),
    "a header of 50 KB": saying(OK + b"X-A: " + b"a" * 50_000 + b"\r\n\r\n{}"),
    "a bad header": saying(OK + b"no colon\r\n\r\n{}"),
    "HTTP/0.9": saying(b"<html></html>"),
    "HTTP/2": saying(b"\x00\x00\x12\x04\x00\x00\x00\x00\x00" + b"\x00" * 18),
    "SSH": saying(b"SSH-2.0-OpenSSH_9.6\r\n"),
    "TLS": saying(b"\x15\x03\x01\x00\x02\x02\x46"),
    "garbage without end": sent.repeating(b"", bytes(range(256))),
    "a status of 5 digits": saying(b"HTTP/1.1 99999 X\r\n\r\n"),
    "100 without end": sent.flood(100),
    "103 without end": sent.flood(103),
    "101": saying(b"HTTP/1.1 101 Switching Protocols\r\nUpgrade: x\r\nConnection: upgrade\r\n\r\n" + b"x" * 999),
    "gzip twice": saying(sent.coded("gzip, gzip", sent.bomb(times=2))),
    "a gzip bomb": saying(sent.coded("gzip", sent.bomb())),
    "an unknown coding": saying(sent.coded("br", b"{}")),
    "no gzip": saying(sent.coded("gzip", b"{}")),
    "deep JSON": saying(plain(200, b"[" * MEBIBYTE)),
    "wide JSON": saying(plain(200, sent.many_values(300_000))),
    "NaN": saying(plain(200, b'{"status": "ok", "message": NaN}')),
    "a number of 5,000 digits": saying(plain(200, b'{"status": "ok", "message": ' + b"9" * 5000 + b"}")),
    "a redirect to nowhere": saying(plain(302, b"", more="Location: http://[\r\n")),
    "a redirect to a file": saying(plain(302, b"", more="Location: file:///etc/passwd\r\n")),
    "429 for ever": saying(plain(429, REFUSAL, more=NAN)),
}


def at(path: str, response: bytes | Talk, method: str | None = None) -> Spoil:
    """Return this response on a path."""

    def spoil(exchange: Exchange) -> bytes | Talk | None:
        return response if exchange.path == path and method in (None, exchange.method) else None

    return spoil


def with_data(path: str, change: Callable[[Any], None], method: str = "POST") -> Spoil:
    """Change the data of each accepted response on a path."""

    def spoil(exchange: Exchange) -> bytes | None:
        body = exchange.json
        if exchange.path != path or exchange.method != method or not isinstance(body, dict) or not body.get("data"):
            return None
        return exchange.changed(lambda value: change(value["data"]))

    return spoil


def member(name: str, value: object) -> Callable[[Any], None]:
    """Set a member of the data."""

    def change(data: Any) -> None:
        if isinstance(data, dict):
            data[name] = value

    return change


def documented(path: Any, **more: object) -> Spoil:
    """Publish this instead of the document."""
    return at(DOCUMENT, plain(200, json.dumps({"openapi": "3.1.0", "paths": path, **more}).encode()))


def later(response: bytes | Talk, *, only_keyed: bool = False, every: int = 1) -> Spoil:
    """Become hostile after some good responses, for each request or for every nth one."""

    def spoil(exchange: Exchange) -> bytes | Talk | None:
        is_hit = exchange.number > BY_THEN and exchange.number % every == 0
        is_meant = exchange.is_keyed or not only_keyed
        return response if is_hit and is_meant and exchange.path != KEYS else None

    return spoil


def everywhere(change: Callable[[Any], None]) -> Spoil:
    """Change the data of each accepted response to a key."""

    def spoil(exchange: Exchange) -> bytes | None:
        body = exchange.json
        is_meant = exchange.is_keyed and isinstance(body, dict) and isinstance(body.get("data"), dict)
        return exchange.changed(lambda value: change(value["data"])) if is_meant else None

    return spoil


def with_ids(id: object) -> Callable[[Any], None]:
    """Give every resource this id."""

    def change(data: Any) -> None:
        for name in [name for name in data if str(name).endswith("id")]:
            data[name] = id

    return change


REFERENCES = {f"S{n}": {"allOf": [{"$ref": f"#/components/schemas/S{n + 1}"}] * 9} for n in range(90)}
ITSELF = {"allOf": [{"$ref": "#/components/schemas/A"}] * 9, "anyOf": [{"$ref": "#/components/schemas/A"}] * 9}
BODY = {"requestBody": {"content": {"application/json": {"schema": {"$ref": "#/components/schemas/A"}}}}}
PERSONA = "/api/v1/personas"
SCHEMAS = {"A": ITSELF}, {"A": REFERENCES["S0"], **REFERENCES}
OPERATIONS = {f"/api/v1/op{n}": {"get": {"x-astrbot-scope": "bot"}} for n in range(40_000)}
LISTED = [
    {"key_id": f"k{n}", "name": f"conform-{n:08x}-x", "created_at": "9999-12-31T23:59:59-23:59", "scopes": 5}
    for n in range(30_000)
]

SPOILED: dict[str, Spoil] = {
    "login: a token with half a surrogate pair": with_data(LOGIN, member("token", "a\ud800" * 20)),
    "login: a token of 1 MiB": with_data(LOGIN, member("token", "a" * MEBIBYTE)),
    "login: a token of two lines": with_data(LOGIN, member("token", "a" * 30 + "\r\nX-A: b")),
    "login: a token that is a number": with_data(LOGIN, member("token", 10**400)),
    "login: 429 with nan": at(LOGIN, plain(429, REFUSAL, more=NAN)),
    "login: hangs": at(LOGIN, silent),
    "login: 8 MiB of objects": at(LOGIN, plain(200, sent.many_values(2_700_000))),
    "login: a message of 8 MiB": at(
        LOGIN, plain(401, b'{"status":"error","message":"' + b"\xc3\xa9" * 4_000_000 + b'"}')
    ),
    "release: 5,000 digits": with_data(VERSION, member("version", "4." + "9" * 5000), "GET"),
    "release: half a surrogate pair": with_data(VERSION, member("version", "4.\ud800"), "GET"),
    "release: an object": with_data(VERSION, member("version", {"a": []}), "GET"),
    "document: not an object": at(DOCUMENT, plain(200, b"[]")),
    "document: odd members": documented(
        {PERSONA: {"get": {"parameters": 5, "security": 7, "requestBody": []}}}, servers=3
    ),
    "document: servers that are no URL": documented({}, servers=[{"url": "http://["}] * 1000),
    "document: schemas in a circle": documented({PERSONA: {"post": BODY}}, components={"schemas": SCHEMAS[0]}),
    "document: 9 to the 90th schemas": documented({PERSONA: {"post": BODY}}, components={"schemas": SCHEMAS[1]}),
    "document: 40,000 operations": documented(OPERATIONS),
    "document: a path of braces": documented({"/api/v1/" + "{" * 500_000: {"get": {}}}),
    "keys: not ASCII": with_data(KEYS, member("api_key", "abk_ключ-ключ-ключ-ключ-ключ")),
    "keys: half a surrogate pair": with_data(KEYS, member("api_key", "abk_0123456789abcdefgh\ud800")),
    "keys: empty": with_data(KEYS, member("api_key", "")),
    "keys: 1 MiB": with_data(KEYS, member("api_key", "abk_" + "aB3" * 400_000)),
    "keys: an id that is a path": with_data(KEYS, member("key_id", "../../auth")),
    "keys: an id of 1 MiB": with_data(KEYS, member("key_id", "a" * MEBIBYTE)),
    "keys: an id that is null": with_data(KEYS, member("key_id", None)),
    "keys: an id with half a surrogate pair": with_data(KEYS, member("key_id", "a\udfff")),
    "keys: none can be made": at(KEYS, plain(429, REFUSAL, more=NAN), "POST"),
    "keys: 30,000 of other runs": at(KEYS, sent.enveloped(LISTED), "GET"),
    "keys: the list hangs": at(KEYS, silent, "GET"),
    "everything: gzip twice": later(sent.coded("gzip, gzip", sent.bomb(times=2))),
    "everything: bombs": later(sent.coded("gzip", sent.bomb())),
    "everything: half surrogate pairs": later(plain(200, sent.LONE)),
    "everything: 8 MiB of objects": later(plain(200, sent.many_values(2_700_000)), only_keyed=True),
    "everything: 700 KiB of objects": later(plain(200, sent.many_values(230_000)), only_keyed=True),
    "everything: 9 MiB of text": later(plain(200, b"x" * 9 * MEBIBYTE), only_keyed=True),
    "everything: 429 with nan": later(plain(429, REFUSAL, more=NAN), only_keyed=True),
    "everything: 429 with a day": later(plain(429, REFUSAL, more="Retry-After: 86400\r\n"), only_keyed=True),
    "everything: hangs": later(silent),
    "everything: every third hangs": later(silent, only_keyed=True, every=3),
    "everything: resets": later(resetting(b"")),
    "everything: byte by byte": later(dripping),
    "everything: cut short": later(saying(OK + b"Content-Length: 99\r\n\r\n{")),
    "everything: bad chunks": later(saying(OK + CHUNKED + b"zz\r\n")),
    "everything: 300 headers": later(plain(200, b"{}", more="X-A: b\r\n" * 300), only_keyed=True),
    "everything: no HTTP": later(saying(bytes(range(256)) * 9)),
    "everything: 1,000 interim responses": later(sent.after_interim(plain(403, REFUSAL))),
    "everything: interim responses without end": later(sent.flood(103)),
    "everything: a number of 5,000 digits": everywhere(member("count", 10**4200)),
    "everything: a number too large for a float": later(
        plain(200, b'{"status": "ok", "data": 1e999}'), only_keyed=True
    ),
    "everything: ids that are paths": everywhere(with_ids("..")),
    "everything: ids with half a surrogate pair": everywhere(with_ids("a\ud800")),
    "everything: ids of 1 MiB": everywhere(with_ids("a" * MEBIBYTE)),
    "everything: ids that are lists": everywhere(with_ids([[]])),
    "everything: a name of 2 MiB": everywhere(member("password" * 250_000 + "!", "a")),
    **{
        f"everything: bait of {name}": later(plain(200, b'{"message":"' + bait + b'"}'), only_keyed=True, every=5)
        for name, bait in sent.BAITS.items()
    },
    "chat: heartbeats": at(
        CHAT, sent.repeating(OK.replace(b"application/json", b"text/event-stream") + b"\r\n", b": hb\n\n")
    ),
    "chat: slow heartbeats": at(CHAT, dripping_later),
    "chat: events without end": at(
        CHAT,
        sent.repeating(
            OK.replace(b"application/json", b"text/event-stream") + b"\r\n", b'data: {"type": "plain", "data": "a"}\n\n'
        ),
    ),
    "chat: a million events": at(CHAT, sent.events(b"data: {}\n\n", 800_000)),
    "chat: one event of 7 MiB": at(CHAT, sent.events(b"data: " + b"a" * 7 * MEBIBYTE + b"\n\n", 1)),
}

HARMLESS = frozenset(name for name in SPOILED if name.startswith("release: "))  # they violate no requirement
SLOW = 0.5  # time-out in seconds for targets that hang: the run must wait for many responses
COMMAND: Mapping[str, tuple[str, ...]] = {
    "everything: every third hangs": ("--timeout", str(SLOW), "--tag", "bots", "--tag", "im", "--tag", "personas"),
    "chat: slow heartbeats": ("-k", "chat or message"),
}
