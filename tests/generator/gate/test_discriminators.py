"""Discriminators: the schemas that they select are compared, and those that repeat constants change nothing."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.generator.gate.small import INTEGER, STRING, Json, breaks, lists, objects, request, response

PET = {"$ref": "#/components/schemas/Pet"}
TARGETS = {"cat": "#/components/schemas/Cat", "dog": "Dog"}


def pets(*kinds: str, mapped: bool = True, **cat: Json) -> Json:
    """Returns schemas in which a discriminator selects those that include the schema of pets."""
    rule: Json = {"propertyName": "k"}
    if mapped:
        rule["mapping"] = {kind: TARGETS[kind] for kind in kinds or TARGETS}
    found = {"Pet": objects({"k": STRING}, required=["k"], discriminator=rule)}
    if not kinds or "cat" in kinds:
        found["Cat"] = {"allOf": [PET, objects({"m": STRING}, **cat)]}
    if not kinds or "dog" in kinds:
        found["Dog"] = {"allOf": [PET, objects({"n": INTEGER})]}
    found["Puppy"] = {"allOf": [{"$ref": "#/components/schemas/Dog"}, objects({"age": cat.get("age", INTEGER)})]}
    return found if not kinds or "dog" in kinds else {name: found[name] for name in found if name != "Puppy"}


SELECTED: list[tuple[str, Json, Json, bool, bool]] = [
    ("the same", pets(), pets(), False, False),
    ("a member of one is required", pets(), pets(required=["m"]), True, False),
    ("a member of one is no longer required", pets(required=["m"]), pets(), False, True),
    ("without a mapping", pets(mapped=False), pets(mapped=False, required=["m"]), True, False),
    ("a kind less", pets(), pets("dog"), True, False),
    ("a kind more", pets("dog"), pets(), False, True),
    ("one that includes another", pets(), pets(age=STRING), True, True),
]
PLACES = [PET, lists(PET), objects({"pet": PET}), {"allOf": [PET], "description": "A pet."}]


@pytest.mark.parametrize("case", SELECTED, ids=[case[0] for case in SELECTED])
@pytest.mark.parametrize("place", PLACES, ids=["itself", "items", "member", "wrapped"])
def test_selected_schemas(tmp_path: Path, case: tuple[str, Json, Json, bool, bool], place: Json) -> None:
    """A schema that only a discriminator selects is compared, wherever the schema with the discriminator is used."""
    _, old, new, narrowed, widened = case

    assert breaks(tmp_path, *(request(place, schemas=schemas) for schemas in (old, new))) is narrowed
    assert breaks(tmp_path, *(response(place, schemas=schemas) for schemas in (old, new))) is widened


RULE = {"propertyName": "k"}
MAPPED = {**RULE, "mapping": {"c": "#/components/schemas/C", "e": "E"}}
NAMED = {**RULE, "mapping": {"C": "C", "E": "#/components/schemas/E"}}
CONSTANTS = {"C": objects({"k": {"const": "c"}}, required=["k"]), "E": objects({"k": {"enum": ["e"]}}, required=["k"])}
OPTIONAL = {"C": objects({"k": {"const": "c"}}), "E": objects({"k": {"const": "e"}})}
FREE = {"C": objects({"k": STRING, "a": STRING}), "E": objects({"k": STRING, "b": STRING})}


def union(rule: Json = None, word: str = "oneOf") -> Json:
    """Returns a union of two schemas, with a discriminator if a rule is given."""
    branches = [{"$ref": f"#/components/schemas/{name}"} for name in "CE"]
    return {word: branches, **({"discriminator": rule} if rule else {})}


UNIONS: list[tuple[str, Json, Json, Json, bool, bool]] = [
    ("one that repeats constants", CONSTANTS, union(), union(RULE), False, False),
    ("no longer one that repeats constants", CONSTANTS, union(RULE), union(), False, False),
    ("a mapping of constants", CONSTANTS, union(RULE), union(MAPPED), False, False),
    ("anyOf to oneOf with a mapping", CONSTANTS, union(word="anyOf"), union(MAPPED), False, False),
    ("a mapping of constants less", CONSTANTS, union(MAPPED), union(RULE), False, False),
    ("the names written out", FREE, union(RULE, "anyOf"), union(NAMED, "anyOf"), False, False),
    ("other names", FREE, union(NAMED, "anyOf"), union(MAPPED, "anyOf"), True, True),
    ("one without constants", FREE, union(word="anyOf"), union(RULE, "anyOf"), True, False),
    ("one that requires the member", OPTIONAL, union(), union(RULE), True, False),
]


@pytest.mark.parametrize("case", UNIONS, ids=[case[0] for case in UNIONS])
def test_unions(tmp_path: Path, case: tuple[str, Json, Json, Json, bool, bool]) -> None:
    """A discriminator matters only if it demands what the alternatives do not demand already."""
    _, schemas, old, new, narrowed, widened = case

    assert breaks(tmp_path, request(old, schemas=schemas), request(new, schemas=schemas)) is narrowed
    assert breaks(tmp_path, response(old, schemas=schemas), response(new, schemas=schemas)) is widened
