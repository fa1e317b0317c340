"""No declared member is lost: a dump has every member of its input that the schema declares, and nothing else."""

from __future__ import annotations

import json
import random
from types import ModuleType
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings

from tests.generator.lossless import REF, lost, random_schemas, random_value
from tests.generator.making import load, schemas
from tests.generator.test_schema_agreement import SHAPES
from tests.instances import instances

pytestmark = pytest.mark.slow


def ref(name: str) -> dict[str, str]:
    """A reference to a component."""
    return {"$ref": REF + name}


def obj(required: str = "", **members: Any) -> dict[str, Any]:
    """An object with these members."""
    schema: dict[str, Any] = {"type": "object", "properties": members}
    return schema | ({"required": required.split()} if required else {})


TEXT, WHOLE = {"type": "string"}, {"type": "integer"}
KINDS: dict[str, tuple[Any, Any]] = {
    "a member in two parts": ({"allOf": [ref("InnerS"), ref("InnerC")]}, {"l": {"s": "1", "c": "2"}}),
    "a member in a part and next to it": (
        {"allOf": [ref("InnerS")], **obj(l=obj(c=TEXT))},
        {"l": {"s": "1", "c": "2"}},
    ),
    "a list in two parts": (
        {"allOf": [obj(l={"type": "array", "items": obj(s=TEXT)}), obj(l={"type": "array", "items": obj(c=TEXT)})]},
        {"l": [{"s": "1", "c": "2"}]},
    ),
    "members next to a union": (
        {**obj(id=TEXT), "oneOf": [obj("a", a=WHOLE), obj("b", b=WHOLE)]},
        {"id": "1", "a": 2},
    ),
    "untyped branches": (
        {**obj(id=TEXT), "oneOf": [{"properties": {"a": WHOLE}, "required": ["a"]}, {"required": ["b"]}]},
        {"id": "1", "a": 2},
    ),
    "a union in a part": ({"allOf": [ref("WithName"), {"anyOf": [obj(a=WHOLE), obj(b=WHOLE)]}]}, {"name": "x", "b": 2}),
    "a named union in a part": ({"allOf": [ref("WithName"), ref("EitherNumber")]}, {"name": "x", "a": 1, "b": 2}),
    "two unions": (
        {**obj(id=TEXT), "oneOf": [obj("a", a=WHOLE), obj("b", b=WHOLE)], "anyOf": [obj(c=WHOLE), obj(d=WHOLE)]},
        {"id": "1", "a": 2, "c": 3, "d": 4},
    ),
    "overlapping branches": ({"anyOf": [obj(a=WHOLE), obj(b=WHOLE)]}, {"a": 1, "b": 2}),
    "overlapping branches inside": (
        {"anyOf": [obj(in_=obj(a=WHOLE)), obj(in_=obj(b=WHOLE))]},
        {"in_": {"a": 1, "b": 2}},
    ),
    "overlapping lists": (
        {"anyOf": [{"type": "array", "items": obj(a=WHOLE)}, {"type": "array", "items": obj(b=WHOLE)}]},
        [{"a": 1, "b": 2}],
    ),
    "the right branch has fewer members": (
        {"anyOf": [obj("a", a=WHOLE), obj("x y", x={"type": "string", "pattern": "^q"}, y=TEXT)]},
        {"a": 1, "x": "p", "y": ""},
    ),
    "a base with a discriminator": (obj(pet=ref("Animal")), {"pet": {"kind": "cat", "m": 1}}),
    "a list of a base with a discriminator": ({"type": "array", "items": ref("Animal")}, [{"kind": "wolf", "w": 1}]),
    "the base itself": (ref("Animal"), {"kind": "cat", "m": 1}),
    "members under a condition": (
        {**obj(kind=TEXT), "if": {"properties": {"kind": {"const": "a"}}}, "then": obj(a=WHOLE), "else": obj(b=WHOLE)},
        {"kind": "a", "a": 1, "b": 2},
    ),
    "a condition in a part": ({**obj(kind=TEXT), "allOf": [{"if": True, "then": obj(a=WHOLE)}]}, {"kind": "", "a": 1}),
    "members that depend on a member": ({**obj(a=WHOLE), "dependentSchemas": {"a": obj(b=WHOLE)}}, {"a": 1, "b": 2}),
    "a reference next to members": ({**ref("WithName"), **obj(a=WHOLE)}, {"name": "x", "a": 1}),
    "a reference next to a condition": ({**ref("WithName"), "then": obj(a=WHOLE), "if": True}, {"name": "x", "a": 1}),
    "unevaluated members": (
        {**obj(id=TEXT), "oneOf": [obj("a", a=WHOLE), obj("b", b=WHOLE)], "unevaluatedProperties": False},
        {"id": "1", "a": 2},
    ),
    "unevaluated members under a condition": (
        {**obj(id=TEXT), "if": True, "then": obj(a=WHOLE), "unevaluatedProperties": False},
        {"id": "1", "a": 2},
    ),
    "bases in another order": ({"allOf": [ref("WithName"), ref("WithAge")]}, {"name": "x", "age": 1}),
    "a default": (obj(n={"type": "integer", "default": 3}), {}),
}
OTHERS = {
    "InnerS": obj(l=obj(s=TEXT)),
    "InnerC": obj(l=obj(c=TEXT)),
    "WithName": obj(name=TEXT),
    "WithAge": {"allOf": [ref("WithName"), obj(age=WHOLE)]},
    "EitherNumber": {"anyOf": [obj(a=WHOLE), obj(b=WHOLE)]},
    "Animal": {
        **obj("kind", kind=TEXT),
        "discriminator": {"propertyName": "kind", "mapping": {"cat": REF + "KindCat"}},
    },
    "KindCat": {"allOf": [ref("Animal"), obj("m", m=WHOLE)]},
    "KindDog": {"allOf": [ref("Animal"), obj(w=WHOLE)]},
    "Wolf": {"allOf": [ref("KindDog"), obj(howls={"type": "boolean"})]},
}
NAMES = {kind: f"Kind{number}" for number, kind in enumerate(KINDS)}
RANDOM = random_schemas(seed=1, count=80)
DOCUMENT = schemas(**SHAPES, **OTHERS, **{NAMES[kind]: schema for kind, (schema, _) in KINDS.items()}, **RANDOM)


