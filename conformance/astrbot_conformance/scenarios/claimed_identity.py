"""Requests of one key that name another key's user as the sender. The key alone decides who sends a request."""

import json
from collections.abc import Callable, Container, Mapping
from dataclasses import dataclass, replace

from astrbot_conformance.chat.sessions import user_of
from astrbot_conformance.http import HttpRequest, HttpResponse, Key, Target
from astrbot_conformance.http.request import JSON_TYPE
from astrbot_conformance.json_text import parsed
from astrbot_conformance.verdict.finding import expect_refused, fail

MEMBERS = (
    *("username", "user_name", "user", "user_id", "uid", "userid", "userId", "login"),
    *("creator", "creator_id", "created_by", "owner", "owner_id", "author", "account", "account_id"),
    *("sender", "sender_id", "caller", "identity", "subject", "on_behalf_of", "act_as", "as_user", "impersonate"),
)
"""Members of a query or a body that a server may take for the name of the sender."""
KEY_MEMBERS = ("api_key_id", "apikey_id", "key_id")
"""The same for the id of the key."""
HEADERS = (
    *("X-User", "X-Username", "X-User-Name", "X-User-Id", "X-Login", "X-Account", "X-Owner", "X-Creator", "X-Sender"),
    *("X-Sender-Id", "X-Caller", "X-Identity", "X-Subject", "X-AstrBot-User", "X-AstrBot-Username"),
    *("X-Forwarded-User", "X-Forwarded-Username", "X-Forwarded-Preferred-Username", "X-Auth-Request-User"),
    *("X-Authenticated-User", "X-Auth-User", "X-WebAuth-User", "X-Remote-User", "Remote-User", "Username", "User"),
    *("X-On-Behalf-Of", "X-Act-As", "X-Run-As", "X-Impersonate-User", "Impersonate-User", "From"),
)
KEY_HEADERS = ("X-API-Key-Id", "X-Key-Id")
COOKIES = ("username", "user", "user_id", "uid")
TAKES_A_BODY = ("POST", "PUT", "PATCH", "DELETE")

Claim = Callable[[HttpRequest, Key], HttpRequest]


def naming_in_query(request: HttpRequest, owner: Key) -> HttpRequest:
    """The request with the owner in every parameter of the query that the operation does not define."""
    defined = {name for name, _ in request.query} | {parameter.name for parameter in request.operation.parameters}
    return replace(request, query=(*request.query, *_members(owner, without=defined).items()))


def naming_in_headers(request: HttpRequest, owner: Key) -> HttpRequest:
    """The request with the owner in headers with which proxies name a user, and in cookies."""
    user = user_of(owner)
    cookies = "; ".join(f"{name}={user}" for name in COOKIES)
    named = [*((name, user) for name in HEADERS), *((name, owner.id) for name in KEY_HEADERS), ("Cookie", cookies)]
    return replace(request, headers=(*request.headers, *named))


def naming_in_body(request: HttpRequest, owner: Key) -> HttpRequest:
    """The request with the owner in every member of its JSON body that it does not use. Unchanged for other bodies."""
    if request.body is None:
        is_free = request.method in TAKES_A_BODY
        return _with_json(request, _members(owner)) if is_free else request
    try:
        body = parsed(request.body)
    except ValueError:
        return request
    if not isinstance(body, dict):
        return request
    return _with_json(request, {**_members(owner, without=body), **body})


CLAIMS: Mapping[str, Claim] = {"query": naming_in_query, "body": naming_in_body, "headers": naming_in_headers}


SIMPLER: Mapping[str, Claim] = {
    "": lambda request, _: request,
    **{f", although its {place} names the owner": claim for place, claim in CLAIMS.items()},
}


def claiming(request: HttpRequest, owner: Key) -> HttpRequest:
    """The request with the owner named everywhere at once: in the query, the body and the headers."""
    for claim in CLAIMS.values():
        request = claim(request, owner)
    return request


@dataclass(frozen=True, slots=True)
class Impersonation:
    """Requests with the key of one user, `key`, that claim to come from another user, `owner`."""

    target: Target
    key: Key
    owner: Key

    def expect_refused(self, attempt: HttpRequest, what: str) -> None:
        """Raise FindingRaised unless `attempt` is refused, with the owner as its sender and without any claim.

        If the service itself refuses the claim, it accepts the same request without a claim even less. So a slow target
        is then not asked again.
        """
        claimed = self.expect(attempt, f"{what} to be rejected", lambda response: response.is_refusal)
        if self.target.options.is_cheap or not claimed.is_error_envelope:
            expect_refused(self.target.send(attempt, self.key), what)

    def expect(
        self, attempt: HttpRequest, expected: str, is_right: Callable[[HttpResponse], bool], actual: str | None = None
    ) -> HttpResponse:
        """The response to `attempt` with the owner named everywhere. Raises FindingRaised if it is wrong.

        The finding is about the simplest request that has a wrong response.
        """
        response = self.target.send(claiming(attempt, self.owner), self.key)
        if not is_right(response):
            for place, claim in SIMPLER.items():
                simpler = self.target.send(claim(attempt, self.owner), self.key)
                if not is_right(simpler):
                    fail(simpler, expected=f"{expected}{place}", actual=actual)
            everywhere = f", although its {', '.join(CLAIMS)} name the owner"
            fail(response, expected=f"{expected}{everywhere}", actual=actual)
        return response


def _members(owner: Key, without: Container[str] = ()) -> dict[str, str]:
    named = {**dict.fromkeys(MEMBERS, user_of(owner)), **dict.fromkeys(KEY_MEMBERS, owner.id)}
    return {name: value for name, value in named.items() if name not in without}


def _with_json(request: HttpRequest, body: Mapping[str, object]) -> HttpRequest:
    headers = tuple(pair for pair in request.headers if pair[0].lower() != "content-type")
    return replace(request, body=json.dumps(body).encode(), headers=(*headers, JSON_TYPE))
