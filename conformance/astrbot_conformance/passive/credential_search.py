"""Finds dashboard credentials and signing secrets in the responses to a developer key, by name and by form."""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from itertools import count
from typing import Any

from astrbot_api.contract import Contract

from astrbot_conformance.http import NOT_JSON, HttpResponse
from astrbot_conformance.http.response import SEARCHED
from astrbot_conformance.json_text import parsed
from astrbot_conformance.secret import HASH_SHAPE, KEY_SHAPE, TOKEN_SHAPE, held_in, is_held, is_planted
from astrbot_conformance.verdict.finding import Finding, FindingRaised

DIGEST = re.compile(r"[0-9a-f]{32}|[0-9a-f]{40}|[0-9a-f]{64}|[0-9a-f]{128}", re.IGNORECASE)
PASSWORD = re.compile(r"\w*(password|passwd)\w*", re.IGNORECASE)
PRIVATE_KEY = re.compile(r"-----BEGIN [A-Z ]*PRIVATE KEY-----")
BLANKED = re.compile(r"[*•x.…]*", re.IGNORECASE)  # text that a server shows in place of a secret
A_NAME = "(a name)"  # marks a member name that is searched like a value
LONGEST_NAME = 200  # characters of a member's name; no credential has a longer one, and the patterns are slow on it
MOST_SEARCHED = 2000  # texts of a response, for the same reason
MOST_SHOWN = 20  # credentials that a finding names
CACHED = 1024  # characters of a text whose kind is cached

Path = tuple[str, ...]  # the member names that lead to a value
Held = Callable[[str], bool]  # whether a text is, or contains, a credential of the run


@dataclass(frozen=True, slots=True)
class CredentialSearch:
    """The passive check, with the names that a product gives to its credentials.

    secret_names: the names of credentials of the dashboard and of signing secrets. own_names: those that no other
    product uses. area: the part of a configuration that belongs to the dashboard. names_in_area: the names of
    credentials there, which are less specific. common_names: names that many services use for their keys; below
    `top_areas` only, they name a key of the server. foreign_areas, foreign_tags: the areas of a response, and the tags
    of operations, with the operator's settings for other services. They contain credentials of these services under any
    name and in any form. links: members that carry a token by design.
    """

    secret_names: re.Pattern[str]
    own_names: re.Pattern[str]
    area: str
    names_in_area: re.Pattern[str]
    common_names: frozenset[str]
    top_areas: frozenset[str]
    foreign_areas: re.Pattern[str]
    foreign_tags: frozenset[str]
    links: frozenset[str]

    def __call__(self, response: HttpResponse, _contract: Contract) -> bool:
        """Check that a response to any client but the dashboard shows no credential. Nor does the finding show it.

        Returns True only if a developer key got data: a refusal contains nothing to check.
        """
        asked_by_dashboard = response.key is not None and response.key.id == ""
        if asked_by_dashboard or response.request.is_login:
            return False
        has_held = any(not is_planted(variable) for variable in response.held)
        held = _is_or_shows_held(response) if has_held else is_held
        if shown := sorted({*_in_headers(response, held), *self._in_body(response, held)}):
            raise FindingRaised(
                Finding(
                    operation=str(response.request.operation),
                    expected="no dashboard credential and no signing secret",
                    actual=f"the response shows {', '.join(shown[:MOST_SHOWN])}",
                    curl=response.curl,
                    response="(not shown: it contains a credential)",
                    level="SHOULD",
                    request=response.sent_text,
                    scopes=tuple(sorted(response.key.scopes)) if response.key else (),
                )
            )
        return response.key is not None and response.is_accepted

    def _in_body(self, response: HttpResponse, held: Held) -> Iterator[str]:
        if response.json is NOT_JSON:
            if kind := _kind(response.body.decode("utf-8", "replace"), held):
                yield f"{kind} in the body"
            return
        sent = _texts_of(response.request.body or b"null")
        for path, value in _leaves(response.json, ()):
            if value in sent:  # the response repeats it, as 422 does: the sender already knows it
                continue
            if kind := self._kind_at(path, value, held, is_of_others=self._is_of_others(path[:-1], response)):
                yield f"{kind} at `{'.'.join(path)}`" if path else f"{kind} as its data"
        for path in _digests(response.json, ()):
            if self.area not in path and not self._is_of_others(path[:-1], response):
                yield f"the hash of a password at `{'.'.join(path)}`"

    def _is_of_others(self, areas: Path, response: HttpResponse) -> bool:
        """Whether the values in these areas of a response are settings for other services.

        The configuration of a plugin may include the product's own settings, with those of the dashboard.
        """
        if any(self.foreign_areas.fullmatch(area) for area in areas):
            return True
        return response.request.operation.tag in self.foreign_tags and self.area not in areas

    def _kind_at(self, path: Path, text: str, held: Held, *, is_of_others: bool) -> str | None:
        """The kind of credential that a text is, by its form and its path."""
        if path and path[-1] == A_NAME:  # a weak password may equal the name of a member
            return _form(text)
        if path and path[-1] in self.links:
            kind = None
        elif is_of_others:
            kind = "a password hash" if HASH_SHAPE.search(text) else _held(text, held)
        else:
            kind = _kind(text, held)
        if (
            kind is None
            and not BLANKED.fullmatch(text)
            and self._is_named_like_a_secret(path, is_of_others=is_of_others)
        ):
            return "a value named like a secret"
        return kind

    def _is_named_like_a_secret(self, path: Path, *, is_of_others: bool) -> bool:
        if not path or len(path[-1]) > LONGEST_NAME:
            return False
        *before, name = path
        if is_of_others:
            return bool(self.own_names.fullmatch(name))
        if any(area.lower() == self.area for area in before):
            return bool(self.secret_names.fullmatch(name) or self.names_in_area.fullmatch(name))
        return bool(self.secret_names.fullmatch(name)) and (
            name.lower() not in self.common_names or self.top_areas.issuperset(before)
        )


