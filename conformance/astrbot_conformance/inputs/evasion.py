"""Other forms of a request: unusual places for a key, equivalent paths, and headers that claim rights.

No form holds more rights than the plain request. If the plain request is rejected, the form must be rejected or not be
served. A form requests the same as the harmless request. Some forms change the meaning of an id or leave the path of
the API. These are sent to a target that the run does not own only if they read.
"""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from functools import partial, reduce
from http.client import OK, responses
from http.client import UNPROCESSABLE_ENTITY as FIELDS_WRONG

from astrbot_api.contract import Contract
from astrbot_api.operation import Operation

from astrbot_conformance.contract import grantable
from astrbot_conformance.http import UNKNOWN_ID, HttpRequest, HttpResponse, Key, Presented

Placing = Callable[[Key], Presented]
Change = Callable[[HttpRequest, Contract], HttpRequest]
PREFIX = "/api/v1"
PUBLIC = f"{PREFIX}/openapi.json"


def _in_header(name: str, before: str = "") -> Placing:
    return lambda key: Presented(key, name, before)


def _in_query(name: str) -> Placing:
    return lambda key: Presented(key, name, in_query=True)


PLACES: Mapping[str, Placing] = {
    **{f"in the query as `{name}`": _in_query(name) for name in ("api_key", "key", "token", "access_token", "apikey")},
    **{
        f"as `Authorization: {word}`": _in_header("Authorization", f"{word} ")
        for word in ("ApiKey", "Key", "Token", "Basic")
    },
    "as `Authorization` without a scheme": _in_header("Authorization"),
    "as `X-Auth-Token`": _in_header("X-Auth-Token"),
    "as `X-Access-Token`": _in_header("X-Access-Token"),
    "as `Api-Key`": _in_header("Api-Key"),
    "in a cookie": _in_header("Cookie", "api_key="),
    "in the cookie of the dashboard": _in_header("Cookie", "astrbot_dashboard_jwt="),
}
"""Places where a key must not be accepted."""

BEARER, HEADER = _in_header("Authorization", "Bearer "), _in_header("X-API-Key")
KEY_COMBINATIONS: Mapping[str, Callable[[Key, Key], tuple[Presented, ...]]] = {
    "listed twice": lambda weak, _: (Presented(weak, "Authorization", "Bearer ", ", Bearer x"),),
    "after `bearer`": lambda weak, _: (Presented(weak, "Authorization", "bearer "),),
    "after `BEARER`": lambda weak, _: (Presented(weak, "Authorization", "BEARER "),),
    "after many blanks": lambda weak, _: (Presented(weak, "Authorization", "Bearer     "),),
    "after a tab": lambda weak, _: (Presented(weak, "Authorization", "Bearer\t"),),
    "in quotes": lambda weak, _: (Presented(weak, "Authorization", 'Bearer "', '"'),),
    "as header with a scheme": lambda weak, _: (Presented(weak, "X-API-Key", "Bearer "),),
    "in the query and as bearer": lambda weak, _: (BEARER(weak), _in_query("api_key")(weak)),
    "as bearer beside an unknown one in the query": lambda weak, none: (BEARER(weak), _in_query("api_key")(none)),
}
"""A key in an unusual form, or beside a key in the query. AUTH-PRECEDENCE covers a second key in a header."""


@dataclass(frozen=True, slots=True)
class Form:
    """Another form of a request. `only_reads`: a foreign target gets it only for a read of a collection.

    is_claim: whether it only adds headers or query parameters that claim rights, so that several can be combined.
    """

    name: str
    change: Change
    only_reads: bool = False
    is_claim: bool = False
    methods: frozenset[str] = frozenset({"GET", "POST", "PUT", "PATCH", "DELETE"})

    def suits(self, operation: Operation, *, disposable: bool) -> bool:
        """Whether the form may be used for the harmless request to `operation`."""
        if (operation.probe is None and not disposable) or operation.method not in self.methods:
            return False
        is_plain_read = operation.side_effect == "read" and operation.method == "GET" and "{" not in operation.path
        return disposable or not self.only_reads or is_plain_read

    def moves(self, request: HttpRequest, contract: Contract) -> bool:
        """Whether it changes the path or the method, so that a server may not know the form at all."""
        changed = self.change(request, contract)
        return (changed.method, changed.path) != (request.method, request.path)


def _path(change: Callable[[str], str]) -> Change:
    """A form that changes the part after `/api/v1/`, or the whole path if it has no such part."""
    return lambda request, _: replace(request, path=change(request.path))


