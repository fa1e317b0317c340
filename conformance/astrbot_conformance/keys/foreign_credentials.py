"""Credentials that no AstrBot issued: forged tokens of the dashboard, keys of other formats, and other schemes."""

import base64
import hashlib
import hmac
import json
import time
from collections.abc import Callable, Iterator, Mapping
from typing import Any

from astrbot_conformance.http import CredentialState, Key, Presented
from astrbot_conformance.keys.key_ring import KeyRing
from astrbot_conformance.outcome import NotJudged
from astrbot_conformance.secret import Secret

# Every AstrBot before 3.5.18 signed its tokens with this secret (CVE-2025-55449).
FORMER_SECRET = "Advanced_System_for_Text_Response_and_Bot_Operations_Tool"  # noqa: S105  public, and not in use
COMMON_SECRETS = ("secret", "astrbot", "your-256-bit-secret", "changeme")
USERNAMES = ("astrbot", "admin")
HOUR = 3600  # seconds

Credential = Callable[[KeyRing], Key]
Placing = Callable[[Key], Presented]


def _in_header(name: str, before: str = "") -> Placing:
    return lambda key: Presented(key, name, before)


BEARER = _in_header("Authorization", "Bearer ")
COOKIE = _in_header("Cookie", "astrbot_dashboard_jwt=")
PLACES: Mapping[str, Placing] = {
    "as `Authorization: Bearer`": BEARER,
    "in the cookie of the dashboard": COOKIE,
    "as `X-API-Key`": _in_header("X-API-Key"),
    "in the query as `token`": lambda key: Presented(key, "token", in_query=True),
}
"""The places in which AstrBot reads a key or a token. The first two are tried on every target."""


def _foreign(name: str, text: str) -> Key:
    variable = "".join(letter if letter.isalnum() else "_" for letter in f"ASTRBOT_FOREIGN_{name}".upper())
    return Key("none", frozenset(), Secret(text, variable), CredentialState.INVALID)


def signed(claims: Mapping[str, Any], secret: str, algorithm: str = "HS256") -> str:
    """A JSON Web Token with these claims. It has no signature unless the algorithm is HS256."""
    head = f"{_encoded({'alg': algorithm, 'typ': 'JWT'})}.{_encoded(claims)}"
    if algorithm != "HS256":
        return f"{head}."
    return f"{head}.{_base64(hmac.new(secret.encode(), head.encode(), hashlib.sha256).digest())}"


def claims_of(username: str, seconds: int = HOUR) -> dict[str, Any]:
    """The claims of a token of the dashboard that expires in `seconds`."""
    return {"username": username, "exp": int(time.time()) + seconds}


def _encoded(value: Mapping[str, Any]) -> str:
    return _base64(json.dumps(value, separators=(",", ":")).encode())


def _base64(data: bytes) -> str:
    return base64.urlsafe_b64encode(data).rstrip(b"=").decode()


def _token(name: str, username: str, secret: str, algorithm: str = "HS256") -> Credential:
    return lambda _: _foreign(name, signed(claims_of(username), secret, algorithm))


def _tokens() -> Iterator[tuple[str, Credential]]:
    for user in USERNAMES:
        for name, secret, algorithm in (
            (f"an unsigned token for `{user}`", "", "none"),
            (f"a token for `{user}` that is signed with an empty secret", "", "HS256"),
            (f"a token for `{user}` that is signed with the secret of AstrBot before 3.5.18", FORMER_SECRET, "HS256"),
        ):
            yield name, _token(name, user, secret, algorithm)


def _further_tokens() -> Iterator[tuple[str, Credential]]:
    for algorithm in ("None", "NONE", "nOnE"):
        name = f"an unsigned token with the algorithm `{algorithm}`"
        yield name, _token(name, USERNAMES[0], "", algorithm)
    for number, secret in enumerate(COMMON_SECRETS, start=1):
        name = f"a token that is signed with the common secret {number}"
        yield name, _token(name, USERNAMES[0], secret)
    expired = "an expired token"
    yield expired, lambda _: _foreign(expired, signed(claims_of(USERNAMES[0], -HOUR), FORMER_SECRET))
    yield "the token of the dashboard with another signature", _altered(lambda token: token[:-8] + token[-8:][::-1])
    yield "the token of the dashboard without its signature", _altered(lambda token: f"{token.rpartition('.')[0]}.")
    yield "the token of the dashboard with the algorithm `none`", _altered(_unsigned)


def _altered(alter: Callable[[str], str]) -> Credential:
    def make(keys: KeyRing) -> Key:
        token = keys.dashboard_token().reveal()
        altered = alter(token)
        if altered in (token, ".") or not altered:
            raise NotJudged("the token of the dashboard has no signature that can be altered")
        return _foreign("altered_token", altered)

    return make


def _unsigned(token: str) -> str:
    claims = token.split(".")[1] if token.count(".") == 2 else ""
    return claims and f"{_encoded({'alg': 'none', 'typ': 'JWT'})}.{claims}."


def _text(name: str, text: str) -> Credential:
    return lambda _: _foreign(name, text)


def _random(letters: int) -> str:
    """A text with at most 128 letters and digits. It is the same in every run, and no server issued it."""
    return hashlib.sha512(b"astrbot-contract").hexdigest()[:letters]


TOKENS: Mapping[str, Credential] = dict(_tokens())
FURTHER_TOKENS: Mapping[str, Credential] = dict(_further_tokens())
KEYS: Mapping[str, Credential] = {
    name: _text(name, text)
    for name, text in {
        "a key of OpenAI's format": f"sk-{_random(48)}",
        "a key of GitHub's format": f"ghp_{_random(36)}",
        "a short key": f"abk_{_random(16)}",
        "a long key": f"abk_{_random(128)}",
    }.items()
}
SCHEMES: Mapping[str, Placing] = {
    "`Basic`": _in_header("Authorization", "Basic "),
    "`Digest`": _in_header(
        "Authorization", 'Digest username="astrbot", realm="astrbot", nonce="0", uri="/", response='
    ),
    "`Token`": _in_header("Authorization", "Token "),
    "`ApiKey`": _in_header("Authorization", "ApiKey "),
    "`JWT`": _in_header("Authorization", "JWT "),
}


def in_scheme(scheme: str, keys: KeyRing) -> Key:
    """The credential for another authentication scheme."""
    if scheme == "`Basic`":
        return _foreign("basic", base64.b64encode(b"astrbot:astrbot").decode())
    if scheme == "`JWT`":
        return next(iter(TOKENS.values()))(keys)
    return _foreign(f"in_{scheme}", _random(32))
