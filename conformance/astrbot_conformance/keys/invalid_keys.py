"""Invalid keys: unknown, expired, revoked, deleted or altered keys, and other texts from the listing of keys."""

import hashlib
from collections.abc import Callable, Mapping
from itertools import cycle

from astrbot_conformance.http import CredentialState, Key
from astrbot_conformance.keys.key_ring import KeyRing
from astrbot_conformance.outcome import NotJudged
from astrbot_conformance.secret import Secret

BadKey = Key | str  # a text is not a secret and may be shown


def _altered(name: str, alter: Callable[[str], str]) -> Callable[[KeyRing], BadKey]:
    """A key that holds every scope, altered."""

    def make(keys: KeyRing) -> BadKey:
        sound = keys.all_scopes().secret.reveal()
        altered = alter(sound)
        if altered == sound:
            raise NotJudged(f"the key does not change when it is {name}")
        secret = Secret(altered, f"ASTRBOT_KEY_{name.upper().replace(' ', '_')}")
        return Key("none", frozenset(), secret, CredentialState.INVALID)

    return make


def _text(text: str) -> Callable[[KeyRing], BadKey]:
    return lambda _: text


def _other_end(text: str) -> str:
    return text[:-6] + text[-6:][::-1].swapcase()


BAD_KEYS: Mapping[str, Callable[[KeyRing], BadKey]] = {
    "unknown": KeyRing.unknown,
    "revoked": KeyRing.revoked,
    "deleted": KeyRing.deleted,
    "truncated": _altered("truncated", lambda text: text[:-1]),
    "cut in half": _altered("cut in half", lambda text: text[: len(text) // 2]),
    "lengthened": _altered("lengthened", lambda text: text + "A"),
    "doubled": _altered("doubled", lambda text: text + text),
    "with swapped case": _altered("with swapped case", lambda text: text[:4] + text[4:].swapcase()),
    "in upper case": _altered("in upper case", str.upper),
    "with another end": _altered("with another end", _other_end),
    "without its prefix": _altered("without its prefix", lambda text: text.removeprefix("abk_")),
    "hashed": _altered("hashed", lambda text: hashlib.sha256(text.encode()).hexdigest()),
    "its prefix": lambda keys: keys.listed(keys.all_scopes()).get("key_prefix") or "abk_",
    "its id": lambda keys: keys.all_scopes().id,
    "its name": lambda keys: str(keys.listed(keys.all_scopes()).get("name")),
    "only the prefix of keys": _text("abk_"),
    "the word null": _text("null"),
    "an SQL pattern": _text("abk_%"),
    "an asterisk": _text("*"),
    "an SQL condition": _text("' OR '1'='1"),
    "empty": _text(""),
}
USUAL = ("unknown", "revoked", "deleted")  # the usual kinds; one of them precedes each of the other kinds
TURNS = tuple(
    BAD_KEYS[kind]
    for usual, odd in zip(cycle(USUAL), (kind for kind in BAD_KEYS if kind not in USUAL), strict=False)
    for kind in (usual, odd)
)


def bad_key(keys: KeyRing, turn: int) -> BadKey:
    """An invalid key, of another kind at each turn. Skips a kind that is missing. Raises NotJudged without any."""
    reasons = []
    for offset in range(len(TURNS)):
        try:
            return TURNS[(turn + offset) % len(TURNS)](keys)
        except NotJudged as error:
            reasons.append(error)
    raise reasons[0]
