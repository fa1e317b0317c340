"""First contact: every kind of wrong target is reported in one line with the right exit code."""

import socket
import ssl
import traceback

import pytest
from astrbot_conformance.http.connection import TargetOptions
from astrbot_conformance.outcome import CannotStart, Misdirected, Unready
from astrbot_conformance.preflight.first_contact import base_of, log_in, meet
from astrbot_conformance.preflight.target import astrbot_target
from astrbot_conformance.secret import Secret

from tests.conformance.hostile import (
    Talk,
    answering,
    by_path,
    dripping,
    endless,
    listening,
    reply,
    resetting,
    saying,
    silent,
)

MISSING = {"status": "error", "message": "Missing API key"}
NOT_FOUND = {"status": "error", "message": "Not Found"}
IM_BOTS = "/api/v1/im/bots"
SETUP = "/api/v1/auth/setup-status"
OK = b"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\n"
CHUNKED = b"Transfer-Encoding: chunked\r\n\r\n"
PAGE = "<html><title>Welcome</title></html>"
ASTRBOT = {
    IM_BOTS: reply(401, MISSING),
    SETUP: reply(200, {"status": "ok", "message": None, "data": {"setup_required": False}}),
}
UNFINISHED = ASTRBOT | {SETUP: reply(200, {"status": "ok", "message": None, "data": {"setup_required": True}})}
OLD = {"/api/stat/version": reply(401, MISSING)}

NO: list[tuple[str, Talk, type[CannotStart], str]] = [
    ("a page", answering(200, PAGE, kind="text/html"), Unready, "returns a web page"),
    ("other JSON", answering(200, {"hello": "world"}), Unready, "not AstrBot"),
    ("a list", answering(200, [1]), Unready, "not AstrBot"),
    ("nothing known", answering(404, NOT_FOUND), Unready, "not AstrBot"),
    (
        "a redirect",
        answering(302, "", more="Location: https://elsewhere.example/\r\n"),
        Misdirected,
        "redirects to https",
    ),
    ("a redirect to itself", answering(302, "", more=f"Location: {IM_BOTS}\r\n"), Unready, "redirects to itself"),
    ("a dead upstream", answering(502, "bad gateway", kind="text/plain"), Unready, "returns 502"),
    ("a login in front", answering(401, "who?", kind="text/plain"), Unready, "requires a login"),
    ("a proxy's login", answering(403, PAGE, kind="text/html"), Unready, "requires a login"),
    ("garbage", saying(b"\x00\xff\x00 what?\r\n\r\n"), Unready, "not HTTP/1.1"),
    ("an older protocol", saying(PAGE.encode()), Unready, "not HTTP/1.1"),
    ("another protocol", saying(b"SSH-2.0-OpenSSH_9.6\r\n"), Unready, "not HTTP/1.1"),
    ("TLS", saying(b"\x15\x03\x01\x00\x02\x02\x46"), Unready, "does this port use https://"),
    ("closed early", saying(b""), Unready, "closed the connection without a response"),
    ("closed in the head", saying(OK + b"X-A: b"), Unready, "within the headers of the response"),
    ("reset", resetting(b""), Unready, "the connection was reset"),
    ("reset in the body", resetting(OK + b"Content-Length: 99\r\n\r\nab"), Unready, "the connection was reset"),
    ("cut short", saying(OK + b"Content-Length: 99\r\n\r\nab"), Unready, "shorter than its Content-Length"),
    (
        "two lengths",
        saying(OK + b"Content-Length: 2\r\nContent-Length: 3\r\n\r\nab"),
        Unready,
        "is not a single number",
    ),
    ("no length", saying(OK + b"Content-Length: many\r\n\r\nab"), Unready, "is not a single number"),
    ("bad chunks", saying(OK + CHUNKED + b"many\r\n{}\r\n"), Unready, "chunked body is malformed"),
    ("cut chunks", saying(OK + CHUNKED + b"2\r\n{}\r\n"), Unready, "within a chunked body"),
    ("other coding", saying(OK + b"Transfer-Encoding: gzip\r\n\r\n"), Unready, "Transfer-Encoding is not chunked"),
    ("a long header", saying(OK + b"X-A: " + b"a" * 50_000 + b"\r\n\r\n{}"), Unready, "its headers have 50,0"),
    ("many headers", saying(OK + b"X-A: b\r\n" * 300 + b"\r\n{}"), Unready, "it has 301 headers"),
    ("an endless header", saying(OK + b"X-A: " + b"a" * 300_000), Unready, "the headers of the response do not end"),
    ("a bad header", saying(OK + b"no colon\r\n\r\n{}"), Unready, "a header line is malformed"),
    ("two codings", answering(200, "{}", more="Content-Encoding: gzip, gzip\r\n"), Unready, "compressed 2 times"),
    ("another coding", answering(200, "{}", more="Content-Encoding: br\r\n"), Unready, "its content coding is `br`"),
    (
        "a redirect to nowhere",
        answering(302, "", more="Location: http://[\r\n"),
        Unready,
        "redirects to an invalid address",
    ),
    ("slow", silent, Misdirected, "no response in time"),
    ("byte by byte", dripping, Misdirected, "no response in time"),
    ("no end", endless, Unready, "the response does not end"),
    (
        "no gzip",
        answering(200, "{}", more="Content-Encoding: gzip\r\n"),
        Unready,
        "not compressed in the format that its Content-Encoding names",
    ),
    ("an old AstrBot", by_path(OLD, reply(404, NOT_FOUND)), Unready, "without this API"),
    ("an unfinished one", by_path(UNFINISHED, reply(404, NOT_FOUND)), Unready, "setup is not finished"),
]