@pytest.fixture(scope="module")
def package(tmp_path_factory: pytest.TempPathFactory) -> ModuleType:
    """The package with all these schemas."""
    return load(tmp_path_factory.mktemp("lossless"), DOCUMENT)


@pytest.mark.parametrize("kind", KINDS)
def test_what_is_declared_is_dumped(kind: str, package: ModuleType) -> None:
    """A value of each kind is dumped as it was given: as Python values and as JSON text."""
    value = KINDS[kind][1]
    model = getattr(package.models, NAMES[kind]).model_validate(value)

    assert package.validation.validator(NAMES[kind]).is_valid(value)
    assert model.model_dump() == value
    assert json.loads(model.model_dump_json()) == value


def check(package: ModuleType, name: str, value: Any) -> None:
    """Fails if a valid value is rejected, or if its dump lacks a member that the schema declares for it."""
    if package.validation.validator(name).is_valid(value):
        dump = getattr(package.models, name).model_validate(value).model_dump()
        document = package.validation.document()
        schema = document["components"]["schemas"][name]
        assert lost(document, [schema], value, dump) is None, (name, json.dumps(value), json.dumps(dump))


@pytest.mark.parametrize("name", [*SHAPES, *OTHERS, *NAMES.values()])
def test_no_declared_member_is_lost(name: str, package: ModuleType) -> None:
    """Every likely instance of a schema is dumped with all members that the schema declares."""
    document = package.validation.document()

    @settings(max_examples=25, deadline=None, database=None, derandomize=True, suppress_health_check=list(HealthCheck))
    @given(instances(document, document["components"]["schemas"][name]))
    def agree(value: Any) -> None:
        check(package, name, value)

    agree()


def test_no_declared_member_of_a_composed_schema_is_lost(package: ModuleType) -> None:
    """The same for 80 schemas, composed at random, and 400 values each."""
    chance = random.Random(2)  # noqa: S311 - reproducible

    for name in RANDOM:
        for _ in range(400):
            check(package, name, random_value(chance))
