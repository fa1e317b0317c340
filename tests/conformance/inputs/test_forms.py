"""Forms of a request: what each changes, and the operations for which it may be used."""

import pytest
from astrbot_api import releases
from astrbot_api.operation import Operation
from astrbot_api.operations import BY_ID
from astrbot_conformance.contract import grantable
from astrbot_conformance.http import CredentialState, HttpRequest, Key
from astrbot_conformance.inputs.evasion import ALL_CLAIMS, CLAIMS, FORMS, PLACES, Form, undeclared_verb
from astrbot_conformance.secret import Secret

from tests.conformance.made import contract_of, operation, parameter

CONTRACT = releases.contract()
KEY = Key("1", frozenset(), Secret("abk_forms-0123456789-0123456789", "ASTRBOT_KEY_FORMS"), CredentialState.LIVE)
NAMED = {form.name: form for form in FORMS}
HEADERS = (("Accept", "a"), ("Content-TYPE", "application/json"), ("X-Z", "z"))
REQUEST = HttpRequest(BY_ID["list_skills"], "/api/v1/skills/api/v1/x", query=(("a", "b"),), headers=HEADERS, body=b"{}")


@pytest.mark.parametrize(
    ("name", "path"),
    [
        ("a letter percent-encoded", "/api/v1/%73kills/api/v1/x"),
        ("a letter percent-encoded twice", "/api/v1/%2573kills/api/v1/x"),
        ("slashes percent-encoded", "/api%2Fv1%2Fskills/api/v1/x"),
        ("a capital", "/api/v1/Skills/api/v1/x"),
        ("a matrix parameter in the name", "/api/v1/skills;x=1/api/v1/x"),
        ("back from the login", "/api/v1/auth/login/../../skills/api/v1/x"),
        ("back from the files of the web UI", "/assets/../api/v1/skills/api/v1/x"),
        ("a trailing blank", "/api/v1/skills/api/v1/x%20"),
        ("the ending `;.js`", "/api/v1/skills/api/v1/x;.js"),
    ],
)
def test_a_form_of_the_path_changes_it_once(name: str, path: str) -> None:
    """The rest of the request stays. A server may not know the form at all."""
    changed = NAMED[name].change(REQUEST, CONTRACT)

    assert (changed.path, changed.query, changed.headers, changed.body) == (path, REQUEST.query, HEADERS, b"{}")
    assert NAMED[name].moves(REQUEST, CONTRACT)


@pytest.mark.parametrize("form", FORMS, ids=lambda form: form.name)
def test_a_form_adds_to_the_request(form: Form) -> None:
    """It removes no header, except for the type of the body if the form is another type, and no part of the query."""
    changed = form.change(REQUEST, CONTRACT)

    assert changed.query[:1] == REQUEST.query
    if "body" in form.name:
        assert [name for name, _ in changed.headers] == ["Accept", "X-Z", "Content-Type"]
    else:
        assert changed.headers[:3] == HEADERS
    assert form.moves(REQUEST, CONTRACT) == (changed.path != REQUEST.path or changed.method != "GET")


@pytest.mark.parametrize("form", [form for form in FORMS if "another method" in form.name], ids=lambda form: form.name)
def test_an_overridden_method_is_named_beside_the_sent_one(form: Form) -> None:
    """The declared method is in a header or in the query, and an undeclared one is sent."""
    changed = form.change(HttpRequest(BY_ID["list_skills"], "/api/v1/skills"), CONTRACT)

    (added,) = (*changed.headers, *changed.query)
    assert added[1] == "GET"
    assert changed.method == "PUT"  # POST is declared there, too


def test_a_path_that_accepts_the_usual_methods_gets_an_unusual_one() -> None:
    """The first method that the path does not declare. Other paths do not matter."""
    verbs = ("POST", "GET", "PUT", "PATCH")
    paths = [operation(method=verb) for verb in verbs]
    elsewhere = operation("/api/v1/other", method="PATCH")
    request = HttpRequest(paths[0], "/api/v1/made")

    assert undeclared_verb(request, contract_of(*paths)) == "PROPFIND"
    assert undeclared_verb(request, contract_of(*paths[:3], elsewhere)) == "PATCH"
    assert undeclared_verb(request, contract_of(elsewhere)) == "POST"


def test_claims_are_combined_in_one_request() -> None:
    """They claim rights in headers and in the query, and change nothing else."""
    changed = ALL_CLAIMS.change(REQUEST, CONTRACT)
    scopes = ",".join(grantable(CONTRACT))

    assert ALL_CLAIMS.is_claim
    assert len(CLAIMS) == 9
    assert not ALL_CLAIMS.moves(REQUEST, CONTRACT)
    assert {("X-Forwarded-For", "127.0.0.1"), ("Remote-User", "astrbot"), ("X-Scopes", scopes)} < {*changed.headers}
    assert changed.query == (("a", "b"), ("scope", scopes), ("scopes", scopes), ("admin", "true"))


ID = parameter("id", "path")
SUITED: list[tuple[str, Operation, bool, bool]] = [
    # form, operation, on any target, on a disposable target
    ("a trailing slash", operation(), True, True),
    ("a trailing slash", operation("/api/v1/made/{id}", ID), False, True),
    ("a trailing slash", operation(side_effect="write"), False, True),
    ("a trailing slash", operation(side_effect="external"), False, True),
    ("a trailing slash", operation(method="DELETE"), False, True),
    ("a trailing slash", operation(method="POST"), False, True),
    ("a capital", operation("/api/v1/made/{id}", ID, method="DELETE", side_effect="destructive"), True, True),
    ("a capital", operation(probe_reason="it acts"), False, True),
    ("a capital", operation(method="HEAD"), False, False),
    ("HEAD", operation(), True, True),
    ("HEAD", operation(method="POST"), False, False),
    ("an untyped body", operation(method="PATCH"), True, True),
    ("an untyped body", operation(), False, False),
]


@pytest.mark.parametrize(("name", "operation_", "anywhere", "disposable"), SUITED)
def test_a_form_suits_an_operation(name: str, operation_: Operation, anywhere: bool, disposable: bool) -> None:  # noqa: FBT001
    """An ambiguous form reaches a foreign target only by a read of a collection. Some forms suit some methods only."""
    assert NAMED[name].suits(operation=operation_, disposable=False) is anywhere
    assert NAMED[name].suits(operation_, disposable=True) is disposable


@pytest.mark.parametrize("place", PLACES)
def test_a_key_is_sent_at_one_place(place: str) -> None:
    """Either in the query or in a header, with nothing but a scheme or the name of a cookie before it."""
    request = HttpRequest(REQUEST.operation, "/x", presented=(PLACES[place](KEY),))
    secret = KEY.secret.reveal()

    sent = [text for _, text in request.wire_headers()] or [request.wire_target("").decode().partition("=")[2]]
    assert (request.wire_headers() == []) == ("in the query" in place)
    before = {"in a cookie": "api_key=", "in the cookie of the dashboard": "astrbot_dashboard_jwt="}
    scheme = f"{place[:-1].partition(': ')[2]} ".lstrip()
    assert sent == [f"{before.get(place, scheme)}{secret}"]
