"""Overlays: what a later release changes is merged or removed."""

from __future__ import annotations

import json
from pathlib import Path

from astrbot_generator.releases import releases

from tests.generator.making import operation, write
from tests.generator.overlaid import ANSWER, LIBRARY, RELEASE, changed, overlay, written


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


def test_other_contracts_may_have_overlays_of_their_own(tmp_path: Path) -> None:
    """A folder `overlays` beside a contract that names no release means nothing to us."""
    write(tmp_path / "overlays", "- no overlay", "site.yaml")
    plain = {name: value for name, value in LIBRARY.items() if name != "x-release"}

    assert releases(write(tmp_path, plain)) == [plain]


def test_extensions_and_the_name_of_the_contract_are_taken(tmp_path: Path) -> None:
    """`extends` may name the contract; members that begin with `x-`, and descriptions, may stand anywhere."""
    value = overlay({**RELEASE, "x-why": 1, "description": "Why."}, extends="../openapi.yaml", **{"x-by": "us"})

    assert releases(written(tmp_path, r1_1=value))[1]["x-release"] == "1.1"


def test_entries_of_a_list_and_members_of_a_mapping_are_removed_by_name(tmp_path: Path) -> None:
    """`required` need not be written again in full: entries are removed, and others can be appended."""
    document = changed(
        tmp_path,
        {"target": "$.components.schemas.Shelf", "update": {"required": ["room"]}},
        {"target": "$.components.schemas.Shelf.required", "x-remove-entries": ["title"]},
        {"target": "$.components.schemas.Shelf.properties.title", "x-remove-entries": ["maxLength"]},
    )

    assert document["components"]["schemas"]["Shelf"]["required"] == ["room"]
    assert document["components"]["schemas"]["Shelf"]["properties"] == {"title": {"type": "string"}}
    assert LIBRARY["components"]["schemas"]["Shelf"]["required"] == ["title"]
