"""Scopes in other vocabularies: definitions with implications and parents, and operations without a scope."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.generator.gate.small import Json, breaks, document, found

DEFINED = {"bot": {}, "config": {"includes": ["bot"]}, "config:edit": {"parent": "config", "sensitive": True}}
WORD = "x-astrbot-scope"


def things(scope: Json, definitions: Json = None, *, word: str = WORD, defined_by: str = "", **more: Json) -> Json:
    """Returns a document with one operation that requires a scope; `...` stands for no extension."""
    root = {} if definitions is None else {defined_by or f"{word}-definitions": definitions}
    whole = document({} if scope is ... else {word: scope}, security=[{"K": []}], **root)
    whole["components"]["securitySchemes"] = {"K": {"type": "apiKey", "in": "header", "name": "X"}}
    whole["components"] |= more
    return whole


def _with(**changed: Json) -> Json:
    return {name: entry for name, entry in (DEFINED | changed).items() if entry is not None}


CASES: list[tuple[str, Json, Json, set[str]]] = [
    ("the same", things("bot", DEFINED), things("bot", DEFINED), set()),
    (
        "an implication less",
        things("bot", DEFINED),
        things("bot", _with(config={})),
        {"scope-implication-removed"},
    ),
    ("an implication more", things("bot", _with(config={})), things("bot", DEFINED), {"scope-implication-added"}),
    ("of another scope", things("chat", _with(chat={})), things("chat", _with(chat={}, config={})), set()),
    ("a sub-scope less", things("bot", DEFINED), things("bot", _with(**{"config:edit": None})), {"scope-removed"}),
    (
        "a scope less",
        things("bot", DEFINED),
        things("bot", _with(bot=None)),
        {"scope-removed", "operation-scope-narrowed"},
    ),
    (
        "a parent",
        things("config:edit", _with(**{"config:edit": {}})),
        things("config:edit", DEFINED),
        {"scope-requirement-added", "operation-scope-narrowed"},
    ),
    (
        "to a scope that implies it",
        things("bot", DEFINED),
        things("config", DEFINED),
        {"operation-scope-narrowed"},
    ),
    ("to an undefined scope", things("bot", DEFINED), things("tool", DEFINED), {"operation-scheme-removed"}),
    ("from an undefined scope", things("tool", DEFINED), things("bot", DEFINED), {"operation-opened"}),
    ("between undefined scopes", things("tool", DEFINED), things("kb", DEFINED), set()),
    ("to no scope", things("bot", DEFINED), things("none", DEFINED), {"operation-scope-widened"}),
    ("from no scope", things([], DEFINED), things("bot", DEFINED), {"operation-scope-narrowed"}),
    ("no scope in other words", things("none", DEFINED), things("", DEFINED), set()),
    ("closed to no scope", things(..., DEFINED), things("none", DEFINED), {"operation-opened"}),
    ("no scope to closed", things("none", DEFINED), things(..., DEFINED), {"operation-scheme-removed"}),
]


@pytest.mark.parametrize("case", CASES, ids=[case[0] for case in CASES])
def test_definitions(tmp_path: Path, case: tuple[str, Json, Json, set[str]]) -> None:
    """Each change is judged by the keys that lose or gain an operation, and each finding shows a key."""
    _, old, new, rules = case

    findings = found(tmp_path, old, new)

    assert {finding.rule for finding in findings if finding.level != "information"} == rules
    assert all(finding.witness and finding.witness.kind == "key" for finding in findings)


def test_unscoped(tmp_path: Path) -> None:
    """An operation without the extension is closed, or open to every key."""
    pair = things("none", DEFINED), things(..., DEFINED)

    assert breaks(tmp_path, *pair)
    assert not breaks(tmp_path, *pair, unscoped="open")


def test_own_words(tmp_path: Path) -> None:
    """The extension and the member that defines scopes can have any name."""
    old, new = (
        things("a", {"b": {"implies": given}, "a": {}}, word="x-acme-scope", defined_by="x-acme-roles")
        for given in (["a"], [])
    )

    assert breaks(tmp_path, old, new, scopes_from="x-acme-scope,x-acme-roles")
    assert not breaks(tmp_path, old, new, scopes_from="x-acme-scope")


def test_enumeration_of_scopes(tmp_path: Path) -> None:
    """A key can have only the scopes that the request for a key lists."""
    listed = {"type": "array", "items": {"enum": ["bot", "config"]}}
    schemas = {"NewKey": {"type": "object", "properties": {"scopes": listed}}}
    closed = found(tmp_path, things("bot", schemas=schemas), things("tool", schemas=schemas))

    assert [finding.rule for finding in closed] == ["operation-scheme-removed"]
    assert not breaks(tmp_path, things("tool", schemas=schemas), things("kb", schemas=schemas))
