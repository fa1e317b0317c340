"""Invalid bodies: which members are wrong, and how."""

from types import SimpleNamespace
from typing import Any, cast

import pytest
from astrbot_api.contract import Contract
from astrbot_api.operation import Body, Operation
from astrbot_conformance.inputs.invalid_bodies import invalid_bodies
from jsonschema_rs import Draft202012Validator

from tests.conformance.made import BODY, new, operation

MORE = {"properties": {"size": {"type": "number"}}, "required": ["size"]}
PARTS: dict[str, Any] = {
    "#/body": {"$ref": "#/main", "allOf": [{"properties": {"tags": {"type": "array"}}}]},
    "#/main": {
        "properties": {
            "id": {"type": "string"},
            "note": {},
            "text": {"type": "string"},
            "one": {"enum": [{"conform": 1}]},
            "mixed": {"type": ["object", "array"]},
        },
        "required": ["id", "text"],
        "allOf": [{"$ref": "#/more"}],
    },
    "#/more": MORE,
}
SCHEMA = {"allOf": [PARTS["#/main"] | {"allOf": [MORE]}, *PARTS["#/body"]["allOf"]]}
CONTRACT = cast(
    "Contract", SimpleNamespace(resolve=PARTS.__getitem__, validator_at=lambda _: Draft202012Validator(SCHEMA))
)
VALID = {new("id"): "a", new("text"): "b", new("size"): 1, new("note"): 2}


def test_each_member_is_wrong_in_turn() -> None:
    """First of a wrong type, then missing. The members that name the resource and those of any type stay."""
    bodies = dict(invalid_bodies(CONTRACT, operation(method="POST", body=BODY), VALID, naming=("id",)))

    assert bodies == {
        "a body with a wrong type of `mixed`": VALID | {"mixed": 7.5},
        "a body with a wrong type of `one`": VALID | {"one": ["conform"]},
        "a body with a wrong type of `size`": VALID | {"size": {"conform": 1}},
        "a body without `size`": {"id": "a", "text": "b", "note": 2},
        "a body with a wrong type of `tags`": VALID | {"tags": {"conform": 1}},
        "a body with a wrong type of `text`": VALID | {"text": {"conform": 1}},
        "a body without `text`": {"id": "a", "size": 1, "note": 2},
    }


@pytest.mark.parametrize(
    "taking",
    [
        operation(method="POST"),
        operation(method="POST", body=Body(("application/json",), required=True, schema=None, pointer=None)),
        operation(method="POST", body=Body(("text/plain",), required=True, schema=None, pointer="#/body")),
    ],
)
def test_an_operation_without_a_json_object_has_no_invalid_body(taking: Operation) -> None:
    """There is nothing that the contract would reject."""
    assert list(invalid_bodies(CONTRACT, taking, VALID, naming=())) == []
