"""Absent, null and default: how they read, how a constructor takes them, and what is dumped."""

from __future__ import annotations

import copy
import pickle
from types import ModuleType
from typing import Any

import pytest
from pydantic import BaseModel as Plain
from pydantic import TypeAdapter, ValidationError

from tests.generator.making import load, schemas

TEXT: dict[str, Any] = {"type": "string"}
REF = "#/components/schemas/"
MEMBERS: dict[str, Any] = {
    "text": TEXT,
    "text_or_null": {"type": ["string", "null"]},
    "anything": {},
    "only_null": {"type": "null"},
    "number": {"type": "integer", "default": 3},
    "fixed": {"const": "a"},
    "fixed_default": {"type": "string", "enum": ["b"], "default": "b"},
    "x-renamed": TEXT,
    "_hidden": TEXT,
    "inner": {"$ref": f"{REF}Inner"},
    "inner_or_null": {"$ref": f"{REF}InnerOrNull"},
    "later": {"$ref": f"{REF}Later"},
}
DOCUMENT = schemas(
    Members={"type": "object", "properties": MEMBERS, "additionalProperties": True},
    Inner={"type": "object", "required": ["kind"], "properties": {"kind": {"const": "inner"}, "note": TEXT}},
    InnerOrNull={"anyOf": [{"$ref": f"{REF}Inner"}, {"type": "null"}]},
    Later={"anyOf": [TEXT, {"type": "null"}, {"type": "array", "items": {"$ref": f"{REF}Later"}}]},
    Constants={
        "type": "object",
        "required": ["kind", "nothing", "text"],
        "properties": {"kind": {"const": "c"}, "nothing": {"type": "null"}, "text": TEXT, "optional": {"const": "o"}},
    },
)
NULLABLE = {"text_or_null", "anything", "only_null", "inner_or_null", "later"}
NAMES = {name: {"x-renamed": "x_renamed", "_hidden": "field_hidden"}.get(name, name) for name in MEMBERS}
DEFAULTS = {"number": 3, "fixed_default": "b"}


@pytest.fixture(scope="module")
def models(tmp_path_factory: pytest.TempPathFactory) -> Any:
    """The models of the contract."""
    package: ModuleType = load(tmp_path_factory.mktemp("absent"), DOCUMENT)
    return package.models


@pytest.mark.parametrize("name", MEMBERS)
def test_an_absent_member_reads_as_none_or_as_its_default(name: str, models: Any) -> None:
    """It is not dumped, in any way of dumping, and is not in `model_fields_set`."""
    absent = models.Members.model_validate({})

    assert getattr(absent, NAMES[name]) == DEFAULTS.get(name)
    assert absent.model_fields_set == set()
    assert absent.model_dump() == {}
    assert absent.model_dump(by_alias=False) == {}
    assert absent.model_dump_json() == "{}"
    assert TypeAdapter(list[models.Members]).dump_python([absent]) == [{}]


@pytest.mark.parametrize("name", MEMBERS)
def test_null_is_accepted_if_the_schema_allows_it(name: str, models: Any) -> None:
    """Then it is dumped; `model_validate` rejects any other null."""
    if name not in NULLABLE:
        with pytest.raises(ValidationError):
            models.Members.model_validate({name: None})
        return
    null = models.Members.model_validate({name: None})

    assert getattr(null, NAMES[name]) is None
    assert null.model_fields_set == {NAMES[name]}
    assert null.model_dump() == {name: None}
    assert null.model_dump(by_alias=False) == {NAMES[name]: None}


@pytest.mark.parametrize("name", MEMBERS)
def test_none_in_a_constructor_is_null_or_absent(name: str, models: Any) -> None:
    """Under both spellings: null if the schema allows it, else absent. An assigned None means the same."""
    expected = {name: None} if name in NULLABLE else {}
    assigned = models.Members()
    setattr(assigned, NAMES[name], None)

    assert models.Members(**{name: None}).model_dump() == expected
    assert models.Members(**{NAMES[name]: None}).model_dump() == expected
    assert assigned.model_dump() == expected


def test_a_renamed_member_has_two_spellings_in_a_constructor(models: Any) -> None:
    """It never becomes an additional member. JSON has one spelling: the other is an additional member."""
    built = models.Members(x_renamed="a", field_hidden="b")

    assert built == models.Members(**{"x-renamed": "a", "_hidden": "b"})
    assert built.model_dump() == {"x-renamed": "a", "_hidden": "b"}
    assert built.model_extra == {}
    parsed = models.Members.model_validate({"x_renamed": "a"})
    assert parsed.x_renamed is None
    assert parsed.model_dump() == {"x_renamed": "a"}
    with pytest.raises(ValidationError, match="are the same member"):
        models.Members(**{"x-renamed": "a", "x_renamed": "a"})


def test_a_constructor_adds_what_can_only_have_one_value(models: Any) -> None:
    """Required constants are set and dumped; JSON without them is rejected. Optional constants stay absent."""
    built = models.Constants(text="x")

    assert built.model_dump() == built.model_dump(exclude_unset=True) == {"kind": "c", "nothing": None, "text": "x"}
    assert models.Members(inner=models.Inner()).model_dump() == {"inner": {"kind": "inner"}}
    for value in ({"text": "x"}, {"kind": "c", "text": "x"}, {"nothing": None, "text": "x"}):
        with pytest.raises(ValidationError):
            models.Constants.model_validate(value)


def test_copies_keep_what_is_absent(models: Any) -> None:
    """Copied, changed, pickled, or part of another model."""
    value = models.Members.model_validate({"text_or_null": None, "more": 1, "inner": {"kind": "inner"}})
    other = type("Other", (Plain,), {"__annotations__": {"value": models.Members}, "__module__": __name__})

    for same in (copy.copy(value), copy.deepcopy(value), value.model_copy(), other(value=value).value):
        assert same == value
        assert same.model_dump() == {"text_or_null": None, "more": 1, "inner": {"kind": "inner"}}
    assert value.model_copy(update={"text": "x"}).model_dump()["text"] == "x"
    with pytest.raises(ValidationError):
        other(value={"text": None})


def test_the_json_schema_of_a_model_says_what_is_required(models: Any) -> None:
    """The schema that pydantic, and so FastAPI, derives: an optional member is not null, a constant is required."""
    derived = models.Constants.model_json_schema()

    assert sorted(derived["required"]) == ["kind", "nothing", "text"]
    assert derived["properties"]["optional"] == {"const": "o", "title": "Optional", "type": "string"}
    assert models.Members.model_json_schema()["properties"]["text"] == {"title": "Text", "type": "string"}
    assert models.Members.model_json_schema()["properties"]["number"]["default"] == 3


def test_models_can_be_pickled() -> None:
    """The models of the package are found by name again."""
    from astrbot_api.models import ChatRequest  # noqa: PLC0415 - only here

    request = ChatRequest(username="me", message="hi", config_id=None)

    assert pickle.loads(pickle.dumps(request)).model_dump() == request.model_dump()  # noqa: S301 - made here
