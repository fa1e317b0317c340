"""Whatever JSON Schema can say, the generated model enforces: model and validator agree on every value."""

from __future__ import annotations

import json
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from pydantic import ValidationError

from tests.generator.making import load, schemas
from tests.instances import JSON, instances

pytestmark = pytest.mark.slow


def ref(name: str) -> dict[str, str]:
    """A reference to a component."""
    return {"$ref": f"#/components/schemas/{name}"}


def obj(**members: Any) -> dict[str, Any]:
    """An object that needs all these members."""
    return {"type": "object", "required": list(members), "properties": members}


TEXT, NUMBER, WHOLE = {"type": "string"}, {"type": "number"}, {"type": "integer"}
SHAPES: dict[str, Any] = {
    "Everything": True,
    "Nothing": False,
    "Empty": {},
    "Null": {"type": "null"},
    "Flag": {"type": "boolean"},
    "Whole": {"type": "integer", "minimum": -2, "exclusiveMaximum": 4},
    "Half": {"type": "number", "multipleOf": 0.5, "maximum": 3},
    "Third": {"type": "integer", "multipleOf": 3},
    "FractionalBound": {"type": "integer", "minimum": 0.5},
    "Short": {"type": "string", "minLength": 1, "maxLength": 3},
    "Upper": {"type": "string", "pattern": "^[A-Z]+$"},
    "Lookahead": {"type": "string", "pattern": "^(?!no)"},
    "Date": {"type": "string", "format": "date-time"},
    "Address": {"type": "string", "format": "email"},
    "Bytes": {"type": "string", "contentEncoding": "base64"},
    "Untyped": {"minLength": 2, "minimum": 3, "required": ["a"]},
    "UntypedObject": {"properties": {"a": WHOLE}, "required": ["a"]},
    "OneText": {"const": "a"},
    "OneNumber": {"const": 1},
    "OneFraction": {"const": 1.5},
    "OneObject": {"const": {"a": [1, None]}},
    "NoText": {"const": None},
    "Choice": {"enum": ["a", "b"]},
    "MixedChoice": {"enum": ["a", 1, None, True, {"b": 1}]},
    "NullableChoice": {"type": ["string", "null"], "enum": ["a", None]},
    "NumberChoice": {"type": "integer", "enum": [1, 2]},
    "Several": {"type": ["string", "integer", "null"], "minLength": 2, "minimum": 0},
    "ListOrText": {"type": ["array", "string"], "items": WHOLE, "maxLength": 2},
    "ObjectOrNull": {"type": ["object", "null"], "properties": {"a": WHOLE}, "required": ["a"]},
    "Numbers": {"type": "array", "items": NUMBER, "minItems": 1, "maxItems": 3},
    "Unique": {"type": "array", "items": WHOLE, "uniqueItems": True},
    "HasText": {"type": "array", "contains": TEXT, "minContains": 1, "maxContains": 2},
    "Pair": {"type": "array", "prefixItems": [TEXT, WHOLE], "items": False, "minItems": 2},
    "OpenPair": {"type": "array", "prefixItems": [TEXT, WHOLE]},
    "NoItems": {"type": "array", "items": False},
    "UnevaluatedItems": {"type": "array", "prefixItems": [TEXT], "unevaluatedItems": False},
    "NotText": {"not": TEXT},
    "NotReserved": {"type": "string", "not": {"enum": ["admin", "root"]}},
    "Open": {"type": "object", "properties": {"a": WHOLE}, "additionalProperties": True},
    "Closed": {"type": "object", "properties": {"a": WHOLE}, "additionalProperties": False},
    "Ignoring": {"type": "object", "properties": {"a": WHOLE}},
    "Map": {"type": "object", "additionalProperties": WHOLE},
    "MapBesideMembers": {"type": "object", "properties": {"a": TEXT}, "additionalProperties": WHOLE},
    "Patterned": {"type": "object", "patternProperties": {"^x": WHOLE}, "additionalProperties": False},
    "PatternedBeside": {"type": "object", "properties": {"a": TEXT}, "patternProperties": {"^x": WHOLE}},
    "NamedShortly": {"type": "object", "properties": {"a": WHOLE}, "propertyNames": {"maxLength": 2}},
    "Bare": {"type": "object"},
    "Few": {"type": "object", "minProperties": 1, "maxProperties": 2},
    "NoMembers": {"type": "object", "maxProperties": 0},
    "Forbidden": {"type": "object", "properties": {"a": False, "b": True}},
    "RequiredUndeclared": {"type": "object", "required": ["a", "b"], "properties": {"a": WHOLE}},
    "Together": {"type": "object", "properties": {"a": WHOLE, "b": WHOLE}, "dependentRequired": {"a": ["b"]}},
    "TogetherDeep": {"type": "object", "properties": {"a": WHOLE}, "dependentSchemas": {"a": {"required": ["b"]}}},
    "Conditional": {
        "type": "object",
        "properties": {"kind": TEXT},
        "if": {"properties": {"kind": {"const": "a"}}, "required": ["kind"]},
        "then": {"required": ["a"]},
        "else": {"required": ["b"]},
    },
    "EitherMember": {
        "type": "object",
        "properties": {"a": WHOLE, "b": WHOLE},
        "anyOf": [{"required": ["a"]}, {"required": ["b"]}],
    },
    "OddMembers": {
        "type": "object",
        "properties": {
            "class": TEXT,
            "model_config": WHOLE,
            "schema": TEXT,
            "json": WHOLE,
            "copy": WHOLE,
            "_private": WHOLE,
            "x-y": NUMBER,
            "1st": WHOLE,
            "": TEXT,
            "model_dump": WHOLE,
            "self": WHOLE,
            "root": WHOLE,
            "日本": TEXT,
            "int": TEXT,
            "str": WHOLE,
            "None": TEXT,
            "validate": TEXT,
        },
    },
    "Defaults": {
        "type": "object",
        "properties": {
            "n": {"type": "integer", "default": 3},
            "s": {"type": "string", "default": "x"},
            "b": {"type": "boolean", "default": True},
            "wrong": {"type": "integer", "default": "x"},
            "list": {"type": "array", "items": WHOLE, "default": [1]},
            "null": {"type": ["string", "null"], "default": None},
            "f": {"type": "number", "default": 1},
            "choice": {"enum": ["a"], "default": "a"},
        },
    },
    "Alias": ref("Closed"),
    "AliasWithMore": {**ref("Ignoring"), "required": ["a"]},
    "Nested": obj(
        inner={"type": "object", "properties": {"deep": obj(x=WHOLE)}}, many={"type": "array", "items": obj(y=TEXT)}
    ),
    "Tree": {"type": "object", "properties": {"leaves": {"type": "array", "items": ref("Tree")}, "up": ref("Tree")}},
    "Json": {
        "anyOf": [
            TEXT,
            NUMBER,
            {"type": "array", "items": ref("Json")},
            {"type": "object", "additionalProperties": ref("Json")},
        ]
    },
    "Cat": obj(kind={"const": "cat"}, lives=WHOLE),
    "Dog": obj(kind={"const": "dog"}, name=TEXT),
    "Fish": obj(kind={"enum": ["carp", "eel"]}, deep=WHOLE),
    "Aquarium": {"oneOf": [ref("Cat"), ref("Fish")], "discriminator": {"propertyName": "kind"}},
    "Pet": {"oneOf": [ref("Cat"), ref("Dog")], "discriminator": {"propertyName": "kind"}},
    "PlainPet": {"anyOf": [ref("Cat"), ref("Dog")]},
    "Overlapping": {"oneOf": [{"type": "object", "required": ["a"]}, {"type": "object", "required": ["b"]}]},
    "OneOfNumbers": {"oneOf": [{"type": "integer"}, {"type": "number", "minimum": 2}]},
    "PetOrNull": {"anyOf": [ref("Pet"), {"type": "null"}]},
    "Named": obj(name=TEXT),
    "Aged": {"type": "object", "properties": {"age": {"type": "integer", "minimum": 0}}},
    "Person": {
        "allOf": [
            ref("Named"),
            ref("Aged"),
            {"type": "object", "properties": {"note": {"type": "string"}}, "required": ["age"]},
        ]
    },
    "StrictPerson": {
        "allOf": [ref("Named"), {"type": "object", "properties": {"age": WHOLE}}],
        "unevaluatedProperties": False,
    },
    "NarrowedPerson": {"allOf": [ref("Aged"), obj(age={"type": "integer", "maximum": 3})]},
    "ShortUpper": {"allOf": [ref("Short"), ref("Upper")]},
    "ShortAlias": {"allOf": [ref("Short")], "description": "The same."},
    "MapAndMembers": {"allOf": [ref("Map"), obj(a=WHOLE)]},
    "OpenAndMembers": {"allOf": [ref("Bare"), obj(a=WHOLE)]},
    "PetAndMembers": {"allOf": [ref("Pet"), obj(extra=WHOLE)]},
    "TreeOfPeople": {
        "allOf": [
            ref("Person"),
            {"type": "object", "properties": {"friends": {"type": "array", "items": ref("TreeOfPeople")}}},
        ]
    },
    "Diamond": {"allOf": [ref("Person"), ref("Named")]},
    "MixedAll": {"allOf": [{"type": ["object", "string"]}, {"minLength": 2}]},
    "WithDefs": {
        "type": "object",
        "properties": {"a": {"$ref": "#/components/schemas/WithDefs/$defs/Inner"}},
        "$defs": {"Inner": WHOLE},
    },
    "PartOfAnother": {"$ref": "#/components/schemas/Nested/properties/inner"},
}


