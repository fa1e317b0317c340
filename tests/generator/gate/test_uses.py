"""A consumer's view: what touches the operations that are used."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from astrbot_generator.gate.document import Document, load
from astrbot_generator.gate.uses import used_operations

from tests.generator.gate.calling import PAIR, Call

HAR = {"log": {"entries": [{"request": {"method": "GET", "url": "https://a.example.org/bots?x=1"}}]}}
REPORT = {"findings": [{"operation": "GET /bots"}], "requirements": [{"operations": ["GET /bots"]}]}


@pytest.mark.parametrize(
    ("uses", "code"),
    [
        ("GET /bots\n", 0),
        ("# ours\n- `POST /bots`\n", 1),
        ("create_bot\n", 1),
        ('["GET /bots"]', 0),
        (json.dumps(HAR), 0),
        (json.dumps(REPORT), 0),
        ("GET https://a.example.org/api/bots/?x=1", 0),
    ],
)
def test_uses(call: Call, tmp_path: Path, uses: str, code: int) -> None:
    """A consumer is told of what it uses; the rest is one line and does not fail."""
    (tmp_path / "uses").write_text(uses)

    called = call(*PAIR, "--uses", "uses")

    assert called.code == code
    assert ("request-enum-value-removed" in called.out) is bool(code)
    assert ("1 more findings affect only unused operations" in called.out) is not bool(code) or code


def test_uses_the_closest(call: Call, tmp_path: Path) -> None:
    """An address stands for the operation whose path says most of it, below whatever prefix a server adds."""
    paths = ["/{kind}", "/bots/{id}", "/bots/me", "/v1/bots/me"]
    answer = "get: {responses: {'200': {description: x}}}"
    document = "openapi: 3.1.0\ninfo: {title: a, version: '1'}\npaths:\n"
    head = load_text(tmp_path, document + "".join(f"  {path}: {{{answer}}}\n" for path in paths))
    found = {
        url: used_operations(uses(tmp_path, f"GET https://a.example.org{url}"), head)
        for url in ("/bots/7", "/bots/me", "/x/bots/me", "/v1/bots/me", "/robots")
    }

    assert found == {
        "/bots/7": {"GET /bots/{id}"},
        "/bots/me": {"GET /bots/me"},
        "/x/bots/me": {"GET /bots/me"},
        "/v1/bots/me": {"GET /v1/bots/me"},
        "/robots": {"GET /{kind}"},
    }


def load_text(folder: Path, text: str) -> Document:
    """The document that a text is."""
    (folder / "any.yaml").write_text(text)
    return load(folder / "any.yaml")


def uses(folder: Path, text: str) -> Path:
    """A file that names what is used."""
    (folder / "uses").write_text(text)
    return folder / "uses"


@pytest.mark.parametrize(
    "text",
    [
        "[]",
        '{"log": {"entries": [{"request": 5}]}}',
        '{"log": [1]}',
        '{"log": {"entries": [{"request": {"url": "http://[a/"}}]}}',
        "GET /nothing",
        "[" * 100_000,
        '{"a":',
        "\xff",
    ],
)
def test_bad_uses(call: Call, tmp_path: Path, text: str) -> None:
    """What names no operation that is used is refused in one line."""
    (tmp_path / "uses").write_bytes(text.encode("latin-1"))

    called = call(*PAIR, "--uses", "uses")

    assert (called.code, called.out) == (2, "")
    assert called.err.startswith("uses:")
    assert called.err.count("\n") == 1
