"""How a request is written: on the wire, in a `curl` line, and for people to read."""

import json
import shlex
from dataclasses import replace
from typing import Any

import pytest
from astrbot_api.operation import Body, Operation
from astrbot_conformance.http import HttpRequest, KeyHeader, Presented, asking, harmless, with_file, with_text
from astrbot_conformance.http.request import NONE, creates_something

from tests.conformance.http.scripted import key
from tests.conformance.made import BODY, new, operation, parameter

BASE = "http://host:1/below"
KEY = key("forms")
SECRET, VARIABLE = KEY.secret.reveal(), f"${KEY.variable}"
READ = operation("/read/{id}", parameter("id", "path"), parameter("q", "query"), parameter("X-Odd", "header"))
POST = operation("/post", method="POST", side_effect="write", body=BODY)
LOGIN = operation("/login", method="POST", scope=None, public=True, body=BODY)
JSON = (("Content-TYPE", "application/Json"),)
IN_QUERY, IN_HEADER = Presented(KEY, "api_key", in_query=True), Presented(KEY, "X-Token", "a ", " z")


def test_a_placeholder_alone_is_replaced() -> None:
    """Wherever it is. A request without it stays the same object."""
    for request in (
        HttpRequest(POST, f"/{NONE}"),
        HttpRequest(POST, "/x", query=(("a", NONE),)),
        HttpRequest(POST, "/x", headers=(("a", NONE),)),
        HttpRequest(POST, "/x", body=NONE.encode()),
    ):
        sent = request.naming("other")
        assert NONE not in str(sent)
        assert "other" in str(sent)
    for request in (HttpRequest(POST, "/x", body=b"{}"), HttpRequest(POST, "/x")):
        assert request.naming("other") is request


@pytest.mark.parametrize(
    ("change", "plain"),
    [
        ({}, True),
        ({"verb": new("GET")}, True),
        ({"verb": "HEAD"}, False),
        ({"verb": "AAA"}, False),
        ({"path": "/read/a/b"}, False),
        ({"presented": (IN_QUERY,)}, False),
        ({"headers": (("ACCEPT", "a"), *JSON), "body": b"{}"}, True),
        ({"headers": (("Accept", "a"), ("Cookie", "b"))}, False),
        ({"headers": JSON, "body": b"{"}, False),
        ({"headers": JSON, "body": b"[NaN]"}, False),
        ({"headers": JSON, "body": b"[1e999]"}, False),
        ({"headers": JSON, "body": b'["\\ud800"]'}, False),
        ({"headers": JSON, "body": None}, True),
        ({"headers": (("Accept", "application/json"),), "body": b"{"}, True),
        ({"headers": (("X-API-Key", "application/json"),), "body": b"{"}, True),
        ({"headers": (("content-type", "text/plain"),), "body": b"{"}, True),
    ],
)
def test_a_plain_request_has_the_declared_form(change: dict[str, Any], plain: bool) -> None:  # noqa: FBT001  by pytest
    """Its method, its path, no unusual header, and valid JSON if it says so."""
    parts: dict[str, Any] = {"operation": READ, "path": "/read/1"} | change

    assert HttpRequest(**parts).is_plain is plain


def test_the_address_has_the_path_the_query_and_keys_in_the_query() -> None:
    """Printed with a variable, sent with the key below the path of the base."""
    request = HttpRequest(READ, "/a//b", query=(("a", "b c"), ("d", "é")), presented=(IN_QUERY, IN_HEADER))

    assert request.url(BASE) == f"{BASE}/a//b?a=b+c&d=%C3%A9&api_key={VARIABLE}"
    assert request.wire_target(BASE) == f"/below/a//b?a=b+c&d=%C3%A9&api_key={SECRET}".encode()
    assert request.wire_headers() == [("X-Token", f"a {SECRET} z")]
    assert HttpRequest(READ, "/a").url(BASE) == f"{BASE}/a"
    assert HttpRequest(READ, "/a", presented=(IN_QUERY,)).url(BASE) == f"{BASE}/a?api_key={VARIABLE}"


