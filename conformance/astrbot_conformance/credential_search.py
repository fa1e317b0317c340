"""Dashboard credentials and signing secrets in what a developer key is answered, found by name and by form."""

import re
from collections.abc import Iterator
from typing import Any

from astrbot_api.contract import Contract

from astrbot_conformance.answer import NOT_JSON, Answer
from astrbot_conformance.contract import LOGIN
from astrbot_conformance.finding import Finding, FindingRaised
from astrbot_conformance.json_text import parsed
from astrbot_conformance.secret import HASH_SHAPE, KEY_SHAPE, TOKEN_SHAPE, is_held

SIGNING = re.compile(
    r"(jwt|signing|cookie|csrf|totp|dashboard)_?(secret|key|password|token|pass)(_?key|_?hash)?"
    r"|password_?hash|hashed_?password|pbkdf2_\w+|recovery_?codes?(_?hash(es)?)?|secret_key",
    re.IGNORECASE,
)
OF_THE_DASHBOARD = re.compile(r"\w*(password|passwd|secret|token|totp|recovery|hash|salt)\w*", re.IGNORECASE)
AREA = "dashboard"  # members of it are credentials by weaker names
PRIVATE_KEY = re.compile(r"-----BEGIN [A-Z ]*PRIVATE KEY-----")
BLANKED = re.compile(r"[*•x.…]*", re.IGNORECASE)  # what a server shows in place of a secret
LINKS = frozenset({"content_path"})  # carries a token for one page, good for a minute: that is what it is for


def shows_no_secret(answer: Answer, _contract: Contract) -> bool:
    """Look whether an answer that the dashboard did not ask for shows a credential. The finding does not show it."""
    asked_by_dashboard = answer.key is not None and answer.key.id == ""
    if asked_by_dashboard or answer.request.operation.id == LOGIN.id:
        return False
    shown = sorted({*_in_headers(answer), *_in_body(answer)})
    if shown:
        raise FindingRaised(
            Finding(
                operation=str(answer.request.operation),
                expected="no dashboard credential and no signing secret",
                actual=f"shown: {', '.join(shown[:20])}",
                curl=answer.curl,
                response="(left out, because of what it shows)",
                level="SHOULD",
                request=answer.request.text(answer.base, answer.key, answer.carrier),
                scopes=tuple(sorted(answer.key.scopes)) if answer.key else (),
            )
        )
    return True


def _in_headers(answer: Answer) -> Iterator[str]:
    for name, value in answer.headers.items():
        if kind := _kind(value):
            yield f"{kind} in the header {name}"


def _in_body(answer: Answer) -> Iterator[str]:
    if answer.json is NOT_JSON:
        if kind := _kind(answer.body.decode("utf-8", "replace")):
            yield f"{kind} in the body"
        return
    sent = _sent(answer)
    for path, value in _leaves(answer.json, ()):
        if value in sent:  # said back, as 422 does: no news to whoever sent it
            continue
        kind = None if path and path[-1] in LINKS else _kind(value)
        if kind is None and _is_named_like_a_secret(path) and not BLANKED.fullmatch(value):
            kind = "a secret by its name"
        if kind:
            yield f"{kind} at {'.'.join(path) or 'the top'}"


def _sent(answer: Answer) -> frozenset[str]:
    """Every text that the request itself brought in its body."""
    try:
        body = parsed(answer.request.body or b"null")
        return frozenset(value for _, value in _leaves(body, ()))
    except ValueError:  # no JSON, or too deep: said back by nobody
        return frozenset()


def _leaves(value: Any, path: tuple[str, ...]) -> Iterator[tuple[tuple[str, ...], str]]:
    """Every text in a JSON value with the names that lead to it; the elements of an array share its name."""
    if isinstance(value, str):
        yield path, value
    elif isinstance(value, dict):
        for name, member in value.items():
            yield from _leaves(member, (*path, str(name)))
    elif isinstance(value, list):
        for item in value:
            yield from _leaves(item, path)


def _is_named_like_a_secret(path: tuple[str, ...]) -> bool:
    if not path:
        return False
    inside = any(name.lower() == AREA for name in path[:-1])
    return bool(SIGNING.fullmatch(path[-1]) or (inside and OF_THE_DASHBOARD.fullmatch(path[-1])))


def _kind(text: str) -> str | None:
    """What kind of credential a text is, or holds."""
    forms = ((KEY_SHAPE, "a developer key"), (TOKEN_SHAPE, "a token"), (HASH_SHAPE, "a password hash"))
    for form, kind in (*forms, (PRIVATE_KEY, "a private key")):
        if form.search(text):
            return kind
    return "a credential of this run" if is_held(text) else None
