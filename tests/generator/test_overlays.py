"""Overlays: what a later release changes is merged or removed, and whatever would change nothing is refused."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
import yaml
from astrbot_generator.errors import ContractError
from astrbot_generator.read import Table
from astrbot_generator.releases import releases

from tests.generator.making import contract, operation, write

SHELF = {"type": "object", "required": ["title"], "properties": {"title": {"type": "string", "maxLength": 9}}}
ANSWER = {"description": "One.", "content": {"application/json": {"schema": {"$ref": "#/components/schemas/Shelf"}}}}
GONE = {"description": "Gone."}
LIBRARY = contract(
    **{
        "x-release": "1.0",
        "paths": {
            "/books": {
                "get": operation(
                    "list_books", responses={"200": ANSWER, "410": {"$ref": "#/components/responses/Gone"}}
                )
            },
            "/shelves": {
                "get": operation(
                    "list_shelves",
                    parameters=[
                        {"name": name, "in": "query", "schema": {"type": "string"}} for name in ("a", "b", "c")
                    ],
                )
            },
        },
        "components": {
            "schemas": {"Shelf": SHELF},
            "responses": {"Gone": GONE},
            "securitySchemes": {"Key": {"type": "apiKey", "in": "header", "name": "X-Key"}},
        },
    }
)
RELEASE = {"target": "$", "update": {"x-release": "1.1"}}


def overlay(*actions: Any, **parts: Any) -> dict[str, Any]:
    """An overlay of these actions."""
    return {"overlay": "1.0.0", "info": {"title": "Later", "version": "1"}, "actions": list(actions), **parts}


def written(folder: Path, **overlays: Any) -> Path:
    """Writes the library with these overlays, each called as its release with `_` for `.`; gives the root."""
    for release, value in overlays.items():
        write(folder / "overlays", value, f"{release.removeprefix('r').replace('_', '.')}.yaml")
    return write(folder, LIBRARY)


def changed(folder: Path, *actions: Any) -> Table:
    """What these actions make of the library."""
    return releases(written(folder, r1_1=overlay(RELEASE, *actions)))[1]


def refusal(folder: Path, *actions: Any) -> str:
    """Why these actions are refused: one line, which begins with a place in the overlay."""
    with pytest.raises(ContractError) as refused:
        changed(folder, *actions)

    lines = str(refused.value).splitlines()

    assert len(lines) == 1, lines
    return lines[0]


def test_an_update_is_merged(tmp_path: Path) -> None:
    """Members are added, plain values replaced, mappings merged; all that is not named stays."""
    document = changed(
        tmp_path,
        {
            "target": "$.components.schemas.Shelf.properties",
            "update": {"title": {"maxLength": 20}, "room": {"type": "string"}},
        },
        {"target": "$.components.schemas.Shelf.required", "update": "room"},
        {"target": "$.paths['/books'].get", "update": {"tags": ["lent", "new"]}},
    )

    assert document["components"]["schemas"]["Shelf"] == {
        "type": "object",
        "required": ["title", "room"],
        "properties": {"title": {"type": "string", "maxLength": 20}, "room": {"type": "string"}},
    }
    assert document["paths"]["/books"]["get"]["tags"] == ["books", "lent", "new"]
    assert document["paths"]["/shelves"] == LIBRARY["paths"]["/shelves"]
    assert LIBRARY["paths"]["/books"]["get"]["tags"] == ["books"]


def test_one_action_changes_every_match(tmp_path: Path) -> None:
    """All that a path selects is changed, and later actions see it; what is inserted twice is not one thing."""
    document = changed(
        tmp_path,
        {"target": "$.paths.*.get.responses", "update": {"404": {"description": "None."}}},
        {"target": "$.paths['/books'].get.responses['404']", "update": {"description": "No book."}},
    )

    assert document["paths"]["/books"]["get"]["responses"]["404"] == {"description": "No book."}
    assert document["paths"]["/shelves"]["get"]["responses"]["404"] == {"description": "None."}


def test_remove_removes(tmp_path: Path) -> None:
    """Members and entries of lists go, also several of one list at once."""
    document = changed(
        tmp_path,
        {"target": "$.paths['/shelves'].get.parameters[?@.name != 'b']", "remove": True},
        {"target": "$.paths['/books']", "remove": True},
        {"target": "$.components.schemas", "remove": True},
        {"target": "$.components.responses", "remove": True},
    )

    assert [parameter["name"] for parameter in document["paths"]["/shelves"]["get"]["parameters"]] == ["b"]
    assert list(document["paths"]) == ["/shelves"]
    assert list(document["components"]) == ["securitySchemes"]


def test_releases_build_on_each_other(tmp_path: Path) -> None:
    """Overlays are applied in the order of releases, not of names; the contracts before stay as they were."""
    root = written(
        tmp_path,
        r1_10=overlay(
            {"target": "$", "update": {"x-release": "1.10"}},
            {"target": "$.paths['/rooms'].get", "update": {"summary": "All."}},
        ),
        r1_9=overlay(
            {"target": "$", "update": {"x-release": "1.9"}},
            {"target": "$.paths", "update": {"/rooms": {"get": operation("list_rooms")}}},
        ),
    )

    base, middle, newest = releases(root)

    assert [document["x-release"] for document in (base, middle, newest)] == ["1.0", "1.9", "1.10"]
    assert base == LIBRARY
    assert middle["paths"]["/rooms"]["get"]["summary"] == "Do it."
    assert newest["paths"]["/rooms"]["get"]["summary"] == "All."


def test_a_release_is_a_contract_of_its_own(tmp_path: Path) -> None:
    """Bundling what an overlay made changes nothing, not even the order: it can be generated from as it is."""
    document = changed(
        tmp_path,
        {
            "target": "$.components",
            "update": {"parameters": {"Room": {"name": "room", "in": "query", "schema": {"type": "string"}}}},
        },
        {"target": "$.paths['/shelves'].get.parameters", "update": {"$ref": "#/components/parameters/Room"}},
        {"target": "$", "update": {"tags": [{"name": "books"}]}},
    )
    text = json.dumps(document, indent=1)

    alone = releases(write(tmp_path / "alone", text, "openapi.json"))

    assert [json.dumps(found, indent=1) for found in alone] == [text]


def test_bundles_bring_their_releases(tmp_path: Path) -> None:
    """Where the bundles of all releases lie as a package holds them, no overlay is needed."""
    documents = releases(written(tmp_path, r1_1=overlay(RELEASE)))
    for number, document in enumerate(documents):
        write(tmp_path / "package" / ("r1_1" if number else ""), json.dumps(document), "openapi.json")

    assert releases(tmp_path / "package" / "openapi.json") == documents


def test_an_overlay_may_be_a_folder(tmp_path: Path) -> None:
    """The files of a folder are one overlay: `release.yaml` first, the others by name; references go across."""
    parts = {
        "b.yaml": {"target": "$.paths['/rooms'].get", "update": {"summary": "All."}},
        "release.yaml": RELEASE,
        "a.yaml": {
            "target": "$.paths",
            "update": {"/rooms": {"get": operation("list_rooms", responses={"200": ANSWER})}},
        },
    }
    for name, action in parts.items():
        write(tmp_path / "overlays/1.1", overlay(action, extends="../../openapi.yaml"), name)

    assert releases(written(tmp_path))[1]["paths"]["/rooms"]["get"]["summary"] == "All."


def test_a_release_has_one_overlay(tmp_path: Path) -> None:
    """A file and a folder for one release are refused."""
    write(tmp_path / "overlays/1.1", overlay(RELEASE), "release.yaml")

    with pytest.raises(ContractError, match="has two overlays"):
        releases(written(tmp_path, r1_1=overlay(RELEASE)))


def test_other_contracts_may_have_overlays_of_their_own(tmp_path: Path) -> None:
    """A folder `overlays` beside a contract that names no release means nothing to us."""
    write(tmp_path / "overlays", "- no overlay", "site.yaml")
    plain = {name: value for name, value in LIBRARY.items() if name != "x-release"}

    assert releases(write(tmp_path, plain)) == [plain]


@pytest.mark.parametrize(
    ("action", "where", "wrong"),
    [
        ({"target": "$.paths['/rooms']", "remove": True}, "target", "`$.paths['/rooms']` matches nothing"),
        ({"target": "$.paths['/rooms'].get", "update": {"summary": "A."}}, "target", "matches nothing"),
        ({"target": "$.info.title", "update": "A"}, "target", "selects a plain value at #/info/title"),
        ({"target": "$", "remove": True}, "target", "removes the whole contract"),
        ({"target": "$.paths[", "remove": True}, "target", "not valid JSONPath"),
        ({"target": "$.info", "update": {"title": "Library"}}, "update/title", "`title` already has this value"),
        ({"target": "$.info", "update": {}}, "update", "empty or not a mapping"),
        ({"target": "$.info", "update": "A"}, "update", "empty or not a mapping"),
        ({"target": "$", "update": {"info": {}}}, "update/info", "nothing to merge"),
        ({"target": "$", "update": {"info": "A"}}, "update/info", "`info` is a mapping and would become a plain value"),
        (
            {"target": "$", "update": {"x-closed-scopes": {"attic": 1}}},
            "update/x-closed-scopes",
            "is a list and would become a mapping",
        ),
        ({"target": "$", "update": {"x-closed-scopes": []}}, "update/x-closed-scopes", "nothing to append"),
        (
            {"target": "$", "update": {"x-closed-scopes": ["attic", "vault"]}},
            "update/x-closed-scopes/1",
            "already has this entry",
        ),
        ({"target": "$['x-closed-scopes']", "update": "vault"}, "update", "already has this entry"),
        ({"target": "$['x-closed-scopes']", "update": ["attic"]}, "update", "the whole list would become one entry"),
        (
            {"target": "$.paths['/books'].get.responses['410']", "update": {"content": {}}},
            "update/content",
            "be a sibling of `$ref: #/components/responses/Gone`",
        ),
        ({"target": "$.info", "copy": "$.paths"}, "copy", "Overlay 1.0 does not define `copy` here"),
        ({"target": "$.info", "remove": "yes"}, "remove", "not a boolean"),
        ({"target": "$.info"}, "", "an action needs either `update` or `remove: true`"),
        (
            {"target": "$.info", "remove": True, "update": {"title": "A"}},
            "",
            "an action needs either `update` or `remove: true`",
        ),
        ({"target": "$.info", "remove": False}, "", "an action needs either `update` or `remove: true`"),
        ({"update": {"title": "A"}}, "", "`target` is missing"),
        ({"target": 1, "remove": True}, "target", "`target` is not text"),
        ("$.info", "", "not a mapping"),
    ],
)
def test_what_changes_nothing_or_cannot_be_applied_is_refused(
    action: Any, where: str, wrong: str, tmp_path: Path
) -> None:
    """Each in one line with file, line, column and pointer."""
    line = refusal(tmp_path, action)
    position, _, rest = line.partition(" ")
    file, number, column, _ = position.split(":")

    assert Path(file).name == "1.1.yaml"
    assert yaml.safe_load((tmp_path / "overlays/1.1.yaml").read_text())
    assert int(number) > 6
    assert int(column) > 1
    assert rest.startswith(f"#/actions/1{'/' if where else ''}{where}: ")
    assert wrong in rest


@pytest.mark.parametrize(
    ("parts", "wrong"),
    [
        ({"overlay": "1.1.0"}, "#/overlay: this is Overlay 1.1.0, not 1.0"),
        ({"overlay": 1.0}, "#/overlay: this is Overlay 1.0, not 1.0"),
        ({"title": "A"}, "#/title: Overlay 1.0 does not define `title` here"),
        ({"info": {"title": "A"}}, "#/info: `version` is missing"),
        ({"info": {"title": "A", "version": 1}}, "#/info/version: `version` is not text"),
        ({"info": "A"}, "#/info: `info` is not a mapping"),
        (
            {"extends": "https://example.org/openapi.yaml"},
            "#/extends: this overlay extends `https://example.org/openapi.yaml`",
        ),
        ({"extends": "openapi.yaml"}, "#/extends: this overlay extends `openapi.yaml`, not this contract"),
        ({"actions": []}, "#/actions: `actions` is not a list, or is empty"),
        (
            {"actions": [{"target": "$.info", "update": {"summary": "A"}}]},
            "overlays/1.1.yaml: after this overlay, `x-release` is still `1.0`",
        ),
    ],
)
def test_what_is_no_overlay_of_this_contract_is_refused(parts: dict[str, Any], wrong: str, tmp_path: Path) -> None:
    """Another version of the standard, words it does not know, another document, another release."""
    with pytest.raises(ContractError) as refused:
        releases(written(tmp_path, r1_1=overlay(RELEASE, **parts)))

    assert wrong in str(refused.value)
    assert len(refused.value.problems) == 1


def test_extensions_and_the_name_of_the_contract_are_taken(tmp_path: Path) -> None:
    """`extends` may name the contract; members that begin with `x-`, and descriptions, may stand anywhere."""
    value = overlay({**RELEASE, "x-why": 1, "description": "Why."}, extends="../openapi.yaml", **{"x-by": "us"})

    assert releases(written(tmp_path, r1_1=value))[1]["x-release"] == "1.1"


@pytest.mark.parametrize("release", ["1.0", "0.9", "one", "1.1-beta"])
def test_a_file_is_called_as_a_later_release(release: str, tmp_path: Path) -> None:
    """An overlay for the base or an older release is refused, and so is one that is called otherwise."""
    value = overlay({"target": "$", "update": {"x-release": release}})

    with pytest.raises(
        ContractError, match=f"{release} is not later than|`{release}` is not a normalized PEP 440 version"
    ):
        releases(written(tmp_path, **{release: value}))


@pytest.mark.parametrize(
    ("action", "wrong"),
    [
        (
            {
                "target": "$.components.schemas.Shelf.properties",
                "update": {"room": {"$ref": "../schemas/a.yaml#/Room"}},
            },
            "`$ref: ../schemas/a.yaml#/Room` does not lead to one of `schemas`",
        ),
        (
            {
                "target": "$.components.schemas.Shelf.properties",
                "update": {"room": {"$ref": "#/components/schemas/Room"}},
            },
            "`$ref: #/components/schemas/Room` leads to nothing",
        ),
        ({"target": "$.components.responses", "remove": True}, "`$ref: #/components/responses/Gone` leads to nothing"),
        (
            {"target": "$.paths", "update": {"/a": {"$ref": "#/paths/~1books"}}},
            "is not allowed here: the bundle has the object itself",
        ),
        (
            {"target": "$.paths['/books'].get.responses['410']", "remove": True},
            "`#/components/responses/Gone` has no references left",
        ),
        ({"target": "$.paths['/books'].get.security[0]", "update": {"Key": "read"}}, "would become a plain value"),
        (
            {"target": "$.paths", "update": {"/a": {"get": operation("list_books")}}},
            "the operationId `list_books` is already used",
        ),
        ({"target": "$['x-scopes'].read", "remove": True}, "`all` implies `read`, which is not a scope"),
    ],
)
def test_what_comes_out_keeps_all_rules(action: Any, wrong: str, tmp_path: Path) -> None:
    """References lead somewhere, nothing is left over, and every rule of the contract holds for every release."""
    with pytest.raises(ContractError) as refused:
        changed(tmp_path, action)

    assert wrong in str(refused.value)