@pytest.mark.parametrize(
    ("request_", "words"),
    [
        (HttpRequest(READ, "/a"), ["-sS", "-i", f"{BASE}/a"]),
        (HttpRequest(READ, "/a", verb=new("HEAD")), ["-sS", "-i", "--head", f"{BASE}/a"]),
        (HttpRequest(READ, "/a", verb="AAA"), ["-sS", "-i", "-X", "AAA", f"{BASE}/a"]),
        (HttpRequest(POST, "/a/.."), ["-sS", "-i", "-X", "POST", "--path-as-is", f"{BASE}/a/.."]),
        (HttpRequest(READ, "/a'b"), ["-sS", "-i", f"{BASE}/a'b"]),
        (HttpRequest(READ, "/a", presented=(IN_QUERY,)), ["-sS", "-i", f"{BASE}/a?api_key={VARIABLE}"]),
        (HttpRequest(READ, "/a", presented=(IN_HEADER,)), ["-sS", "-i", f"{BASE}/a", "-H", f"X-Token: a {VARIABLE} z"]),
        (HttpRequest(READ, "/a", headers=(("A", "b'c"),)), ["-sS", "-i", f"{BASE}/a", "-H", "A: b'c"]),
        (HttpRequest(READ, "/a", body=b"x y"), ["-sS", "-i", f"{BASE}/a", "--data-binary", "x y"]),
        (HttpRequest(READ, "/a", body=b""), ["-sS", "-i", f"{BASE}/a", "--data-binary", ""]),
    ],
)
def test_a_curl_line_sends_the_same_request(request_: HttpRequest, words: list[str]) -> None:
    """Each part is one word of the shell."""
    assert shlex.split(request_.curl(BASE, None, KeyHeader.BEARER)) == ["curl", *words]


@pytest.mark.parametrize(
    ("request_", "line"),
    [
        (HttpRequest(READ, "/a", presented=(IN_QUERY,)), f'"{BASE}/a?api_key={VARIABLE}"'),
        (HttpRequest(READ, "/a$b"), f"'{BASE}/a$b'"),
        (HttpRequest(READ, "/a$b", presented=(IN_HEADER,)), f"'{BASE}/a$b' -H \"X-Token: a {VARIABLE} z\""),
        (HttpRequest(READ, "/a", body=b"\0\xff"), f"{BASE}/a --data-binary $'\\x00\\xff'"),
        (HttpRequest(READ, "/a", body=b"a\nb"), f"{BASE}/a --data-binary $'\\x61\\x0a\\x62'"),
        (HttpRequest(READ, "/a", body=f"{SECRET}\n".encode()), VARIABLE.encode().hex("x").replace("x", "\\x")),
    ],
)
def test_a_shell_reads_the_variable_of_a_key_and_no_other(request_: HttpRequest, line: str) -> None:
    """A text of the target cannot become a variable or a command. Bytes that no text has are escaped."""
    assert request_.curl(BASE, None, KeyHeader.BEARER).endswith(line) or line in request_.curl(
        BASE, None, KeyHeader.BEARER
    )


@pytest.mark.parametrize(
    ("login", "body", "shown"),
    [
        (LOGIN, b'{"username": "a", "password": "secret"}', {"username": "a", "password": "$ASTRBOT_PASSWORD"}),
        (LOGIN, b'["secret"]', {}),
        (POST, b'{"password": "mine"}', {"password": "mine"}),
        (operation("/public", scope=None, public=True), b'{"password": "mine"}', {"password": "mine"}),
    ],
)
def test_the_password_of_a_login_is_not_shown(login: Operation, body: bytes, shown: object) -> None:
    """Other bodies are, because the suite wrote them."""
    request = HttpRequest(login, "/login", body=body)

    assert json.loads(shlex.split(request.curl(BASE, None, KeyHeader.BEARER))[-1]) == shown
    assert json.loads(request.text(BASE, None, KeyHeader.BEARER).partition("\n\n")[2]) == shown


def test_a_login_that_cannot_be_read_is_not_shown() -> None:
    """It may contain the password all the same."""
    request = HttpRequest(LOGIN, "/login", body=b'{"password": "secret"')

    assert request.text(BASE, None, KeyHeader.BEARER).endswith("\n\n(not shown: a login)")
    assert HttpRequest(LOGIN, "/login").text(BASE, None, KeyHeader.BEARER) == f"POST {BASE}/login"


def test_a_request_is_written_for_people() -> None:
    """Its first line, each header and its body, with variables for keys."""
    request = HttpRequest(POST, "/a", headers=(("A", "b"),), body=b"x\xff", presented=(IN_QUERY, IN_HEADER))

    assert request.text(BASE, KEY, KeyHeader.BEARER).splitlines() == [
        f"POST {BASE}/a?api_key={VARIABLE}",
        f"Authorization: Bearer {VARIABLE}",
        f"X-Token: a {VARIABLE} z",
        "A: b",
        "",
        "x\\xff",
    ]
    assert HttpRequest(POST, "/a", body=b"").text(BASE, None, KeyHeader.BEARER) == f"POST {BASE}/a"