@pytest.fixture(scope="module")
def shapes(tmp_path_factory: pytest.TempPathFactory) -> ModuleType:
    """The package made from all shapes."""
    return load(tmp_path_factory.mktemp("shapes"), schemas(**SHAPES))


def accepts(model: Any, value: Any) -> bool:
    """Whether a model takes a value."""
    try:
        model.model_validate(value)
    except ValidationError:
        return False
    return True


@pytest.mark.parametrize("name", SHAPES)
def test_model_and_schema_agree(name: str, shapes: ModuleType) -> None:
    """Same verdict on likely values, on values one change away, and on any JSON at all."""
    model, validator = getattr(shapes.models, name), shapes.validation.validator(name)
    document = shapes.validation.document()

    @settings(max_examples=30, deadline=None, database=None, derandomize=True, suppress_health_check=list(HealthCheck))
    @given(instances(document, document["components"]["schemas"][name]) | JSON)
    def agree(value: Any) -> None:
        assert accepts(model, value) == validator.is_valid(value), json.dumps(value)

    agree()


@pytest.mark.parametrize(
    "value",
    [10**400, -(10**400), 1e300, 1.0, 0.1, True, 2**63, -0.0],
    ids="huge -huge 1e300 1.0 0.1 true 2^63 -0.0".split(),
)
@pytest.mark.parametrize(
    "name", ["Everything", "Half", "Third", "Numbers", "OneNumber", "Json", "Whole", "NumberChoice"]
)
def test_numbers_of_any_size_agree(name: str, value: float, shapes: ModuleType) -> None:
    """JSON knows no largest number, and 1.0 is an integer."""
    instance = [value] if name == "Numbers" else value

    assert accepts(getattr(shapes.models, name), instance) == shapes.validation.validator(name).is_valid(instance)