def options_for(base: str, **more: object) -> TargetOptions:
    """The options for the server at `base`, with a short time-out."""
    return TargetOptions(base=base, timeout=0.5, **more)  # type: ignore[arg-type]


@pytest.mark.parametrize(("talk", "kind", "words"), [row[1:] for row in NO], ids=[row[0] for row in NO])
def test_a_target_that_is_not_ready_is_reported(talk: Talk, kind: type[CannotStart], words: str) -> None:
    """Each kind of wrong response has its own line, which names the address."""
    with listening(talk) as base, pytest.raises(kind) as refused:
        meet(options_for(base))

    assert words in str(refused.value)
    assert base in str(refused.value)
    assert "\n" not in str(refused.value)


def test_a_ready_astrbot_is_accepted() -> None:
    """First contact with an AstrBot after its first-run setup raises nothing."""
    with listening(by_path(ASTRBOT, reply(404, NOT_FOUND))) as base:
        meet(options_for(base))


def test_a_closed_idle_connection_is_no_error() -> None:
    """The next request uses a new connection."""
    keeping = by_path(
        {path: response.replace(b"Connection: close\r\n", b"") for path, response in ASTRBOT.items()}, b""
    )
    with listening(keeping) as base:
        meet(options_for(base))


def test_a_closed_port_is_reported() -> None:
    """The error says that nothing listens at this address."""
    with socket.create_server(("127.0.0.1", 0)) as listener:
        port = listener.getsockname()[1]

    with pytest.raises(Misdirected, match="nothing listens at this address"):
        meet(options_for(f"http://127.0.0.1:{port}"))


def test_an_unknown_host_is_reported() -> None:
    """The error says that no host has this name."""
    with pytest.raises(Misdirected, match="no host has that name"):
        meet(options_for("http://no-such-host.invalid"))


def test_tls_to_a_plain_port_is_reported() -> None:
    """HTTPS to a server with plain HTTP is reported as a TLS error, not as a network error."""
    with (
        listening(by_path(ASTRBOT, b"HTTP/1.1 400 Bad\r\n\r\n")) as base,
        pytest.raises(Misdirected, match="the TLS handshake failed"),
    ):
        meet(options_for(base.replace("http://", "https://")))


def test_an_untrusted_certificate_is_reported(monkeypatch: pytest.MonkeyPatch) -> None:
    """The error names the two options that help."""
    import httpx2  # noqa: PLC0415

    def refuse(*_: object, **__: object) -> None:
        raise httpx2.ConnectError("[SSL: CERTIFICATE_VERIFY_FAILED] self-signed") from ssl.SSLError()

    monkeypatch.setattr(httpx2.HTTPTransport, "handle_request", refuse)

    with pytest.raises(Misdirected, match="--ca FILE, or --insecure"):
        meet(options_for("https://127.0.0.1:1"))


def test_a_wrong_base_path_names_the_right_one() -> None:
    """An AstrBot at the root of the same server is found."""
    with listening(by_path(ASTRBOT, reply(404, NOT_FOUND))) as base, pytest.raises(Misdirected) as refused:
        meet(options_for(f"{base}/bot"))

    assert f"AstrBot is at {base}" in str(refused.value)