@pytest.mark.parametrize(("size", "shown"), [(4000, "x" * 4000), (4001, f"{'x' * 4000}… (4001 bytes)")])
def test_a_long_body_is_shortened_for_people(size: int, shown: str) -> None:
    """The `curl` line has all of it."""
    request = HttpRequest(POST, "/a", body=b"x" * size)

    assert request.text(BASE, None, KeyHeader.BEARER).partition("\n\n")[2] == shown
    assert request.curl(BASE, None, KeyHeader.BEARER).count("x") == size


def test_values_are_put_where_the_contract_declares_them() -> None:
    """Those of the path are encoded, unless they may contain slashes."""
    slashed = operation("/files/{path}", replace(parameter("path", "path"), slashes=True))

    request = asking(READ, values={"id": "a/b c", "q": "1", "X-Odd": "2"})
    assert (request.path, request.query) == ("/read/a%2Fb%20c", (("q", "1"), ("X-Odd", "2")))
    assert (request.headers, request.body) == ((), None)
    assert asking(slashed, path={"path": "a/b c"}).path == "/files/a/b%20c"
    with pytest.raises(KeyError):
        asking(READ)


def test_a_json_body_is_sent_with_its_type() -> None:
    """Even if it is null. Other headers stay."""
    request = asking(operation=POST, json_body=None, headers=(("A", "b"),), risk="some")

    assert (request.body, request.risk) == (b"null", "some")
    assert request.headers == (("A", "b"), ("Content-Type", "application/json"))
    assert asking(POST, json_body={"a": "é"}).body == b'{"a": "\\u00e9"}'


def test_a_file_is_sent_in_a_form() -> None:
    """With its name and type, after the texts."""
    request = with_file(HttpRequest(POST, "/a"), "file", "x.zip", b"\0\xff", text="t", more="m")
    (_, kind), *_ = request.headers
    boundary = kind.removeprefix("multipart/form-data; boundary=")

    assert request.body == (
        b'--%b\r\nContent-Disposition: form-data; name="text"\r\n\r\nt\r\n'
        b'--%b\r\nContent-Disposition: form-data; name="more"\r\n\r\nm\r\n'
        b'--%b\r\nContent-Disposition: form-data; name="file"; filename="x.zip"\r\n'
        b"Content-Type: application/zip\r\n\r\n"
        b"\0\xff\r\n--%b--\r\n"
    ).replace(b"%b", boundary.encode())
    assert with_text(request, "é").body == "é".encode()


@pytest.mark.parametrize(
    ("operation_", "body", "path", "risk"),
    [
        (operation("/c/{id}", parameter("id", "path"), scope=None, closed_scope="x"), None, f"/c/{NONE}-1", None),
        (operation("/c", method="POST", scope=None, closed_scope="x", probe_reason="r"), b"[]", "/c", "r"),
        (operation("/c", method="AAA", scope=None, closed_scope="x"), b"[]", "/c", None),
        (operation("/c", method="ZZZ", scope=None, closed_scope="x"), b"[]", "/c", None),
        (operation("/c", side_effect="write", probe_reason="r"), None, "/c", None),
        (operation("/c/{id}", parameter("id", "path"), method="POST", probe_reason="r"), None, f"/c/{NONE}-1", "r"),
        (POST, b"[]", "/post", None),
        (operation("/c", body=Body((), required=True, schema=None, pointer=None), probe_body=False), None, "/c", None),
    ],
)
def test_the_harmless_request(operation_: Operation, body: bytes | None, path: str, risk: str | None) -> None:
    """It names nonexistent resources and has a body that no server can act on. Without one, it says its risk."""
    request = harmless(operation_)

    assert (request.body, request.path, request.risk) == (body, path, risk)


@pytest.mark.parametrize("method", ["AAA", "GET", "POST"])
@pytest.mark.parametrize("effect", ["destructive", "read", "write", "zzz"])
def test_a_get_that_writes_creates_something(method: str, effect: str) -> None:
    """No other request does without a body."""
    creates = (method, effect) == ("GET", "write")

    assert creates_something(operation(method=method, side_effect=effect)) is creates
