"""What a request may send, and who may send more of it."""

from __future__ import annotations

import json
import socket
from collections.abc import Iterator

import httpx2
import pytest
from astrbot_reference.http.body_limit import (
    LARGEST,
    LARGEST_FORM,
    MOST_TOKENS,
    SMALL,
    has_too_many_values,
)

from tests.reference.conftest import LOGIN, Client

JSON = {"Content-Type": "application/json"}
MIB = 1024 * 1024


def plain(client: Client) -> httpx2.Client:
    """The same client, whose exchanges are not held against the contract: 413 is no answer that it names."""
    return httpx2.Client(base_url=client.base_url, headers=client.headers, timeout=30)


def code_and_status(answer: httpx2.Response) -> tuple[int, str]:
    """The status code, and the status in the envelope."""
    return answer.status_code, answer.json()["status"]


@pytest.mark.parametrize(
    ("method", "path"),
    [
        ("POST", "personas"),
        ("POST", "plugins/install/upload"),
        ("PUT", "skills/none/files/SKILL.md"),
        ("POST", "plugins/extensions/none/echo"),
    ],
)
def test_a_large_body_is_not_read_without_a_key(url: str, method: str, path: str) -> None:
    """Announced, it is refused before a byte of it is sent; the server waits for nothing more."""
    host, _, port = url.removeprefix("http://").partition(":")
    with socket.create_connection((host, int(port)), timeout=10) as connection:
        head = f"{method} /api/v1/{path} HTTP/1.1\r\nHost: {host}\r\nContent-Length: {200 * MIB}\r\n"
        connection.sendall(f"{head}Content-Type: application/json\r\n\r\n".encode())
        received = b"".join(iter(lambda: connection.recv(65536), b""))

    assert received.startswith(b"HTTP/1.1 401 ")
    assert json.loads(received.partition(b"\r\n\r\n")[2])["status"] == "error"


def test_a_body_without_a_length_is_not_read_without_a_key(client: Client) -> None:
    """After the first 64 KiB it is refused."""
    sent = 0

    def pieces() -> Iterator[bytes]:
        nonlocal sent
        while True:
            sent += SMALL
            yield bytes(SMALL)

    with plain(client) as unknown:
        answer = unknown.post("personas", content=pieces(), headers=JSON)

    assert code_and_status(answer) == (401, "error")
    assert sent < 100 * MIB


@pytest.mark.parametrize("length", ["announced", "unknown"])
@pytest.mark.parametrize(
    ("scope", "path", "largest"),
    [
        ("persona", "personas", LARGEST),
        ("plugin", "plugins/install/upload", LARGEST_FORM),
        ("plugin", "plugins/extensions/none/echo", LARGEST),
    ],
)
def test_a_body_beyond_the_limit_is_refused(client: Client, scope: str, path: str, largest: int, length: str) -> None:
    """With 413 in the envelope, also with a key that opens the operation."""
    form = {"Content-Type": "multipart/form-data; boundary=x"}
    begun = b'--x\r\nContent-Disposition: form-data; name="file"; filename="a"\r\n\r\n'
    body = (begun if path.endswith("upload") else b'"').ljust(largest + 1, b"a")
    with plain(client.keyed(scope)) as keyed:
        content = body if length == "announced" else iter([body[i : i + MIB] for i in range(0, len(body), MIB)])
        headers = form if path.endswith("upload") else JSON

        assert code_and_status(keyed.post(path, content=content, headers=headers)) == (413, "error")


def test_a_large_body_needs_the_scope(client: Client) -> None:
    """403 before it is read."""
    with plain(client.keyed("bot")) as keyed:
        assert keyed.post("personas", content=b"[" * 100_000, headers=JSON).status_code == 403


def test_nobody_logs_in_with_a_large_body(client: Client) -> None:
    """The login is open to everybody, so a large body is refused whatever it holds."""
    with plain(client) as unknown:
        body = {**LOGIN, "username": "x" * SMALL}
        assert code_and_status(unknown.post("auth/login", json=body)) == (413, "error")


def test_a_small_body_is_checked_in_the_order_of_astrbot(client: Client) -> None:
    """Broken JSON comes before the missing key, that before the fields."""
    with plain(client) as unknown:
        assert unknown.post("personas", content=b"{", headers=JSON).status_code == 422
        assert unknown.post("personas", json={"a": "b" * (SMALL - 100)}).status_code == 401


def test_a_large_body_with_a_key_is_served(client: Client) -> None:
    """JSON of a million characters, an upload of a megabyte."""
    keyed = client.keyed("persona")
    wanted = {"persona_id": "large", "system_prompt": "a, [b]" * 200_000}
    assert keyed.post("personas", json=wanted).status_code == 200
    assert keyed.get("personas/large").json()["data"]["system_prompt"] == wanted["system_prompt"]


@pytest.mark.parametrize(
    ("body", "too_many"),
    [
        (b"[" + b"[]," * MOST_TOKENS + b"[]]", True),
        (b"[" + b"0," * MOST_TOKENS + b"0]", True),
        (b"{" + b'"":"",' * MOST_TOKENS + b'"":""}', True),
        (b'"a"' * (MOST_TOKENS + 1), True),
        (("[" + "[]," * MOST_TOKENS + "[]]").encode("utf-16"), True),
        (('["\u2261",' + "[]," * MOST_TOKENS + "[]]").encode("utf-16"), True),
        (json.dumps(["a, [b] {c} \\ \" '" * 50_000]).encode(), False),
        (b'"' + b"[" * 1_000_000, False),
        (b'"' + b'\\"' * 1_000_000, False),
        (b"\xff" * 1_000 + b'"' * 300_000, False),
        (b"[" + b"0," * 1_000 + b"0]", False),
    ],
)
def test_values_are_counted_outside_text(body: bytes, *, too_many: bool) -> None:
    """In any encoding that JSON may have."""
    assert has_too_many_values(body) is too_many


def test_a_body_with_too_many_values_is_not_parsed(client: Client) -> None:
    """It is refused although it is short enough."""
    body = b"[" + b"[]," * MOST_TOKENS + b"[]]"
    assert len(body) < LARGEST
    with plain(client.keyed("persona")) as keyed:
        assert code_and_status(keyed.post("personas", content=body, headers=JSON)) == (413, "error")
