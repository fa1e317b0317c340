"""Each release has a contract that can be asked for, found and handed on as a value."""

from __future__ import annotations

import subprocess
import sys
from dataclasses import replace

import pytest
from astrbot_api import operations, scopes, validation
from astrbot_api.operation import Operation
from astrbot_api.releases import BASE, NEWEST, RELEASES, contract, nearest
from packaging.version import Version


def test_releases_ascend() -> None:
    """The base is the first, the newest the last, and each is a version above the one before it."""
    versions = [Version(release) for release in RELEASES]

    assert versions == sorted(set(versions))
    assert (RELEASES[0], RELEASES[-1]) == (BASE, NEWEST)
    assert BASE == "4.26.0b8"


def test_the_contract_of_the_base_is_that_of_the_package() -> None:
    """The value says what the tables of the package say."""
    base = contract()

    assert base is contract(BASE)
    assert base is contract("v4.26.0-beta.8")
    assert (base.release, base.operations) == (BASE, operations.OPERATIONS)
    assert (base.keyed, base.closed, base.public) == (operations.KEYED, operations.CLOSED, operations.PUBLIC)
    assert base.by_id == operations.BY_ID
    assert base.scopes == base.default_scopes == tuple(map(str, scopes.Scope))
    assert base.closed_scopes == scopes.CLOSED_SCOPES
    assert base.implies == scopes.IMPLIES
    assert base.document() is validation.document()
    assert base.validator_at("#/components/schemas/Done") is validation.validator("Done")


@pytest.mark.parametrize("release", RELEASES)
def test_a_contract_repeats_its_document(release: str) -> None:
    """Scopes, sub-scopes, closed areas and operations of the value stand in the document, and nothing else does."""
    one = contract(release)
    document = one.document()
    declared = document["x-scopes"]

    assert one.release == document["x-release"] == release
    assert [*one.scopes, *one.sub_scopes] == sorted(declared, key=lambda name: "requires" in declared[name])
    assert dict(one.sub_scopes) == {name: said["requires"] for name, said in declared.items() if "requires" in said}
    assert set(one.sub_scopes.values()) <= set(one.scopes)
    assert one.closed_scopes == tuple(document["x-closed-scopes"])
    assert all(isinstance(operation, Operation) for operation in one.operations)
    assert {(operation.method, operation.path) for operation in (*one.operations, *one.websockets)} == {
        (method.upper(), path)
        for path, item in document["paths"].items()
        for method in ("get", "put", "post", "delete", "options", "head", "patch", "trace")
        if method in item
    }
    for operation in one.operations:
        source = document["paths"][operation.path][operation.method.lower()]
        roles = {role for way in source["security"] for listed in way.values() for role in listed}

        assert source["operationId"] == operation.id
        assert roles == {operation.scope or operation.closed_scope} - {None}
        assert tuple(source.get("x-sub-scopes", ())) == operation.sub_scopes
        assert one.operation_at(operation.method.lower(), operation.path) is operation
        for answer in operation.answers:
            if answer.pointer is not None:
                one.validator_at(answer.pointer)
    assert one.operation_at("GET", "/api/v1/none") is None


def test_an_operation_matches_its_paths() -> None:
    """A parameter matches one segment; only a parameter with `slashes` matches slashes."""
    deep = contract().by_id["get_bot"]  # `bot_id` has slashes
    plain = replace(deep, parameters=tuple(replace(one, slashes=False) for one in deep.parameters))

    assert plain.matches("/api/v1/bots/a.b")
    assert not plain.matches("/api/v1/bots/a/b")
    assert not plain.matches("/api/v1/bots/")
    assert deep.matches("/api/v1/bots/a/b")
    assert not deep.matches("/api/v2/bots/a")


def test_what_follows_from_scopes() -> None:
    """The value and the functions of the package agree on what follows from which scope."""
    base = contract()

    assert base.closure(["config"]) == scopes.closure(["config"]) == {"config", "bot", "provider"}
    assert base.closure(["system"]) == {"system"}
    for scope in scopes.Scope:
        assert base.sufficient(scope) == scopes.sufficient(scope)


@pytest.mark.parametrize(
    ("met", "found"),
    [
        ("4.26.0b8", "4.26.0b8"),
        ("4.26.0-beta.8", "4.26.0b8"),
        ("v4.26.0-beta.8", "4.26.0b8"),
        ("4.26.0", "4.26.0b8"),
        ("4.25.6", BASE),
        ("99.0", NEWEST),
    ],
)
def test_the_nearest_release_is_the_newest_not_above(met: str, found: str) -> None:
    """Releases compare as versions, however they are spelt; what is older than all gets the base."""
    assert nearest(met) == found


def test_what_is_no_release_is_refused() -> None:
    """Neither a word nor a release without a contract of its own has one."""
    with pytest.raises(ValueError, match="has no contract; use one of "):
        contract("4.26.0b7")
    with pytest.raises(ValueError, match="newest"):
        nearest("newest")


@pytest.mark.parametrize("release", RELEASES)
def test_only_the_tables_that_a_release_is_built_from_are_loaded(release: str) -> None:
    """These are its own and those of earlier releases; tables of later releases are not loaded."""
    code = f"""
import sys
from astrbot_api.releases import contract
assert contract({release!r}).operations
print(sorted(name for name in sys.modules if name.startswith("astrbot_api.") and name.endswith(".operations")))
"""
    loaded = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout
    earlier = RELEASES[: RELEASES.index(release) + 1]
    packages = ["astrbot_api" if one == BASE else f"astrbot_api.r{one.replace('.', '_')}" for one in earlier]

    assert loaded.strip() == repr(sorted(f"{package}.operations" for package in packages))