def test_what_is_no_json_is_refused(shapes: ModuleType) -> None:
    """Values that no JSON text gives: bytes, sets, half of a surrogate pair, endless nesting."""
    endless: list[Any] = []
    endless.append(endless)
    for value in (b"x", {1}, "\ud800", {"a": "\udfff"}, {1: 2}, endless, float("nan")):
        assert not accepts(shapes.models.Everything, value), repr(value)[:40]


def test_absent_and_null_stay_different(shapes: ModuleType) -> None:
    """A member that was left out is not dumped; one that was null is."""
    model = shapes.models.Defaults

    assert "null" not in model.model_validate({}).model_dump(by_alias=True)
    assert model.model_validate({"null": None}).model_dump(by_alias=True)["null"] is None


def test_unknown_members(shapes: ModuleType) -> None:
    """Kept where the schema says so, forbidden where it says so, else ignored."""
    value = {"a": 1, "more": 2}

    assert shapes.models.Open.model_validate(value).model_dump() == value
    assert shapes.models.Ignoring.model_validate(value).model_dump() == {"a": 1}
    assert not accepts(shapes.models.Closed, value)


def test_a_discriminated_union_picks_the_class(shapes: ModuleType) -> None:
    """The member that tells the branches apart decides."""
    pet = shapes.models.Pet.model_validate({"kind": "dog", "name": "Rex"}).root

    assert type(pet) is shapes.models.Dog


def test_shapes_pass_the_type_checker(shapes: ModuleType) -> None:
    """The strict type checker has nothing to say about the models of all shapes."""
    from mypy import api  # noqa: PLC0415 - only here

    folder = Path(str(shapes.__file__)).parent
    printed, _, status = api.run(["--strict", f"--cache-dir={folder.parent}/cache", str(folder)])

    assert status == 0, printed