@pytest.mark.parametrize("more", ["", "/", "/api/v1", "/api/v1/", "/#/welcome", "/?page=1"])
def test_common_forms_of_an_address_are_equal(more: str) -> None:
    """The path of the API, a slash, or a page of the web UI can follow the address."""
    assert base_of(f"http://127.0.0.1:6185{more}") == "http://127.0.0.1:6185"


def test_a_base_path_is_kept() -> None:
    """Behind a proxy, AstrBot may be below a path."""
    assert base_of("https://example.org/astrbot/api/v1/") == "https://example.org/astrbot"


NO_ADDRESSES = ["127.0.0.1:6185", "ftp://example.org", "http://", "http://host:port", "nonsense"]
NO_HOSTS = ["http://[::1", "http://..", f"http://{'x' * 300}.example"]


@pytest.mark.parametrize("text", [*NO_ADDRESSES, *NO_HOSTS])
def test_an_invalid_address_is_reported(text: str) -> None:
    """An address without a scheme, or with another scheme, is rejected before any request."""
    with pytest.raises(Misdirected, match="write http"):
        base_of(text)


def test_a_password_in_the_address_is_rejected() -> None:
    """Every report shows the address, so it must not contain a password. The error does not repeat it."""
    with pytest.raises(Misdirected) as refused:
        base_of("http://astrbot:open-sesame@127.0.0.1:6185")

    assert "open-sesame" not in str(refused.value)


LOGINS: list[tuple[str, Talk, type[CannotStart], str]] = [
    ("wrong password", answering(401, {"status": "error", "message": "no"}), Misdirected, "wrong ASTRBOT_USERNAME"),
    ("refused in a 200", answering(200, {"status": "error", "message": "no"}), Misdirected, "wrong ASTRBOT_USERNAME"),
    (
        "busy",
        answering(429, {"status": "error", "message": "slow"}, more="Retry-After: 0\r\n"),
        Unready,
        "keeps returning 429 (rate limit)",
    ),
    ("no such login", answering(404, NOT_FOUND), Unready, "without this API"),
    ("a key is missing", answering(401, MISSING), Misdirected, "the login itself requires an API key (401)"),
    (
        "a key without the scope",
        answering(403, {"status": "error", "message": "Insufficient API key scope"}),
        Misdirected,
        "web UI and core of AstrBot have different versions",
    ),
    ("a second factor", answering(200, {"status": "ok", "data": {"totp": True}}), Unready, "more than a password"),
    ("broken", answering(500, "oops", kind="text/plain"), Unready, "returned 500"),
    ("gone", saying(b""), Unready, "no response"),
    ("a word as token", answering(200, {"status": "ok", "data": {"token": "status"}}), Unready, "no usable token"),
]


@pytest.mark.parametrize("password", ["open-sesame-1", 'a"b\\c', "data", "x"])
@pytest.mark.parametrize("status", [200, 400, 401, 403, 404, 422, 500])
@pytest.mark.parametrize("kind", ["application/json", "text/plain", "text/html"])
def test_the_response_to_a_login_is_never_quoted(password: str, status: int, kind: str) -> None:
    """It may contain the password or a token in any form."""
    body = {"status": "error", "message": f"no {password} ZEBRA", "data": ["ZEBRA"]}
    with listening(answering(status, body, kind=kind)) as base, pytest.raises(CannotStart) as refused:
        log_in(astrbot_target(options_for(base)), "astrbot", Secret(password, "ASTRBOT_PASSWORD"))

    assert "ZEBRA" not in "".join(traceback.format_exception(refused.value))


@pytest.mark.parametrize(("talk", "kind", "words"), [row[1:] for row in LOGINS], ids=[row[0] for row in LOGINS])
def test_a_rejected_login_is_explained(talk: Talk, kind: type[CannotStart], words: str) -> None:
    """Each kind of rejection has its own line, and none repeats the password."""
    with listening(talk) as base, pytest.raises(kind) as refused:
        log_in(astrbot_target(options_for(base)), "astrbot", Secret("open-sesame-1", "ASTRBOT_PASSWORD"))

    assert words in str(refused.value)
    assert "open-sesame-1" not in str(refused.value)


@pytest.mark.parametrize("username", [None, "", "astrbot"])
def test_missing_credentials_name_the_variables(username: str | None) -> None:
    """Without a login, no request is sent, and the error names the variables."""
    target = astrbot_target(options_for("http://127.0.0.1:1"))

    with pytest.raises(Misdirected, match="ASTRBOT_USERNAME and ASTRBOT_PASSWORD"):
        log_in(target, username, None)

    assert target.requests == 0
