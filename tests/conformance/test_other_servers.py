"""Addresses at which no AstrBot responds: one line on stderr, the documented exit code, and no verdict."""

import pytest

from tests.conformance.hostile import Talk, answering, listening, reply, saying, silent
from tests.conformance.wrong_use import refused

pytestmark = pytest.mark.usefixtures("empty_folder")

OTHERS: list[tuple[str, Talk, int, str]] = [
    ("a web site", answering(200, "<html><title>Shop</title></html>", kind="text/html"), 3, "returns a web page"),
    ("an empty 200", answering(200, ""), 3, "not AstrBot"),
    ("another JSON API", answering(200, {"hello": "world"}), 3, "not AstrBot"),
    ("another API's 404", answering(404, {"detail": "Not Found"}), 3, "not AstrBot"),
    ("a login in front", answering(401, "who?", kind="text/plain"), 3, "requires a login"),
    ("a gateway without a server", answering(502, "bad gateway", kind="text/plain"), 3, "returns 502"),
    ("SSH", saying(b"SSH-2.0-OpenSSH_9.6\r\n"), 3, ""),
    ("a port that hangs up", saying(b""), 3, ""),
    ("a redirect to itself", answering(302, "", more="Location: /api/v1/im/bots\r\n"), 3, "redirects to itself"),
    (
        "a redirect elsewhere",
        answering(302, "", more="Location: https://elsewhere.example/\r\n"),
        2,
        "give that address",
    ),
    ("silence", silent, 2, "no response in time"),
]


@pytest.mark.parametrize("name", ["check", "clean", "conform"])
@pytest.mark.parametrize(("talk", "code", "error"), [row[1:] for row in OTHERS], ids=[row[0] for row in OTHERS])
@pytest.mark.usefixtures("credentials")
def test_a_server_that_is_not_astrbot_ends_as_documented(
    name: str, talk: Talk, code: int, error: str, capsys: pytest.CaptureFixture[str]
) -> None:
    """3 if another server responds; 2 if nothing listens, or if the error knows the right address."""
    with listening(talk) as base:
        output = refused(name, [base, "--timeout", "0.5"], capsys, code)

    assert error in output
    assert base in output


@pytest.mark.parametrize("name", ["check", "clean", "conform"])
@pytest.mark.usefixtures("credentials")
def test_https_to_a_plain_port_is_a_wrong_address(name: str, capsys: pytest.CaptureFixture[str]) -> None:
    """The line says that the port uses http, with exit code 2."""
    with listening(saying(reply(400, "Bad Request"))) as base:
        output = refused(name, [base.replace("http:", "https:"), "--timeout", "0.5"], capsys)

    assert "does this port use plain http" in output
