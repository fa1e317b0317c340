"""An overlay that changes nothing, cannot be applied or breaks a rule of the contract is refused."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import yaml
from astrbot_generator.errors import ContractError
from astrbot_generator.releases import releases

from tests.generator.making import operation, write
from tests.generator.overlaid import RELEASE, changed, overlay, written


def refusal(folder: Path, *actions: Any) -> str:
    """Why these actions are refused: one line, which begins with a place in the overlay."""
    with pytest.raises(ContractError) as refused:
        changed(folder, *actions)

    lines = str(refused.value).splitlines()

    assert len(lines) == 1, lines
    return lines[0]


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
        ({"target": "$.info"}, "", "an action needs exactly one of `update`, `remove: true`"),
        (
            {"target": "$.info", "remove": True, "update": {"title": "A"}},
            "",
            "an action needs exactly one of `update`, `remove: true`",
        ),
        ({"target": "$.info", "remove": False}, "", "an action needs exactly one of `update`, `remove: true`"),
        ({"target": "$.info", "x-remove-entries": "title"}, "x-remove-entries", "not a list, or is empty"),
        ({"target": "$.info", "x-remove-entries": []}, "x-remove-entries", "not a list, or is empty"),
        ({"target": "$.info", "x-remove-entries": ["room"]}, "x-remove-entries/0", "the target has no entry `room`"),
        ({"target": "$.info", "x-remove-entries": [["title"]]}, "x-remove-entries/0", "the target has no entry"),
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


@pytest.mark.parametrize("release", ["1.0", "0.9", "one", "1.1-beta"])
def test_a_file_is_called_as_a_later_release(release: str, tmp_path: Path) -> None:
    """An overlay for the base or an older release is refused, and so is one that is called otherwise."""
    value = overlay({"target": "$", "update": {"x-release": release}})

    with pytest.raises(
        ContractError, match=f"{release} is not later than|`{release}` is not a normalized PEP 440 version"
    ):
        releases(written(tmp_path, **{release: value}))


def test_a_release_has_one_overlay(tmp_path: Path) -> None:
    """A file and a folder for one release are refused."""
    write(tmp_path / "overlays/1.1", overlay(RELEASE), "release.yaml")

    with pytest.raises(ContractError, match="has two overlays"):
        releases(written(tmp_path, r1_1=overlay(RELEASE)))


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