def _below(pattern: str) -> Change:
    """A form of the path. `*` in the pattern is replaced by the part after `/api/v1/`."""
    return _path(lambda path: pattern.replace("*", path.removeprefix(f"{PREFIX}/")))


def _first_letter(form: Callable[[str], str]) -> Change:
    return _path(lambda path: re.sub(f"(?<={PREFIX}/).", lambda match: form(match[0]), path, count=1))


def _first_word(ending: str) -> Change:
    return _path(lambda path: re.sub(f"({PREFIX}/[^/]+)", lambda match: match[1] + ending, path, count=1))


def _headers(*pairs: tuple[str, str]) -> Change:
    return lambda request, _: replace(request, headers=(*request.headers, *pairs))


def _query(*pairs: tuple[str, str]) -> Change:
    return lambda request, _: replace(request, query=(*request.query, *pairs))


def _typed(media_type: str) -> Change:
    def change(request: HttpRequest, _: Contract) -> HttpRequest:
        others = tuple(pair for pair in request.headers if pair[0].lower() != "content-type")
        return replace(request, headers=(*others, ("Content-Type", media_type)))

    return change


def _verb(verb: str) -> Change:
    return lambda request, _: replace(request, verb=verb)


def _overridden(header: str) -> Change:
    """Send an undeclared method, and a header that names the declared one."""

    def change(request: HttpRequest, contract: Contract) -> HttpRequest:
        headers = (*request.headers, (header, request.method))
        return replace(request, headers=headers, verb=undeclared_verb(request, contract))

    return change


def _overridden_in_query(request: HttpRequest, contract: Contract) -> HttpRequest:
    query = (*request.query, ("_method", request.method))
    return replace(request, query=query, verb=undeclared_verb(request, contract))


def _with_scopes_in_headers(request: HttpRequest, contract: Contract) -> HttpRequest:
    scopes = ",".join(grantable(contract))
    claims = ((name, scopes) for name in ("X-Scopes", "X-API-Scopes", "X-Astrbot-Scopes"))
    return replace(request, headers=(*request.headers, *claims))


def _with_scopes_in_query(request: HttpRequest, contract: Contract) -> HttpRequest:
    scopes = ",".join(grantable(contract))
    return replace(request, query=(*request.query, ("scope", scopes), ("scopes", scopes), ("admin", "true")))


def undeclared_verb(request: HttpRequest, contract: Contract) -> str:
    """A method that no operation of the contract declares at the path of `request`."""
    declared = {operation.method for operation in contract.operations if operation.matches(request.path)}
    return next((verb for verb in ("POST", "GET", "PUT", "PATCH") if verb not in declared), "PROPFIND")


