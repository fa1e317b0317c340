"""Wrong scopes and wrong releases are refused, with the place and the reason."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from tests.generator.making import contract, operation
from tests.generator.refusal import expect_refusal


def scoped(**scopes: Any) -> dict[str, Any]:
    """A contract with these scopes."""
    return contract(**{"x-scopes": scopes})


def secured(*ways: Any) -> dict[str, Any]:
    """A contract whose operation has these ways in."""
    return contract(paths={"/books": {"get": operation("list_books", security=list(ways))}})


def meaning(*implies: str) -> dict[str, Any]:
    """A scope."""
    return {"en": "It.", "zh": "它。", "implies": list(implies)}


BAD: dict[str, tuple[Any, str, str]] = {
    "no security": (
        contract(paths={"/a": {"get": {key: value for key, value in operation("a").items() if key != "security"}}}),
        r": #/paths/~1a/get/security:",
        "no scope",
    ),
    "no scope": (secured({"Key": []}), r": #/paths/~1books/get/security:", "no scope"),
    "one way without a scope": (secured({"Key": ["read"]}, {}), r": #/paths/~1books/get/security:", "no scope"),
    "two scopes at once": (secured({"Key": ["read", "all"]}), r": #/paths/~1books/get/security:", "2 scopes"),
    "two scopes to choose from": (secured({"Key": ["read"]}, {"Key": ["all"]}), r"get/security:", "2 scopes"),
    "an unknown scope": (secured({"Key": ["write"]}), r"get/security:", "`write` is not a scope"),
    "a scope that implies itself": (scoped(read=meaning("read")), r": #/x-scopes/read/implies:", "implies itself"),
    "a scope that implies itself through another": (
        scoped(read=meaning("all"), all=meaning("read")),
        r": #/x-scopes/read/implies:",
        "implies itself",
    ),
    "a scope that implies nothing known": (scoped(read=meaning("books")), r"read/implies/0:", "which is not a scope"),
    "a scope without a meaning": (scoped(read={}), r": #/x-scopes/read:", "has no meaning"),
    "a scope that is closed": (
        contract(**{"x-closed-scopes": ["read"]}),
        r": #/x-closed-scopes/0:",
        "is both a closed area and a scope",
    ),
    "a release that is none": (
        contract(**{"x-release": "newest"}),
        r": #/x-release:",
        "not a normalized PEP 440 version",
    ),
    "a release in another spelling": (contract(**{"x-release": "4.26.0-beta.8"}), r": #/x-release:", "`4.26.0b8`"),
    "a release that is a number": (
        contract(**{"x-release": 4.5}),
        r": #/x-release:",
        "not a normalized PEP 440 version",
    ),
    "a sub-scope of nothing": (
        scoped(read=meaning() | {"requires": "books"}),
        r"read/requires:",
        "which is not a plain scope",
    ),
    "a sub-scope of a sub-scope": (
        scoped(read=meaning(), loud=meaning() | {"requires": "soft"}, soft=meaning() | {"requires": "read"}),
        r"loud/requires:",
        "which is not a plain scope; use one of read$",
    ),
    "a sub-scope that implies something": (
        scoped(read=meaning(), loud=meaning("read") | {"requires": "read"}),
        r"loud/implies:",
        "is a sub-scope, but implies",
    ),
    "a sub-scope that is implied": (
        scoped(read=meaning("loud"), loud=meaning() | {"requires": "read"}),
        r"read/implies/0:",
        "must be granted explicitly",
    ),
    "a sub-scope that opens an operation": (
        scoped(other=meaning(), read=meaning() | {"requires": "other"}),
        r"get/security:",
        "`read` is a sub-scope, which gives access to nothing by itself",
    ),
    "a sub-scope that is none": (
        contract(paths={"/a": {"get": operation("a") | {"x-sub-scopes": {"all": "Always."}}}}),
        r"get/x-sub-scopes/all:",
        "`all` is not a sub-scope",
    ),
    "a sub-scope that is needed for no reason": (
        scoped(read=meaning(), loud=meaning() | {"requires": "read"})
        | {"paths": {"/a": {"get": operation("a") | {"x-sub-scopes": {"loud": ""}}}}},
        r"get/x-sub-scopes/loud:",
        "does not say when it is needed",
    ),
    "sub-scopes that are no mapping": (
        contract(paths={"/a": {"get": operation("a") | {"x-sub-scopes": ["loud"]}}}),
        r"get/x-sub-scopes:",
        "not a mapping",
    ),
}


@pytest.mark.parametrize(("bad", "where", "why"), BAD.values(), ids=BAD.keys())
def test_bad_input_is_refused(
    bad: Any, where: str, why: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Exit 2, lines of the form `file:line:column: #/pointer: what is wrong; what to do`, and no output."""
    expect_refusal(bad, where, why, tmp_path, capsys)