def _is_or_shows_held(response: HttpResponse) -> Held:
    """A test whether a text shows a credential of the run in any encoding, except those that the request contained."""
    keys = (response.key, *(presented.key for presented in response.request.presented))
    sent = {key.variable for key in keys if key}
    number = count()

    def shows(text: str) -> bool:
        if is_held(text):
            return True
        held = held_in(text[:SEARCHED]) if next(number) < MOST_SEARCHED else frozenset()
        return any(not is_planted(variable) for variable in held - sent)

    return shows


def _in_headers(response: HttpResponse, held: Held) -> Iterator[str]:
    for name, value in response.headers.items():
        if kind := _kind(value, held):
            yield f"{kind} in the header `{name}`"


@lru_cache(maxsize=256)  # each response to a request checks the same body
def _texts_of(body: bytes) -> frozenset[str]:
    """Every text in the body of a request."""
    try:
        return frozenset(value for _, value in _leaves(parsed(body), ()))
    except ValueError:  # not valid JSON, or too deep: no response repeats it
        return frozenset()


def _leaves(value: Any, path: Path) -> Iterator[tuple[Path, str]]:
    """Every text in a JSON value with the names that lead to it, each name too. JSON inside a text is searched too.

    The elements of an array share its name.
    """
    if isinstance(value, str):
        yield path, value
        if (inner := _unpacked(value)) is not None:
            yield from _leaves(inner, path)
    elif isinstance(value, dict):
        for name, member in value.items():
            yield (*path, A_NAME), name
            yield from _leaves(member, (*path, name))
    elif isinstance(value, list):
        for item in value:
            yield from _leaves(item, path)


def _unpacked(text: str) -> Any:
    """The object or array that a text contains as JSON, or None."""
    if not text.startswith(("{", "[")):
        return None
    try:
        return parsed(text)
    except ValueError:
        return None


def _digests(value: Any, path: Path) -> Iterator[Path]:
    """The paths of values that are named like a password and have the form of its hash, next to a username.

    Logins to other services need the password itself, so such a hash belongs to a login of this server.
    """
    if isinstance(value, list):
        for item in value:
            yield from _digests(item, path)
    elif isinstance(value, dict):
        for name, member in value.items():
            is_named = len(name) <= LONGEST_NAME and PASSWORD.fullmatch(name)
            is_hash = is_named and isinstance(member, str) and DIGEST.fullmatch(member)
            if is_hash and "username" in value:
                yield (*path, name)
            yield from _digests(member, (*path, name))


def _kind(text: str, held: Held) -> str | None:
    """The kind of credential that a text is or contains."""
    return _form(text) or _held(text, held)


def _form(text: str) -> str | None:
    return _remembered_form(text) if len(text) <= CACHED else _searched_form(text)


@lru_cache(maxsize=4096)  # servers often repeat the same text
def _remembered_form(text: str) -> str | None:
    return _searched_form(text)


def _searched_form(text: str) -> str | None:
    forms = ((KEY_SHAPE, "a developer key"), (TOKEN_SHAPE, "a token"), (HASH_SHAPE, "a password hash"))
    return next((kind for form, kind in (*forms, (PRIVATE_KEY, "a private key")) if form.search(text)), None)


def _held(text: str, held: Held) -> str | None:
    return "a credential of this run" if held(text) else None