GET = frozenset({"GET"})
WITH_BODY = frozenset({"POST", "PUT", "PATCH"})
reading, claim = partial(Form, only_reads=True), partial(Form, is_claim=True)
FORMS: tuple[Form, ...] = (
    Form("a letter percent-encoded", _first_letter(lambda letter: f"%{ord(letter):02x}")),
    Form("a letter percent-encoded twice", _first_letter(lambda letter: f"%25{ord(letter):02x}")),
    Form("slashes percent-encoded", _below("/api%2Fv1%2F*")),
    Form("upper case", _below("/API/V1/*")),
    Form("a capital", _first_letter(str.upper)),
    Form("a doubled slash in front", _below("//api/v1/*")),
    Form("a doubled slash in the middle", _below("/api//v1/*")),
    Form("a doubled slash after the version", _below("/api/v1//*")),
    Form("a matrix parameter in the version", _below("/api/v1;x=1/*")),
    Form("a matrix parameter in the name", _first_word(";x=1")),
    Form("a public page in a matrix parameter", _first_word(";/openapi.json")),
    reading("a dot segment", _below("/api/v1/./*")),
    reading("a dot segment percent-encoded", _below("/api/v1/%2e/*")),
    reading("back from nowhere", _below(f"/api/v1/{UNKNOWN_ID}/../*")),
    reading("back from nowhere, percent-encoded", _below(f"/api/v1/{UNKNOWN_ID}/%2e%2e/*")),
    reading("back from a public page", _below(f"{PUBLIC}/../*")),
    reading("back from the login", _below(f"{PREFIX}/auth/login/../../*")),
    reading("back from the files of the web UI", _below(f"/assets/..{PREFIX}/*")),
    reading("a trailing slash", _path(lambda path: f"{path}/")),
    reading("two trailing slashes", _path(lambda path: f"{path}//")),
    reading("a trailing dot segment", _path(lambda path: f"{path}/.")),
    reading("a trailing blank", _path(lambda path: f"{path}%20")),
    reading("a trailing zero byte", _path(lambda path: f"{path}%00")),
    *(
        reading(f"the ending `{ending}`", _path(partial("{1}{0}".format, ending)))
        for ending in (".json", ".html", ".js", ".css", ".ico", ".txt", ";.js")
    ),
    reading("a public page at the end", _path(lambda path: f"{path}/openapi.json")),
    reading("backslashes", _below("/api%5Cv1%5C*")),
    reading("without the version", _below("/api/*")),
    Form("HEAD", _verb("HEAD"), methods=GET),
    Form("OPTIONS", _verb("OPTIONS")),
    *(
        Form(f"another method and {name}", _overridden(name))
        for name in ("X-HTTP-Method-Override", "X-HTTP-Method", "X-Method-Override")
    ),
    Form("another method and `_method`", _overridden_in_query),
    Form("a method overridden to OPTIONS", _headers(("X-HTTP-Method-Override", "OPTIONS"))),
    *(
        Form(f"a public page in {name}", _headers((name, PUBLIC)))
        for name in ("X-Original-URL", "X-Rewrite-URL", "X-Forwarded-Uri", "X-Original-URI")
    ),
    Form("a public page in the query", _query(("path", PUBLIC))),
    claim("from this machine", _headers(*((n, "127.0.0.1") for n in ("X-Forwarded-For", "X-Real-IP", "X-Client-IP")))),
    claim("from this machine by Forwarded", _headers(("Forwarded", "for=127.0.0.1;host=localhost"))),
    claim("to this machine", _headers(("X-Forwarded-Host", "localhost"), ("X-Forwarded-Server", "localhost"))),
    claim("from the dashboard", _headers(("Origin", "http://localhost:6185"), ("Referer", "http://localhost:6185/"))),
    claim("by another user", _headers(*((n, "astrbot") for n in ("X-Forwarded-User", "X-Remote-User", "Remote-User")))),
    claim("with scopes in headers", _with_scopes_in_headers),
    claim("with scopes in the query", _with_scopes_in_query),
    claim("by a script of the page", _headers(("X-Requested-With", "XMLHttpRequest"), ("Accept", "text/html"))),
    claim("as an event stream", _headers(("Accept", "text/event-stream"))),
    Form("an untyped body", _typed("application/octet-stream"), methods=WITH_BODY),
    Form("a body as text", _typed("text/plain"), methods=WITH_BODY),
)


CLAIMS = tuple(form for form in FORMS if form.is_claim)
ALL_CLAIMS = Form(
    "with every claim at once",
    lambda request, contract: reduce(lambda changed, form: form.change(changed, contract), CLAIMS, request),
    is_claim=True,
)
"""Every claim in one request. A server that believes any of them authorizes it."""


def reaches_operation(response: HttpResponse, plain: HttpResponse) -> bool:
    """Whether a request in another form reached the operation.

    plain: the response to the plain request with the required scope. A target may not know the form at all: it then
    returns 404, 405, a redirection, or a page that it has for every path. It may also refuse the form itself
    because it is unusual. So a refusal comes from the operation only if the plain request gets it too.
    """
    if response.status in (401, 403, 405) or response.status >= 500 or 300 <= response.status < 400:
        return False
    if response.request.method == "HEAD":  # without a body, one 404 cannot be told from another
        return response.status != 404 and (response.status, response.media_type) == (plain.status, plain.media_type)
    if response.status >= 400:
        return _is_same_refusal(response, plain)
    return _is_from_the_api(response) or (response.media_type, response.body) == (plain.media_type, plain.body)


def _is_same_refusal(response: HttpResponse, plain: HttpResponse) -> bool:
    """Whether two refusals come from one place. The message about a wrong field may differ between forms."""
    if (response.status, response.media_type) != (plain.status, plain.media_type):
        return False
    if response.message == responses.get(response.status):  # the standard message for any invalid request
        return False
    return response.status == FIELDS_WRONG or (response.message or response.body) == (plain.message or plain.body)


def is_served(response: HttpResponse) -> bool:
    """Whether the API did what a form requests, although no key opens the plain request."""
    if response.request.method == "HEAD":
        return response.status == OK and response.media_type == "application/json"
    return response.is_accepted and isinstance(response.json, dict) and response.json.get("status") == "ok"


def outline(response: HttpResponse) -> tuple[object, ...]:
    """The parts of a response that identify its operation and do not change over time."""
    data = response.data
    members = sorted(data) if isinstance(data, dict) else type(data).__name__
    return (response.status, response.media_type, response.message, str(members))


def _is_from_the_api(response: HttpResponse) -> bool:
    body = response.json
    return isinstance(body, dict) and (("status" in body and "message" in body) or "detail" in body)
